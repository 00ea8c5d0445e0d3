import Dispatch
import HookScript

/// What is held for any bytes whatever. Anything that does not hold stops the program.
enum FuzzScript {
    /// Everything for one input.
    static func hold(_ bytes: [UInt8]) {
        let host = FuzzHost()
        let source = SourceText(name: "fuzz", bytes: bytes)
        reads(source, host)
        guard let script = try? Parser.parse(source, signatures: host) else { return }
        let formatted = formatted(source, host)
        _ = script.check(against: Surroundings(signatures: host, fields: FuzzFields(), aliasCommand: "alias"))
        precondition(ran(script) == ran(formatted), "the canonical form does something else")
    }

    /// The same for bytes as a condition of a command, and as a value.
    static func holdExpression(_ bytes: [UInt8]) {
        for head in ["ls where ", "let x = "] { hold(Array(head.utf8) + bytes) }
    }

    /// Errors lie in the source and can be said; completion and "is this line complete?" answer.
    private static func reads(_ source: SourceText, _ host: FuzzHost) {
        do throws(ScriptError) {
            _ = try Parser.parse(source, signatures: host)
        } catch {
            precondition(!error.diagnostics.isEmpty, "no reason")
            for diagnostic in error.diagnostics {
                precondition(diagnostic.span.end <= source.bytes.count, "a span outside of the source")
                precondition(!DiagnosticRenderer.message(diagnostic.code).isEmpty, "no message for \(diagnostic.code)")
                precondition(!DiagnosticRenderer.text(diagnostic).utf8.contains(0x1B), "a control character gets out")
            }
        }
        _ = Parser.isIncomplete(source, signatures: host)
        let point = Parser.completion(at: source, signatures: host)
        precondition(point.span.end == source.bytes.count, "completion stands elsewhere")
    }

    /// The canonical form parses, and is its own canonical form.
    private static func formatted(_ source: SourceText, _ host: FuzzHost) -> Script {
        do throws(ScriptError) {
            let once = SourceText(name: "fuzz", text: try Formatter.format(source, signatures: host))
            let twice = try Formatter.format(once, signatures: host)
            precondition(Array(twice.utf8) == once.bytes, "formatting again changes it")
            return try Parser.parse(once, signatures: host)
        } catch {
            preconditionFailure("the canonical form does not parse: \(DiagnosticRenderer.text(error))")
        }
    }

    /// The commands that run until it ends, as it must. Only such run as are written in it.
    private static func ran(_ script: Script) -> [String] {
        let host = FuzzHost()
        var limits = Limits()
        limits.steps = 300
        limits.listElements = 2_000
        limits.textBytes = 20_000
        limits.calls = 20
        let interpreter = Interpreter(host: host, limits: limits)
        let done = DispatchSemaphore(value: 0)
        Task {
            _ = try? await interpreter.run(script, options: RunOptions(arguments: [Value("; evil")]))
            done.signal()
        }
        done.wait()
        return host.commands
    }
}
