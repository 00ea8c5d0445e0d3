import Testing

@testable import HookScript

@Suite("Any input")
struct ParserRobustnessTests {
    private static let tokens = [
        "let", "unlet", "if", "elif", "else", "for", "each", "def", "end", "try", "catch", "param", "requires",
        "assert",
        "exit", "break", "continue", "wait", "until", "return", "in", "where", "selected", "echo", "ls", "channel",
        "vault",
        "x", "$x", "${x}", "${x:-", "}", "$(", ")", "(", "[", "]", "{", "\"", "'", "\\", "\n", ";", "|", ">", ">>", "#",
        "=", "!=", "<", "~", "=~", "/a/", "and", "or", "not", "has", "exists", "..", "...", "+", "-", "*", "--",
        "--json",
        "--limit", "-n", "5", "30d", "ago", "2025-01-01", "true", "null", "len(", "count(", "all(", ",", ":", "a=b",
        "\u{200B}", "\0", "é", "\r\n", " ", "\t", "$@", "$#", "$1", "\"a$x\"", "{\"a\":1}", "name", "channels.*.kind",
    ]

    @Test("random bytes never crash the parser, and what is reported lies in the source", arguments: 0..<UInt64(300))
    func bytes(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        check(SourceText(name: "bytes", bytes: bytes))
        check(SourceText(name: "ascii", bytes: bytes.map { $0 & 0x7F }))
    }

    @Test("random tokens never crash the parser", arguments: 0..<UInt64(1500))
    func soup(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed &+ 10_000)
        var text = ""
        for _ in 0..<Int.random(in: 1...25, using: &random) {
            text += Self.tokens.randomElement(using: &random) ?? ""
            if Bool.random(using: &random) { text += " " }
        }
        check(SourceText(name: "soup", text: text))
    }

    @Test("a script cut anywhere never crashes the parser", arguments: ScriptFile.all)
    func cut(_ file: ScriptFile) {
        let bytes = Array(file.text.utf8.prefix(400))
        for end in stride(from: 0, through: bytes.count, by: 17) {
            check(SourceText(name: file.name, bytes: Array(bytes[..<end])))
        }
    }

    /// Parses in every way there is, and runs what parses with few steps.
    private func check(_ source: SourceText) {
        let host = TestHost()
        do throws(ScriptError) {
            let script = try Parser.parse(source, signatures: host)
            #expect(throws: Never.self) { try expectRoundTrip(script) }
        } catch {
            #expect(!error.diagnostics.isEmpty)
            for diagnostic in error.diagnostics {
                #expect(diagnostic.span.end <= source.bytes.count)
                #expect(!DiagnosticRenderer.message(diagnostic.code).isEmpty, "\(diagnostic.code)")
                #expect(!DiagnosticRenderer.text(diagnostic).isEmpty)
            }
        }
        _ = Parser.isIncomplete(source, signatures: host)
        let point = Parser.completion(at: source, signatures: host)
        #expect(point.span.end == source.bytes.count && !point.contexts.isEmpty)
    }

    @Test("what parses runs to an end", arguments: 0..<UInt64(400))
    func runs(_ seed: UInt64) async {
        var random = SeededGenerator(seed: seed &+ 50_000)
        var text = ""
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            text += (Self.tokens.randomElement(using: &random) ?? "") + " "
        }
        var limits = Limits.forTests
        limits.steps = 200
        _ = try? await Interpreter(host: TestHost(), limits: limits).run(SourceText(name: "soup", text: text))
    }
}
