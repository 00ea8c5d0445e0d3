import HookScript
import LosslessJSON

/// `count`: how many webhooks.
enum CountCommand: Command {
    static let declaration = CommandDeclaration(
        "count", .look, "counts webhooks", flags: .output, takesWhere: true,
        examples: [.init("count where not active", "how many are paused")], exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let state = try await call.state()
        return .value(JSON(try call.matching(call.rows(of: state), in: state).count))
    }
}
