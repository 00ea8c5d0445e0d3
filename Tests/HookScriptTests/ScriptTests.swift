import Testing

@testable import HookScript

@Suite("Scripts")
struct ScriptTests {
    @Test("the scripts are found")
    func found() {
        #expect(ScriptFile.all.count >= 30)
    }

    @Test("a script prints what its comments expect and fails where they say", arguments: ScriptFile.all)
    func expectation(_ file: ScriptFile) async {
        let host = TestHost()
        let interpreter = Interpreter(host: host, limits: .forTests)
        var exit: Int32 = 0
        var errors: [Diagnostic] = []
        do throws(ScriptError) {
            let source = SourceText(name: file.name, text: file.text)
            let options = RunOptions(arguments: file.arguments.map { Value($0) })
            if case .exited(let code) = try await interpreter.run(source, options: options) { exit = code }
        } catch {
            errors = error.diagnostics
            exit = error.exitCode
        }
        #expect(host.output == file.output)
        let found = errors.map { diagnostic in
            let place = diagnostic.source.location(of: diagnostic.span.start)
            return ScriptFile.ExpectedError(
                line: place.line, column: place.column, message: DiagnosticRenderer.message(diagnostic.code))
        }
        #expect(found.count == file.errors.count, "found \(found)")
        for (one, wanted) in zip(found, file.errors) {
            #expect(one.line == wanted.line && one.column == wanted.column, "\(one) instead of \(wanted)")
            #expect(one.message.hasPrefix(wanted.message), "\(one) instead of \(wanted)")
        }
        if let wanted = file.exit { #expect(exit == wanted) }
    }

    @Test("a script printed canonically and parsed again is the same tree", arguments: ScriptFile.all)
    func printing(_ file: ScriptFile) throws {
        let source = SourceText(name: file.name, text: file.text)
        guard let script = try? Parser.parse(source, signatures: TestHost()) else { return }
        try expectRoundTrip(script)
    }
}

extension Limits {
    /// Limits that tests can reach.
    static var forTests: Limits {
        var limits = Limits()
        limits.steps = 20_000
        limits.listElements = 10_000
        limits.textBytes = 100_000
        limits.wordBytes = 10_000
        limits.arguments = 1_000
        limits.calls = 50
        return limits
    }
}
