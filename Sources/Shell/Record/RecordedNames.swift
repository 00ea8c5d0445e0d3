import HookScript
import Session
import WebhookModel

/// What a recording calls webhooks: identifiers for those that were there, `new:N` for those that it creates itself.
struct RecordedNames: Sendable {
    let state: SessionState
    /// What `new:N` counts from: the number that the session's last new webhook had when the recording began.
    var firstNumber = 0

    func name(_ key: WebhookKey) -> String {
        let number: Int? =
            switch key {
            case .new(let number): number
            case .existing(let id): state.number(creating: id)
            }
        guard let number, number > firstNumber else { return key.description }
        return "new:\(number - firstNumber)"
    }

    /// For a word that names a webhook; as it was, if it names none.
    func word(_ text: String) -> String {
        (try? state.resolve(text)).map(name) ?? WordPrinter.word(text)
    }
}
