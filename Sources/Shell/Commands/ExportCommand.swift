import HookScript
import LosslessJSON
import WebhookModel

/// `export`: webhooks as a file that can be kept and applied.
enum ExportCommand: Command {
    static let declaration = CommandDeclaration(
        "export", .move, "writes webhooks as JSON or YAML, to a file or to standard output",
        positionals: [DeclaredPositional("FILE", .file, .optional, "the file; .yaml or .yml for YAML, else JSON")],
        flags: [
            DeclaredFlag("with-secrets", "write secrets as they are; the file is then readable by you alone"),
            DeclaredFlag("force", "replace a file that exists"),
        ] + .output,
        takesWhere: true,
        details: [
            "Secrets are written as !keep and their mask in YAML, and as the mask in JSON, unless --with-secrets is given. "
                + "Staged edits are included."
        ],
        examples: [
            .init("export webhooks.json", "every webhook"),
            .init("export paused.yaml where not active", "the paused ones"),
        ],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let state = try await call.state()
        let rows = try call.matching(call.rows(of: state), in: state)
        let showsSecrets = call.has("with-secrets")
        let view = DocumentView(showsSecrets: showsSecrets, known: state.knownSecrets)
        guard let file = call.text("FILE") else {
            let documents = JSON(rows.map { view.shown($0.webhook) })
            let isYaml = call.has("yaml") || call.text(ofFlag: "format") == "yaml"
            let text =
                isYaml
                ? YamlWriter.text(of: documents, keepsMasked: !showsSecrets)
                : Printable.escapedJSON(documents.text(.pretty)) + "\n"
            return .text(text.split(separator: "\n").map(String.init))
        }
        let documents = JSON(rows.map { view.shown($0.webhook) })
        let isYaml = file.hasSuffix(".yaml") || file.hasSuffix(".yml")
        let text = isYaml ? YamlWriter.text(of: documents, keepsMasked: !showsSecrets) : documents.text(.pretty) + "\n"
        let path = call.shell.environment.absolute(file)
        try call.shell.environment.files.write(
            Array(text.utf8), to: path, mode: showsSecrets ? 0o600 : 0o644, replacing: call.has("force"))
        let count = rows.count == 1 ? "1 webhook" : "\(rows.count) webhooks"
        call.shell.messages.note("\(count) written to \(Printable.escaped(file)).")
        return .nothing
    }
}
