import HookScript
import LosslessJSON
import Session
import WebhookModel

/// What the subcommands of `sandbox` have in common.
struct Rehearsal: Sendable {
    let call: CommandCall

    var shell: Shell { call.shell }

    /// Asks the server of the profile in use; that it is no sandbox is an error of its own.
    func ask<Answer: Sendable>(
        _ question: @Sendable (any SandboxService) async throws -> Answer
    ) async throws -> Answer {
        do {
            guard let service = try await shell.connection.sandboxService() else { throw await notASandbox }
            return try await question(service)
        } catch let error as ServiceError where Self.knowsNoSuchRoute(error) {
            throw await notASandbox
        }
    }

    /// The same for what changes something there. Nil with `--dry-run`, when nothing is asked.
    func change<Answer: Sendable>(
        _ what: String, _ question: @Sendable (any SandboxService) async throws -> Answer
    ) async throws -> Answer? {
        if shell.options.isDryRun {
            shell.messages.note("Would \(what); nothing is sent in a dry run.")
            return nil
        }
        do {
            return try await ask(question)
        } catch let error as ServiceError {
            if case .ambiguous = error.kind { throw ShellError.rehearsalInDoubt(error) }
            throw error
        }
    }

    /// The webhook that a word names. An id may be of one that is gone.
    func webhook(_ text: String?) async throws -> WebhookID? {
        guard let text else { return nil }
        let key: WebhookKey
        do { key = try await call.state().resolve(text) } catch {
            if case ResolutionError.ambiguous = error { throw error }
            guard let id = WebhookID(rawValue: text) else { throw error }
            return id
        }
        guard let id = key.id else { throw call.usage("\(key) is not sent yet, so nothing is delivered to it") }
        return id
    }

    static func knowsNoSuchRoute(_ error: ServiceError) -> Bool { error.status == 404 || error.status == 405 }

    private var notASandbox: ShellError {
        get async {
            let profile = await shell.connection.profile
            return .notASandbox(profile: profile.name, host: profile.host)
        }
    }
}
