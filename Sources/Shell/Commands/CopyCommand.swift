import HookScript
import LosslessJSON
import Session
import WebhookModel

/// `copy`: webhooks of this organization staged in another one.
enum CopyCommand: Command {
    static let declaration = CommandDeclaration(
        "copy", .move, "goes on with another profile and stages this one's webhooks there",
        flags: [DeclaredFlag("to", value: "PROFILE", .profile, "where they go")],
        keyValues: ChannelWords.keys, takesWhere: true, restrictions: [.notInEach, .notInSubstitution],
        details: [
            "Those that where finds, else the selection, else all. Over there each is for the webhook of its name, and is "
                + "created where nobody has it; what it says is staged on that profile, for diff and commit to show and "
                + "send. With edits staged here it is refused.",
            "No secret is taken along: one that stands over there already stays, and any other is given as KEY=VALUE in "
                + "front of where, by reference if you like, or asked for.",
        ],
        examples: [
            .init(
                "copy --to production bot_token=${secret:SLACK_PRODUCTION} where name ~ \"Team *\"", "and diff, commit")
        ],
        exits: [.notAllowed, .refused, .declined])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        guard let name = call.text(ofFlag: "to") else {
            throw call.usage("it needs --to PROFILE", hint: "profile ls lists them")
        }
        let shell = call.shell
        let here = await shell.connection.profile
        var request = ProfileResolver.Request()
        request.profile = name
        let there = try shell.profiles.resolve(request)
        guard there.name != here.name else { throw call.usage("\(name) is the profile in use") }
        let sources = try await sources(call)
        let given = try given(call)
        try await shell.connection.use(there)
        do {
            let secrets = CopiedSecrets(state: try await shell.connection.state(), given: given) { key, webhook in
                try await ask(call, key, webhook)
            }
            try await call.stage(try await secrets.wanted(sources))
        } catch {
            // Nothing was staged there.
            try? await shell.connection.use(here)
            throw error
        }
        shell.messages.note(
            "On \(there.name) (\(Printable.escaped(there.host))) now: diff shows what is staged, commit sends it.")
        return .nothing
    }

    private static func sources(_ call: CommandCall) async throws -> [CopiedSecrets.Source] {
        let state = try await call.state()
        if state.stagedCount > 0 { throw ShellError.stagedEdits(count: state.stagedCount, blocked: "copy") }
        let keys =
            call.invocation.predicate != nil || !state.isSelecting
            ? try call.matchingKeys(in: state) : state.selection.keys
        return try keys.compactMap { state.webhook($0) }.map { try CopiedSecrets.Source($0.document) }
    }

    private static func given(_ call: CommandCall) throws -> [String: EditValue] {
        var given: [String: EditValue] = [:]
        for entry in try ChannelWords(call: call).entries(call.invocation.keyValues, kind: nil) {
            given[entry.key.description] = entry.value
        }
        return given
    }

    private static func ask(_ call: CommandCall, _ key: String, _ webhook: String) async throws -> String {
        let question = "\(key) of \(Printable.escaped(webhook)) over there: "
        guard call.shell.mayAsk else {
            throw ShellError.cannotAsk(question: question, instead: "\(key)=${secret:NAME} in front of where")
        }
        return try await call.shell.askSecret(question, instead: "\(key)=${secret:NAME}")
    }
}
