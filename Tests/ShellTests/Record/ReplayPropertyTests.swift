import LosslessJSON
import TestSupport
import Testing
import WebhookModel

@testable import Session
@testable import Shell

/// Replaying a recording on the same initial state gives the same final state.
@Suite("Recording and replay")
struct ReplayPropertyTests {
    @Test("a replayed session ends where the recorded one did", arguments: UInt64(1)...40)
    func replay(_ seed: UInt64) async throws {
        var session = GeneratedSession(seed: seed)
        let recorded = try ShellFixture(session.webhooks) { $0.assumesYes = true }
        recorded.files.put("set description \"by $1\"\nadd-event object.deleted\n", at: "/work/tool.hook")
        _ = await recorded.run("record start rec.hook")
        var lines: [String] = []
        for _ in 1...40 {
            let line = session.line()
            lines.append(line)
            _ = await recorded.run(line)
        }
        #expect(await recorded.run("record stop").status == .done)
        let text = try #require(recorded.files.text("/work/rec.hook"))

        let replayed = try ShellFixture(session.webhooks) { $0.assumesYes = true }
        replayed.files.put(text, at: "/work/rec.hook")
        let run = await replayed.run("run rec.hook")
        #expect(run.status == .done, "\(run.errors)\n\(lines.joined(separator: "\n"))\n---\n\(text)")
        let ours = await state(of: recorded)
        var theirs = await state(of: replayed)
        // No command makes no webhook the current one; nothing that was recorded needs one then.
        if !ours.contains(where: { $0.hasPrefix("current ") }) { theirs.removeAll { $0.hasPrefix("current ") } }
        #expect(ours == theirs, "\(lines.joined(separator: "\n"))\n---\n\(text)")
    }

    /// All that a session can see, with names in place of the server's identifiers and without its times.
    private func state(of fixture: ShellFixture) async -> [String] {
        func shown(_ document: JSON) -> String {
            var document = document.object ?? [:]
            for member in ["webhook_id", "created_at", "updated_at"] { document[member] = nil }
            return JSON(document).text()
        }
        var lines = fixture.service.webhooks.map { "live " + shown($0.document) }.sorted()
        guard let state = await fixture.shell.connection.knownState else { return lines }
        func name(_ key: WebhookKey) -> String { (state.webhook(key) ?? state.live(key))?.name ?? "?" }
        lines += state.staged.map { staged in
            "staged \(name(staged.key)): " + (staged.webhook.map { shown($0.document) } ?? "deleted")
        }.sorted()
        if let current = state.current { lines.append("current \(name(current))") }
        lines.append("selected \(state.isSelecting) " + state.selection.keys.map(name).sorted().joined(separator: "/"))
        return lines
    }
}

/// Lines that somebody might type, right and wrong ones.
struct GeneratedSession {
    private var generator: SeededGenerator
    private var made = 0
    let webhooks: [JSON]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        webhooks = (1...6).map { number in
            [
                "webhook_id": JSON("wh_\(number)abcdefgh\(number)"), "webhook_name": JSON("Hook \(number)"),
                "event_types": ["object.created"], "is_active": JSON(number % 2 == 0),
                "channels": [
                    ["channel": "webhook", "configs": ["url": JSON("https://h\(number).example.com/in")]]
                ],
                "created_at": "2025-01-01T00:00:00Z", "updated_at": "2025-01-01T00:00:00Z",
            ]
        }
    }

    mutating func line() -> String {
        switch number(26) {
        case 0, 1: return "use \(webhook())"
        case 2: return "get \(webhook())"
        case 3: return "select where \(condition())"
        case 4: return "select add \(webhook()) \(webhook())"
        case 5: return "select remove \(webhook())"
        case 6: return "deselect"
        case 7, 8: return edit()
        case 9: return "let w = \"text $\(number(9))\"\nset description \"${env:HOME} $name\""
        case 10: return edit() + " --on \(webhook())"
        case 11: return "undo \(number(2) + 1)"
        case 12: return "redo"
        case 13: return "discard \(webhook())"
        case 14: return create()
        case 15: return "clone \(webhook()) \(fresh())"
        case 16: return "delete \(webhook())"
        case 17, 18: return "commit --yes --allow delete,enable,pause,last,wildcard,host --max-changes 100%"
        case 19: return "each where \(condition())\n\(edit())\n\(edit())\nend"
        case 20: return "for n in [1, 2]\n\(edit())\nset description \"turn $n\"\nend"
        case 21: return "try\n\(edit())\nset nothing x\n\(edit())\ncatch\n\(edit())\nend"
        case 22: return "run tool.hook \(fresh())"
        case 23: return "each where \(condition())\nlet c = $(\(create()))\nset description made --on $c\nbreak\nend"
        case 24: return "alias quiet 'set active false'; quiet --on \(webhook())"
        default: return "rollback --yes"
        }
    }

    private mutating func number(_ below: Int) -> Int { Int.random(in: 0..<below, using: &generator) }

    private mutating func fresh() -> String {
        made += 1
        return "Made-\(made)"
    }

    private mutating func create() -> String {
        let name = fresh()
        return "create \(name) --events object.created --channel webhook url=https://\(name.lowercased()).example.com/x"
    }

    private mutating func webhook() -> String {
        let one = number(6) + 1
        return switch number(6) {
        case 0: "wh_\(one)abcdefgh\(one)"
        case 1: "wh_\(one)"
        case 2: "'Hook \(one)'"
        case 3: "new:\(number(4) + 1)"
        case 4: made > 0 ? "Made-\(number(made) + 1)" : "wh_\(one)"
        default: "wh_\(one)ab"
        }
    }

    private mutating func condition() -> String {
        ["active", "not active", "name ~ \"Hook *\"", "name ~ \"*1\"", "staged", "channel = webhook", "name = none"][
            number(7)]
    }

    private mutating func edit() -> String {
        switch number(8) {
        case 0: "set active \(number(2) == 0)"
        case 1: "set description 'd \(number(5)) \"quoted\" $x'"
        case 2: "add-event object.updated cluster.*"
        case 3: "remove-event object.created"
        case 4: "set-channel webhook timeout=\(number(30) + 1)"
        case 5: "set-events 'object.*'"
        case 6: "set nothing \(number(5))"
        default: "replace description d e"
        }
    }
}
