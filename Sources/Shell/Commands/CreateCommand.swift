import HookScript
import LosslessJSON
import Session
import WebhookModel

/// `create`: a new webhook.
enum CreateCommand: Command {
    static let declaration = CommandDeclaration(
        "create", .edit, "stages a new webhook and makes it current",
        positionals: [DeclaredPositional("NAME", .text, "its name, 1 to 200 characters")],
        flags: [
            DeclaredFlag("events", value: "EVENT", .eventType, isList: true, "what it subscribes to: names, or globs"),
            DeclaredFlag(
                "channel", value: "CHANNEL", .inferred, acceptsSecret: true, repeats: true,
                "a kind, with KEY=VALUE words after it, or JSON"),
            DeclaredFlag("description", value: "TEXT", "its description"),
            DeclaredFlag("paused", "create it paused"),
        ],
        keyValues: ChannelWords.keys,
        details: ["It is called new:1 until it is sent. More channels and events can be added before the commit."],
        examples: [
            .init(
                "create 'Team Search' --events 'object.*' --channel slack channel_id=C0123456789 bot_token=${secret:SLACK}",
                "a webhook with one channel")
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let webhook = NewWebhook(
            name: call.text("NAME")!,
            events: try EventNames.expand(call.invocation.values(of: "events").map { EventPattern($0.revealedText) }),
            channels: try channels(call), isActive: !call.has("paused"),
            members: JSONObject(call.text(ofFlag: "description").map { [("description", JSON($0))] } ?? []))
        let (key, report) = try await call.shell.connection.update { try $0.create(webhook) }
        for line in StagingNotes.lines(report) { call.shell.messages.note(line) }
        try await call.tellOfSelection()
        return .value(JSON(key.description))
    }

    /// Each `--channel` with the `key=value` words that follow it.
    private static func channels(_ call: CommandCall) throws -> [NewChannel] {
        let words = ChannelWords(call: call)
        let flags = call.invocation.flags.filter { $0.name == "channel" }
        guard let first = flags.first else {
            guard call.invocation.keyValues.isEmpty else {
                throw call.usage("KEY=VALUE words belong to a channel", hint: "put --channel KIND before them")
            }
            return []
        }
        if let stray = call.invocation.keyValues.first(where: { $0.keySpan.start < first.span.start }) {
            throw call.usage("\(stray.key)= stands before any --channel")
        }
        return try flags.enumerated().map { index, flag in
            let end = index + 1 < flags.count ? flags[index + 1].span.start : Int.max
            let own = call.invocation.keyValues.filter { (flag.span.start..<end).contains($0.keySpan.start) }
            let value = flag.values[0].value
            let json = value.object.map { JSON($0) } ?? (try? JSON(parsing: value.revealedText))
            if let json, json.object != nil {
                return try words.channel(json: json, kind: nil, reference: EditValue.reference(of: value))
            }
            let kind = try ChannelWords.kind(value.revealedText, call)
            return NewChannel(kind: kind, entries: try words.entries(own, kind: kind))
        }
    }
}
