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
        takesWhere: true, rules: [.needs("force", "FILE")],
        details: [
            "FILE's name says which it is; without FILE, --yaml does. There are no other formats: ls writes those.",
            "Secrets are written as !keep and what stands for them in YAML, a mask or a reference, and as that alone in JSON, "
                + "unless --with-secrets is given. Staged edits are included.",
        ],
        examples: [
            .init("export webhooks.json", "every webhook"),
            .init("export paused.yaml where not active", "the paused ones"),
        ],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let isYaml = try isYaml(call)
        let state = try await call.state()
        let rows = try call.matching(call.rows(of: state), in: state)
        let showsSecrets = call.has("with-secrets")
        let view = DocumentView(showsSecrets: showsSecrets, known: state.knownSecrets)
        let documents = JSON(rows.map { view.shown($0.webhook) })
        guard let file = call.text("FILE") else {
            let text =
                isYaml
                ? YamlWriter.text(of: documents, keepsMasked: !showsSecrets)
                : Printable.escapedJSON(documents.text(.pretty)) + "\n"
            return .text(text.split(separator: "\n").map(String.init))
        }
        let text = isYaml ? YamlWriter.text(of: documents, keepsMasked: !showsSecrets) : documents.text(.pretty) + "\n"
        let path = try call.shell.outputPath(file, in: call.shell.environment.workingFolder)
        try call.shell.environment.files.write(
            Array(text.utf8), to: path, mode: showsSecrets ? 0o600 : 0o644, replacing: call.has("force"))
        let count = rows.count == 1 ? "1 webhook" : "\(rows.count) webhooks"
        call.shell.messages.note("\(count) written to \(Printable.escaped(file)).")
        return .nothing
    }

    /// Whether YAML is wanted; otherwise it is JSON.
    ///
    /// - Throws: `ShellError.usage` for a format that cannot be applied again, or that FILE's name contradicts.
    private static func isYaml(_ call: CommandCall) throws -> Bool {
        let asked = call.text(ofFlag: "format") ?? OutputFormat.allCases.map(\.rawValue).first { call.has($0) }
        guard let file = call.text("FILE") else {
            // A format for the whole command line is one for this command, too, where its output is all there is.
            let format = asked ?? call.shell.options.format?.rawValue
            try check(format, call)
            return format.map { $0 == OutputFormat.yaml.rawValue } ?? (call.shell.format == .yaml)
        }
        try check(asked ?? ["csv", "tsv", "ids"].first { file.hasSuffix("." + $0) }, call)
        let isNamedYaml = file.hasSuffix(".yaml") || file.hasSuffix(".yml")
        guard let asked else { return isNamedYaml }
        let isYaml = asked == OutputFormat.yaml.rawValue
        guard isYaml != isNamedYaml, isNamedYaml || file.hasSuffix(".json") else { return isYaml }
        throw call.usage(
            "\(asked) does not go into \(file)", hint: "the file's name says what it holds: leave out --\(asked)")
    }

    private static func check(_ format: String?, _ call: CommandCall) throws {
        guard let format, ![OutputFormat.json, .yaml].map(\.rawValue).contains(format) else { return }
        let isOurs = OutputFormat(rawValue: format) != nil
        throw call.usage(
            "\(format) is no format of an export, which is JSON or YAML",
            hint: isOurs ? "ls --\(format) > FILE writes it" : "ls --format \(format) > FILE writes it")
    }
}
