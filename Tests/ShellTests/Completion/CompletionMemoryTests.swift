import LineEditor
import LosslessJSON
import Testing

@testable import Shell

@Suite("What Tab knows")
struct CompletionMemoryTests {
    private static func documents(_ count: Int) -> [JSON] {
        (0..<count).map { index in
            [
                "webhook_id": JSON("wh_n\(index)"), "webhook_name": JSON("Name \(index)"), "channels": [],
                "event_types": ["object.created", "object.special"], "x_own": 1,
            ]
        }
    }

    private func total(_ line: String, _ memory: CompletionMemory, _ shell: Shell) -> Int {
        ShellCompleter(shell: shell) { memory.knowledge(of: shell) }
            .completions(for: CompletionContext(text: line, cursor: line.utf8.count)).total
    }

    @Test("of many webhooks is gathered beside the prompt, all of it, and counted")
    func many() async throws {
        let fixture = try ShellFixture(Self.documents(CompletionMemory.patience + 500))
        let memory = CompletionMemory()
        _ = await fixture.run("select all")
        await memory.refresh(fixture.shell)
        // At once or soon: either way the key answers.
        _ = total("use wh_", memory, fixture.shell)
        await memory.settle()
        #expect(total("use wh_", memory, fixture.shell) == CompletionMemory.patience + 500)
        #expect(total("use wh_n24", memory, fixture.shell) == 111)
        #expect(total("remove-event ", memory, fixture.shell) == 2)
        #expect(total("ls where x_o", memory, fixture.shell) == 1)
    }

    @Test("stays known while what a line changed is looked through")
    func kept() async throws {
        let fixture = try ShellFixture(Self.documents(CompletionMemory.patience + 1))
        let memory = CompletionMemory()
        _ = await fixture.run("count")
        await memory.refresh(fixture.shell)
        await memory.settle()
        _ = await fixture.run("use wh_n7; set name 'Quite another'")
        await memory.refresh(fixture.shell)
        #expect(total("use wh_", memory, fixture.shell) == CompletionMemory.patience + 1)
        await memory.settle()
        #expect(total("use Quite", memory, fixture.shell) == 1)
        #expect(total("ls where name = 'Name 7", memory, fixture.shell) == 110)
    }

    @Test("is handed on up to a limit, and the common start is that of all")
    func limited() async throws {
        let fixture = try ShellFixture(Self.documents(1000))
        let memory = CompletionMemory()
        _ = await fixture.run("count")
        await memory.refresh(fixture.shell)
        let completions = ShellCompleter(shell: fixture.shell) { memory.knowledge(of: fixture.shell) }
            .completions(for: CompletionContext(text: "use wh_", cursor: 7))
        #expect(completions.candidates.count == CompletionMatches.limit)
        #expect(completions.total == 1000)
        #expect(completions.common == "wh_n")
    }
}
