import Glibc
import LosslessJSON
import PluginProtocol
import Testing

@testable import PluginKit

/// A plugin and what it answers to a few lines, with its input at an end behind them.
private func answers(_ plugin: Plugin, to messages: [Message], greeted: Bool = true) throws -> [Message] {
    var (input, output): ([Int32], [Int32]) = ([0, 0], [0, 0])
    try #require(pipe(&input) == 0 && pipe(&output) == 0)
    let greeting = Message.request(id: .number(0), method: "initialize", params: ["protocols": [1, 2]])
    // Less than a pipe holds, so that nobody waits.
    let lines = ((greeted ? [greeting] : []) + messages).flatMap(\.line)
    try #require(lines.count < 60_000 && write(input[1], lines, lines.count) == lines.count)
    close(input[1])
    var loop = CallLoop(plugin: plugin, connection: Connection(input: input[0], output: output[1]))
    loop.run()
    close(input[0])
    close(output[1])
    defer { close(output[0]) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var decoder = LineDecoder()
    var found: [Message] = []
    while case let count = read(output[0], &bytes, bytes.count), count > 0 {
        for case .line(let line) in decoder.feed(bytes[..<count]) {
            if case .message(let message) = LineContent(line) { found.append(message) }
        }
    }
    return Array(found.dropFirst(greeted ? 1 : 0))
}

private func request(_ id: Int, _ method: String, _ params: JSON = [:]) -> Message {
    .request(id: .number(id), method: method, params: params)
}

extension [Message] {
    /// The code of the error that answers a request.
    fileprivate func code(_ id: Int) -> Int? {
        for case .failure(.number(id), let error) in self { return error.code }
        return nil
    }

    fileprivate func result(_ id: Int) -> JSON? {
        for case .result(.number(id), let result) in self { return result }
        return nil
    }
}

@Suite("A plugin with the kit")
struct CallLoopTests {
    private func makePlugin() -> Plugin {
        var plugin = Plugin(version: "1.2")
        plugin.command("fail") { _ in throw CallError("no luck") }
        plugin.command("hello") { call in
            CommandResult(text: "\(call.arguments) \(call.has("loud")) \(call.value("n")?.string ?? "-")")
        }
        plugin.policy("count") { changes in
            [Finding(level: .warn, rule: "count", message: "\(changes.map(\.key))")]
        }
        plugin.transform("name") { arguments, webhook in
            webhook.name.isEmpty ? [] : [.set("webhook_name", arguments["to"] ?? nil)]
        }
        return plugin
    }

    @Test("greets with what it implements, and takes no other call before")
    func greeting() throws {
        let found = try answers(
            makePlugin(),
            to: [
                request(1, "command/run", ["name": "hello"]), request(2, "initialize", ["protocols": [9]]),
                request(3, "initialize", ["protocols": [1]]),
            ], greeted: false)
        #expect(found.code(1) == -32002 && found.code(2) == -32003)
        let result = try InitializeResult(try #require(found.result(3)))
        #expect(result.protocolVersion == 1 && result.version == "1.2")
        #expect(Set(result.implements) == ["shutdown", "command/run", "policy/check", "transform/apply"])
    }

    @Test("answers every call once, in order; errors have their codes")
    func calls() throws {
        let found = try answers(
            makePlugin(),
            to: [
                request(1, "command/run", ["name": "hello", "argv": ["a"], "flags": ["loud": true, "n": "7"]]),
                request(2, "command/run", ["name": "fail"]), request(3, "command/run", ["name": "none"]),
                request(4, "no/such"), request(5, "command/run", [:]), request(6, "format/render", ["format": "x"]),
            ])
        #expect(found.result(1)?["text"] == #"["a"] true 7"#)
        #expect(
            found.code(2) == -32603 && found.code(3) == -32602 && found.code(4) == -32601 && found.code(5) == -32602)
        #expect(found.count == 6)
    }

    @Test("a policy judges the changes of all parts, behind the last")
    func parts() throws {
        func part(_ number: Int, _ key: String) -> JSON {
            [
                "part": JSON(number), "of": 2,
                "changes": [["key": JSON(key), "op": "create", "before": nil, "after": [:], "paths": []]],
            ]
        }
        let found = try answers(
            makePlugin(), to: [request(1, "policy/check", part(1, "a")), request(2, "policy/check", part(2, "b"))])
        #expect(found.result(1) == ["findings": []])
        #expect(found.result(2)?["findings"]?[0]?["message"] == #"["a", "b"]"#)
    }

    @Test("a call that was cancelled before it began is answered so, and the next as ever")
    func cancelled() throws {
        let found = try answers(
            makePlugin(),
            to: [
                request(1, "command/run", ["name": "hello"]),
                .notification(method: "$/cancel", params: ["id": 2]), request(2, "command/run", ["name": "hello"]),
                request(3, "command/run", ["name": "hello"]),
            ])
        #expect(found.result(1) != nil && found.code(2) == -32800)
    }

    @Test("edits are operations of the language")
    func edits() throws {
        let params: JSON = [
            "name": "name", "args": ["to": "New"],
            "webhooks": [["key": "wh_1", "value": ["webhook_name": "Old"]], ["key": "wh_2", "value": [:]]],
        ]
        let found = try answers(makePlugin(), to: [request(1, "transform/apply", params)])
        let expected = PluginEdit(key: "wh_1", patch: [.set(path: "webhook_name", "New")])
        #expect(try EditsResult(try #require(found.result(1))).edits == [expected])
    }

    @Test("shutdown is answered and is the end")
    func shutdown() throws {
        let found = try answers(makePlugin(), to: [request(1, "shutdown"), request(2, "no/such")])
        #expect(found.result(1)?.isNull == true && found.count == 1)
    }
}
