import TestSupport
import Testing

/// Each script of scripts/batch says at its head how it is run: that is done here, line by line.
@Suite("The heads of the batch scripts")
struct BatchHeaderTests {
    /// The commands at a script's head.
    private static func commands(_ script: String) -> [String] {
        (DocumentPage("scripts/batch/\(script).hook").text ?? "").split(separator: "\n")
            .prefix { $0.hasPrefix("#") }.filter { $0.hasPrefix("#   hookline ") }
            .map { String($0.drop { $0 == "#" || $0 == " " }) }
    }

    /// What must have happened before.
    private static let before = [
        "clone-to-production": ["hookline secret set SLACK_TOKEN_PRODUCTION"],
        "restore-paused": ["hookline run scripts/batch/pause-all.hook"],
    ]

    @Test("do what they say", arguments: BatchScene.scripts)
    func heads(_ script: String) async throws {
        let commands = Self.commands(script)
        #expect(commands.contains { $0.contains("run scripts/batch/\(script).hook") })
        let reader = try await DocumentReader()
        for line in (Self.before[script] ?? []) + commands {
            let (status, shown) = try await reader.shell(DocumentLine.run(line))
            #expect(status == 0, "\(line)\n\(shown)")
        }
    }
}
