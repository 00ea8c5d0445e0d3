import Synchronization
import Testing

@testable import HookScript

@Suite("The interpreter")
struct InterpreterTests {
    private func source(_ text: String) -> SourceText { SourceText(name: "test", text: text) }

    @Test("variables and definitions live from line to line")
    func lives() async throws {
        let host = TestHost()
        let interpreter = Interpreter(host: host)
        _ = try await interpreter.run(source("let x = 5"))
        _ = try await interpreter.run(source("def show a\n  echo $a $x\nend"))
        _ = try await interpreter.run(source("show hello"))
        #expect(host.output == ["hello 5"])
        #expect(await interpreter.variableNames == ["x"])
        #expect(await interpreter.signatures.commandNames.contains("show"))
    }

    @Test("a source that does not parse runs nothing of it")
    func nothing() async {
        let host = TestHost()
        await #expect(throws: ScriptError.self) {
            _ = try await Interpreter(host: host).run(source("echo a\necho \"b"))
        }
        #expect(host.output.isEmpty)
    }

    @Test("a failing statement stops the script, unless told to go on")
    func failures() async throws {
        let text = source("echo a\nfail\necho b\nfail\necho c")
        let stopping = TestHost()
        await #expect(throws: ScriptError.self) { _ = try await Interpreter(host: stopping).run(text) }
        #expect(stopping.output == ["a"])

        let going = TestHost()
        let count = Mutex(0)
        let options = RunOptions(onFailure: { _ in
            count.withLock { $0 += 1 }
            return true
        })
        _ = try await Interpreter(host: going).run(text, options: options)
        #expect(going.output == ["a", "b", "c"])
        #expect(count.withLock { $0 } == 2)
    }

    @Test("going on does not go past a fatal failure")
    func fatal() async {
        let host = TestHost()
        let options = RunOptions(onFailure: { _ in true })
        await #expect(throws: ScriptError.self) {
            _ = try await Interpreter(host: host).run(source("fail a 130 b --fatal\necho c"), options: options)
        }
        #expect(host.output.isEmpty)
    }

    @Test("a cancelled task ends between statements and is not caught")
    func cancelled() async {
        let host = TestHost()
        let text = source("try\n  for i in 1..1000000\n    let x = $i\n  end\ncatch\n  echo caught\nend")
        let task = Task { () -> Int32 in
            do throws(ScriptError) {
                _ = try await Interpreter(host: host).run(text)
                return 0
            } catch {
                return error.exitCode
            }
        }
        task.cancel()
        #expect(await task.value == 130)
        #expect(host.output.isEmpty)
    }

    @Test("parameters come by name, by place, from their default, or are asked for")
    func parameters() async throws {
        let host = TestHost(answers: ["asked": "answer", "key": "s3cret-value"])
        let interpreter = Interpreter(host: host)
        let text =
            "param byname\nparam byplace\nparam default = 1 + 1\nparam asked\nparam key --secret\n"
            + "args $byname $byplace $default $asked $key"
        let options = RunOptions(arguments: [Value("placed")], parameters: ["byname": "5"])
        _ = try await interpreter.run(source(text), options: options)
        #expect(host.output == ["number 5", "text placed", "number 2", "text answer", "text ••••"])
        #expect(host.state.withLock(\.asked) == ["asked", "key"])
        #expect(host.invocations.last?.canonical == "args 5 placed 2 answer ${key}")
    }

    @Test("the result of a source is that of its last command")
    func result() async throws {
        let interpreter = Interpreter(host: TestHost())
        #expect(try await interpreter.run(source("echo a\ncount")) == .finished(Value(4)))
        #expect(try await interpreter.run(source("")) == .finished(.null))
        #expect(try await interpreter.run(source("exit 4\necho a")) == .exited(4))
    }

    @Test("exit ends with a status from 0 to 125, or 130; another number is an error that names it")
    func exitStatus() async throws {
        for status in [0, 1, 3, 42, 125, 130] {
            let interpreter = Interpreter(host: TestHost())
            #expect(try await interpreter.run(source("exit \(status)")) == .exited(Int32(status)))
            #expect(Script.check(source("exit \(status)"), against: Surroundings(signatures: TestHost())).isEmpty)
        }
        for status in [126, 129, 131, 256, 4_294_967_296] {
            do {
                _ = try await Interpreter(host: TestHost()).run(source("exit \(status)"))
                Issue.record("exit \(status) is taken")
            } catch {
                #expect(error.diagnostics.first?.code == .badExitStatus(status))
                #expect(error.exitCode == 2)
            }
            let found = Script.check(source("echo a\nexit \(status)"), against: Surroundings(signatures: TestHost()))
            #expect(found.map(\.code) == [.badExitStatus(status)])
        }
    }

    @Test("a redirect and a pipe reach the host as they were written")
    func output() async throws {
        let host = TestHost()
        let interpreter = Interpreter(host: host)
        _ = try await interpreter.run(source("let f = \"my file\"\nls >> $f where active | grep -v \"a b\" | wc -l"))
        let invocation = try #require(host.invocations.first)
        #expect(invocation.redirect?.appends == true)
        #expect(invocation.redirect?.file.value == Value("my file"))
        #expect(invocation.pipeline.map { $0.map(\.value.description) } == [["grep", "-v", "a b"], ["wc", "-l"]])
        #expect(invocation.canonical == "ls >> 'my file' where active | grep -v 'a b' | wc -l")
    }

    @Test("an argument can be read as another kind by its command")
    func typed() async throws {
        let host = TestHost()
        _ = try await Interpreter(host: host).run(source("let t = '5'\nset a 5\nset a $t\nset a text:5"))
        let arguments = host.invocations.compactMap { $0.argument("value") }
        #expect(arguments.map(\.value.kind) == [.number, .text, .text])
        #expect(try arguments.map { try $0.typed(as: .text) } == [Value("5"), Value("5"), Value("5")])
        #expect(try arguments[0].typed(as: .inferred).kind == .number)
        #expect(try arguments[1].typed(as: .inferred).kind == .text)
        #expect(arguments.map(\.canonical) == ["5", "text:5", "text:5"])
    }

    @Test("what the recorder writes holds references instead of secrets")
    func recording() async throws {
        let host = TestHost()
        let text = #"""
            let t = ${secret:TOKEN}
            channel slack token=$t
            channel slack token="a ${t} b"
            channel slack headers={"A": "$t", "n": [1, "$t"]}
            let u = upper($t)
            channel slack token=$u
            """#
        _ = try await Interpreter(host: host).run(source(text))
        #expect(
            host.invocations.map(\.canonical) == [
                "channel slack token=${secret:TOKEN}", #"channel slack token="a ${secret:TOKEN} b""#,
                #"channel slack headers={"A":"${secret:TOKEN}","n":[1,"${secret:TOKEN}"]}"#, "channel slack token=••••",
            ])
        #expect(host.invocations.map(\.isTainted) == [true, true, true, true])
    }

    @Test("a condition is written with values in place of variables")
    func conditions() async throws {
        let host = TestHost()
        _ = try await Interpreter(host: host).run(
            source("let n = \"a $ b\"\nls where name = $n and active or id in [$n, x]"))
        #expect(host.invocations.first?.canonical == #"ls where name = "a \$ b" and active or id in ["a \$ b", x]"#)
        #expect(host.invocations.first?.predicate?.fields.map(\.name) == ["name", "active", "id"])
    }

    @Test("a host may run another source in the interpreter that is running")
    func reentrant() async throws {
        let interpreter = Interpreter(host: TestHost())
        async let first = interpreter.run(source("let a = $(count)\nlet b = $(count)"))
        async let second = interpreter.run(source("let c = $(count)"))
        _ = try await (first, second)
        #expect(await interpreter.variableNames == ["a", "b", "c"])
    }

    @Test("a source beyond the limit is refused before it is read")
    func sourceLimit() async {
        var limits = Limits()
        limits.sourceBytes = 10
        let interpreter = Interpreter(host: TestHost(), limits: limits)
        await #expect(throws: ScriptError.self) { _ = try await interpreter.run(source("echo 123456")) }
    }

    @Test(
        "invalid UTF-8 is named where it is",
        arguments: [[0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82]])
    func utf8(_ bytes: [UInt8]) throws {
        let text = SourceText(name: "test", bytes: Array("echo abcdefgh ".utf8) + bytes)
        do throws(ScriptError) {
            _ = try Parser.parse(text, signatures: TestHost())
            Issue.record("it parsed")
        } catch {
            #expect(error.diagnostics.map(\.code) == [.invalidUTF8])
            #expect(error.diagnostics.first?.span.start == 14)
        }
    }
}
