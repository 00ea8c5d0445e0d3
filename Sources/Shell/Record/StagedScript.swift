import HookScript
import Session

/// A script that stages kept edits again: each line on its webhook, and nothing shown.
struct StagedScript {
    let text: String
    /// The entry that each line is of.
    let keys: [WebhookKey]

    init(_ entries: [(key: WebhookKey, lines: [String])]) {
        var lines: [String] = []
        var keys: [WebhookKey] = []
        for (key, edits) in entries {
            for (index, edit) in edits.enumerated() {
                lines.append(Self.line(edit, key, isFirst: index == 0))
                keys.append(key)
            }
        }
        text = lines.map { $0 + "\n" }.joined()
        self.keys = keys
    }

    /// A webhook to create is named by what its first line answers.
    private static func line(_ edit: String, _ key: WebhookKey, isFirst: Bool) -> String {
        switch key {
        case .existing(let id): "let kept = $(\(edit) --on \(id))"
        case .new: isFirst ? "let made = $(\(edit))" : "let kept = $(\(edit) --on $made)"
        }
    }
}

extension Shell {
    /// Stages kept edits, with a name for messages.
    func stage(_ script: StagedScript, name: String) async throws {
        let interpreter = Interpreter(host: self)
        _ = try await interpreter.run(SourceText(name: name, text: script.text))
    }
}
