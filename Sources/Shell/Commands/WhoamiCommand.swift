import HookScript
import LosslessJSON

/// `whoami`: the profile in use, and whether its key is accepted.
enum WhoamiCommand: Command {
    static let declaration = CommandDeclaration(
        "whoami", .look, "shows the profile in use and whether its key is accepted", flags: .output,
        details: ["The API has no operation that names an organization; the key is tried by listing."],
        examples: [.init("whoami", "shows profile, host and how many webhooks the key sees")],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let profile = await call.shell.connection.profile
        let report = try await call.shell.connection.probe(profile)
        let members: [(String, JSON)] = [
            ("profile", JSON(profile.name)), ("host", JSON(profile.host)), ("production", JSON(profile.isProduction)),
            ("webhooks", JSON(report.count)), ("dialect", JSON(report.dialect)),
        ]
        let lines = members.map { name, value in
            name.padded(to: 12) + Printable.escaped(value.string ?? value.text(.compact))
        }
        return .report(lines, json: JSON(JSONObject(members)))
    }
}
