import LosslessJSON
import PluginProtocol

/// A command that the user runs.
public struct CommandCall {
    public let name: String
    /// The words that are no flags.
    public let arguments: [String]
    public let selection: [SelectedWebhook]
    /// Whether no write leaves the host, whatever comes of it.
    public let isDryRun: Bool
    /// The user and their session, while the command lasts.
    public let host: Host
    private let flags: JSONObject

    /// A webhook that is selected; the document is there with the permission to read webhooks.
    public struct SelectedWebhook: Hashable, Sendable {
        public let key: String
        public let document: Value?
    }

    init(_ params: CommandParams, _ host: Host) {
        name = params.name
        arguments = params.argv
        selection = params.selection.map { SelectedWebhook(key: $0.key, document: $0.value.map(Value.init)) }
        isDryRun = params.dryRun
        flags = params.flags
        self.host = host
    }

    /// Whether a flag is given.
    public func has(_ flag: String) -> Bool { flags[flag].map { $0.boolean != false } ?? false }
    /// A flag's value.
    public func value(_ flag: String) -> Value? { flags[flag].map(Value.init) }
}

/// What a command came to.
public struct CommandResult {
    /// As of a program: 0 is success.
    public var exit: Int
    public var text: String?
    public var json: Value?
    public var edits: [WebhookEdits]

    public init(exit: Int = 0, text: String? = nil, json: Value? = nil, edits: [WebhookEdits] = []) {
        self.exit = exit
        self.text = text
        self.json = json
        self.edits = edits
    }
}

/// Webhooks to render.
public struct RenderCall {
    public let format: String
    public let webhooks: [Value]
    /// Columns of the window; nil where the text does not go to one.
    public let width: Int?
    public let usesColor: Bool
}

/// A word to complete.
public struct CompletionCall {
    public let command: String
    /// The words before it.
    public let arguments: [String]
    public let word: String
}

public struct Candidate: Hashable, Sendable {
    public let value: String
    public let description: String?

    public init(_ value: String, description: String? = nil) {
        self.value = value
        self.description = description
    }
}

/// What came of a commit.
public struct CommittedRun {
    public struct Result: Hashable, Sendable {
        public let key: String
        public let operation: String
        public let status: String
    }

    public let run: String
    public let results: [Result]
}

/// An error to answer a call with.
public struct CallError: Error, Hashable, Sendable {
    public let message: String
    public init(_ message: String) { self.message = message }
}
