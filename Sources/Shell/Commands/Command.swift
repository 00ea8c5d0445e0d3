import HookScript

/// A command of the language: its declaration, and what it does.
protocol Command: Sendable {
    static var declaration: CommandDeclaration { get }
    static func run(_ call: CommandCall) async throws -> CommandOutput
}

/// One use of a command: its words, and what it works with.
struct CommandCall: Sendable {
    let invocation: Invocation
    let shell: Shell

    func has(_ flag: String) -> Bool { invocation.has(flag) }

    /// The text of a flag's value.
    func text(ofFlag flag: String) -> String? { invocation.value(of: flag)?.revealedText }

    /// The text of a positional argument.
    func text(_ positional: String) -> String? { invocation.argument(positional)?.revealedText }

    func texts(_ positional: String) -> [String] { invocation.arguments(positional).map(\.revealedText) }

    func integer(ofFlag flag: String) -> Int? { invocation.value(of: flag)?.integer }

    func duration(ofFlag flag: String) -> Duration? {
        guard case .duration(let duration) = invocation.value(of: flag)?.content else { return nil }
        return duration
    }

    /// Whether the report of a command that tells people what it did is wanted as data: by its `--json`, or because that is
    /// how everything is written here.
    var wantsData: Bool { has("json") || [.json, .jsonl, .yaml].contains(shell.format) }

    var showsSecrets: Bool { invocation.has("show-secrets") }
}
