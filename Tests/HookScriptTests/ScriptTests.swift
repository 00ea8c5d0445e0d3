import Testing

@testable import HookScript

@Suite("Scripts")
struct ScriptTests {
    @Test("the scripts are found")
    func found() {
        #expect(ScriptFile.all.count >= 300)
    }

    @Test("a script prints what its comments expect and fails where they say", arguments: ScriptFile.toRun)
    func expectation(_ file: ScriptFile) async {
        let host = TestHost(answers: file.answers, files: file.files, aliases: file.aliases)
        var exit: Int32 = 0
        var errors: [Diagnostic] = []
        do throws(ScriptError) {
            exit = try await run(file, host)
        } catch {
            errors = error.innermost.diagnostics
            exit = error.exitCode
        }
        #expect(host.output == file.output)
        expect(errors, file)
        if let wanted = file.exit { #expect(exit == wanted) }
    }

    /// The exit status of a script that ends well; what a check finds, as an error.
    private func run(_ file: ScriptFile, _ host: TestHost) async throws(ScriptError) -> Int32 {
        let source = SourceText(name: file.name, text: file.text)
        if file.isCheck {
            let found = Script.check(source, against: .ofTests(host, file))
            guard found.isEmpty else { throw ScriptError(found) }  // Warnings are expected like errors.
            return 0
        }
        let options = RunOptions(arguments: file.arguments.map { Value($0) }, parameters: file.parameters)
        let interpreter = Interpreter(host: host, limits: file.limits)
        guard case .exited(let code) = try await interpreter.run(source, options: options) else { return 0 }
        return code
    }

    private func expect(_ errors: [Diagnostic], _ file: ScriptFile) {
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
        let shown = errors.first.map { DiagnosticRenderer.text($0).split(separator: "\n") } ?? []
        let hints = shown.filter { $0.hasPrefix("  hint: ") }.map { $0.dropFirst(8) }
        let trace = shown.filter { $0.hasPrefix("  in ") || $0.hasPrefix("  … and ") }.map { $0.dropFirst(2) }
        if !file.hints.isEmpty { #expect(hints.map(String.init) == file.hints) }
        if !file.trace.isEmpty { #expect(trace.map(String.init) == file.trace) }
    }

    @Test("a script printed canonically and parsed again is the same tree", arguments: ScriptFile.all)
    func printing(_ file: ScriptFile) throws {
        let source = SourceText(name: file.name, text: file.text)
        let host = TestHost(aliases: file.aliases)
        guard let script = try? Parser.parse(source, signatures: host) else { return }
        try expectRoundTrip(script, host)
    }

    @Test("a script is written in the form of the file beside it", arguments: ScriptFile.toFormat)
    func formatting(_ file: ScriptFile) throws {
        let host = TestHost(aliases: file.aliases)
        let found = try Formatter.format(SourceText(name: file.name, text: file.text), signatures: host)
        #expect(found == file.formatted)
    }

    @Test("a check finds nothing in a script that runs to its end", arguments: ScriptFile.toRun)
    func checkIsNeverWrong(_ file: ScriptFile) async {
        guard file.errors.isEmpty, !file.isCheck else { return }
        let host = TestHost(aliases: file.aliases)
        let found = Script.check(SourceText(name: file.name, text: file.text), against: .ofTests(host, file))
            .filter { $0.severity == .error }
        #expect(found.isEmpty, "\(found.map { DiagnosticRenderer.text($0) })")
    }

    @Test("every limit has a script that reaches it", arguments: LimitName.allCases)
    func limit(_ name: LimitName) {
        let message = DiagnosticRenderer.text(name)
        let folder = ScriptFile.all.filter { $0.name.hasPrefix("limits/") }
        #expect(folder.contains { $0.errors.contains { $0.message.hasPrefix(message + ": more than") } })
    }
}

extension ScriptError {
    /// The error of the script that a command ran, if one did.
    var innermost: ScriptError { (failure?.cause as? ScriptError)?.innermost ?? self }
}

extension Surroundings {
    static func ofTests(_ host: TestHost, _ file: ScriptFile) -> Surroundings {
        Surroundings(
            signatures: host, fields: TestFields(), variables: Set(host.implicitVariables).union(file.parameters.keys),
            aliasCommand: "alias", limits: file.limits)
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
