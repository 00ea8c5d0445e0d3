import LosslessJSON
import Testing

@testable import HookScript

@Suite("Hostile values")
struct HostileValueTests {
    private static let statements = [
        "args $v", "args \"$v\"", "args ${v}", "args \"a ${v} b\"", "let w = $v\nargs $w", "let l = [$v]\nargs $l...",
        "args {\"k\": $v, \"$v\": \"$v\"}", "channel $v", "channel x other=$v", "channel x url=\"$v\"",
        "ls --columns=$v",
        "count where name = $v", "count where name ~ $v", "count where name in [$v]", "def f a\nargs $a $@\nend\nf $v",
        "for x in [$v]\nargs $x\nend", "if $v = $v\nargs $v\nend", "take-text $v", "infer $v", "echo $(args $v)",
    ]

    @Test("a value is one argument and never source, however it is used", arguments: 0..<UInt64(150))
    func neverExecutes(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let hostile = random.hostileText()
        for statement in Self.statements {
            let host = TestHost()
            let interpreter = Interpreter(host: host)
            await interpreter.set("v", to: Value(hostile))
            _ = try? await interpreter.run(SourceText(name: "test", text: statement))
            let allowed = statement.split { !$0.isLetter && $0 != "-" }.map(String.init)
            for invocation in host.invocations {
                #expect(allowed.contains(invocation.command), "\(hostile) ran \(invocation.command)")
                #expect(invocation.redirect == nil && invocation.pipeline.isEmpty)
            }
        }
    }

    @Test("a value in a pipe, a file's name, an alias or a parameter is one word", arguments: 0..<UInt64(150))
    func elsewhere(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed &+ 4_000)
        let hostile = random.hostileText()
        let host = TestHost(aliases: [Alias("show", text: "args $v")])
        let interpreter = Interpreter(host: host)
        await interpreter.set("v", to: Value(hostile))
        let text = "show\nshow \"$v\"\noutside | prog $v \"a$v\" | next $v > \"f$v\"\ntimed args $v"
        _ = try await interpreter.run(SourceText(name: "test", text: text))
        let found = host.invocations
        #expect(found.map(\.command) == ["args", "args", "outside", "timed", "args"])
        #expect(found[0].positionals.map(\.value) == [Value(hostile)])
        #expect(found[1].positionals.map(\.value) == [Value(hostile), Value(hostile)])
        #expect(found[2].externals == [["prog", hostile, "a" + hostile], ["next", hostile]])
        #expect(found[2].redirect?.file.value == Value("f" + hostile))
        #expect(found[4].positionals.map(\.value) == [Value(hostile)])
    }

    @Test("a NUL stays in a value and does not get outside")
    func nul() async throws {
        let host = TestHost()
        let interpreter = Interpreter(host: host)
        await interpreter.set("v", to: Value("a\0; fail"))
        _ = try await interpreter.run(SourceText(name: "test", text: "args $v"))
        #expect(host.invocations.first?.positionals.map(\.value) == [Value("a\0; fail")])
        for line in ["outside | x $v", "outside > $v", "outside | x \"b$v\""] {
            await #expect(throws: ScriptError.self) {
                _ = try await interpreter.run(SourceText(name: "test", text: line))
            }
        }
        #expect(host.invocations.count == 1)
    }

    @Test("a parameter's text is a value and never source", arguments: 0..<UInt64(150))
    func parameters(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed &+ 5_000)
        let hostile = random.hostileText()
        let host = TestHost()
        let options = RunOptions(arguments: [Value(hostile)], parameters: ["v": "x" + hostile])
        let text = "param v\nparam w\nargs $v $w $@"
        _ = try await Interpreter(host: host).run(SourceText(name: "test", text: text), options: options)
        #expect(host.invocations.count == 1)
        #expect(host.invocations.first?.positionals.map(\.value.revealedText) == ["x" + hostile, hostile, hostile])
    }

    @Test("a value arrives as it was", arguments: 0..<UInt64(150))
    func arrives(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let hostile = random.hostileText()
        let host = TestHost()
        let interpreter = Interpreter(host: host)
        await interpreter.set("v", to: Value(hostile))
        _ = try await interpreter.run(SourceText(name: "test", text: "args $v {\"k\": \"$v\"}\nchannel $v other=$v"))
        let arguments = try #require(host.invocations.first?.positionals)
        #expect(arguments.count == 2)
        #expect(arguments[0].value == Value(hostile))
        #expect(arguments[1].value.object?["k"]?.string == hostile)
        let channel = try #require(host.invocations.last)
        #expect(channel.positionals.map(\.value) == [Value(hostile)])
        #expect(channel.keyValue("other")?.value == Value(hostile))
    }

    @Test("what the recorder writes gives the same invocation again", arguments: 0..<UInt64(300))
    func canonicalAgain(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let host = TestHost()
        let interpreter = Interpreter(host: host)
        let values: [Value] = [
            Value(random.hostileText()), Value(5), Value(true), .null, Value([Value(random.hostileText()), Value(1)]),
            Value(.object(["k": JSON(random.hostileText()), "$x": 1])), Value(random.hostileText()),
        ]
        await interpreter.set("a", to: values.randomElement(using: &random) ?? .null)
        await interpreter.set("b", to: values.randomElement(using: &random) ?? .null)
        let source = "set $a $b\nchannel $a other=$b url=$a\nls --columns=$a\nvault $a\nvault set $a $b"
        for line in source.split(separator: "\n") {
            _ = try? await interpreter.run(SourceText(name: "test", text: String(line)))
        }
        for invocation in host.invocations {
            let again = TestHost()
            _ = try await Interpreter(host: again).run(SourceText(name: "again", text: invocation.canonical))
            let replayed = try #require(again.invocations.first)
            #expect(replayed.command == invocation.command && replayed.subcommand == invocation.subcommand)
            #expect(replayed.positionals.map(\.value) == invocation.positionals.map(\.value), "\(invocation.canonical)")
            #expect(replayed.keyValues.map(\.value.value) == invocation.keyValues.map(\.value.value))
            #expect(replayed.flags.map { $0.values.map(\.value) } == invocation.flags.map { $0.values.map(\.value) })
            #expect(again.invocations.count == 1)
        }
    }

    @Test("words from outside are one argument each", arguments: 0..<UInt64(200))
    func argv(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let words = (0..<3).map { _ in random.hostileText() }
        let host = TestHost()
        let interpreter = Interpreter(host: host)
        _ = try await interpreter.run(words: ["args", "--"] + words)
        #expect(host.invocations.count == 1)
        #expect(host.invocations.first?.positionals.map(\.value) == words.map { Value($0) })
    }
}
