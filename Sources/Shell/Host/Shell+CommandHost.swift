import HookScript
import LosslessJSON
import Session
import WebhookModel

/// The shell as the language sees it.
extension Shell: CommandHost {
    package func signature(of command: String) -> CommandSignature? {
        CommandTable.signature(of: command) ?? contributedDeclaration(of: command)?.signature
    }
    package var commandNames: [String] { CommandTable.names + (plugins.contributions?.names(.command) ?? []) }
    package func alias(named name: String) -> Alias? { aliases[name] }
    package var aliasNames: [String] { aliases.keys.sorted() }

    /// What the webhooks hold are fields too, so they are read first.
    package func fields() async throws(CommandFailure) -> any HookScript.FieldResolver {
        do { _ = try await state() } catch { throw Problems.problem(error).failure(cause: error) }
        return webhookFields
    }

    package func run(_ invocation: Invocation) async throws(CommandFailure) -> CommandOutcome {
        do {
            return try await execute(invocation)
        } catch {
            throw Problems.problem(error).failure(cause: error)
        }
    }

    package var implicitVariables: [String] { ["id", "name", "webhook"] }

    package func variable(named name: String) async throws(CommandFailure) -> Value? {
        guard let state = await connection.knownState, let key = state.current,
            let webhook = state.webhook(key) ?? state.live(key)
        else { return nil }
        switch name {
        case "id": return Value(key.description)
        case "name": return Value(webhook.name)
        default: return Value(webhook.document, taint: DocumentTaint.taint(of: webhook, key: key.description))
        }
    }

    /// The API key is no value of the language: nothing that a script does can show it.
    package func environment(_ name: String) -> String? {
        name == ProfileResolver.keyVariable ? nil : environment.variables[name]
    }

    package func secret(_ name: String) async throws(CommandFailure) -> String? {
        do { return try await profiles.secrets().secret(named: name).reveal() } catch {
            if case SecretStore.Failure.unknown = error { return nil }
            throw Problems.problem(error).failure(cause: error)
        }
    }

    package func now() -> Instant { Instant(environment.now()) }

    package func sleep(for duration: Duration) async throws(CommandFailure) {
        do { try await Task.sleep(for: duration) } catch {
            throw Problems.problem(ShellError.interrupted).failure(cause: error)
        }
    }

    package func records(selected: Bool, where predicate: Predicate?) async throws(CommandFailure) -> [String] {
        do {
            let state = try await state()
            let keys = selected ? state.selection.keys : state.keys
            let rows = keys.compactMap { key in
                state.webhook(key).map { WebhookRow(key: key.description, webhook: $0) }
            }
            return try (predicate.map { try filter(rows, by: $0) } ?? rows).map(\.key)
        } catch {
            throw Problems.problem(error).failure(cause: error)
        }
    }

    package func makeCurrent(_ record: String?, inEach: Bool) async throws(CommandFailure) -> String? {
        isInEach = inEach
        do {
            return try await connection.update { state in
                let before = state.current?.description
                try state.use(record.flatMap { WebhookKey($0) })
                return before
            }
        } catch {
            throw Problems.problem(error).failure(cause: error)
        }
    }

    package func parameter(_ request: ParameterRequest) async throws(CommandFailure) -> Value? {
        guard mayAsk else { return nil }
        do { return Value(try await ask(request)) } catch {
            throw Problems.problem(error).failure(cause: error)
        }
    }

    private func ask(_ request: ParameterRequest) async throws -> String {
        let question = (request.help ?? request.name) + ": "
        let instead = "give it with --var \(request.name)=…"
        if request.isSecret { return try await askSecret(question, instead: instead) }
        switch try await environment.input.readLine(.init(prompt: .init(question))) {
        case .line(let text): return text
        case .endOfInput: throw ShellError.declined
        case .interrupted: throw ShellError.interrupted
        }
    }

    /// The rows that a condition holds for.
    func filter(_ rows: [WebhookRow], by predicate: Predicate) throws -> [WebhookRow] {
        let fields = webhookFields.snapshot()
        return try rows.filter { try predicate.matches(WebhookRecord(row: $0, fields: fields)) }
    }
}
