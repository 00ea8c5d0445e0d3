import HookScript
import Session
import WebhookModel

/// What a recording calls webhooks: identifiers for those that were there, `new:N` for those that it creates itself.
struct RecordedNames: Sendable {
    let state: SessionState
    /// What `new:N` counts from: the number that the session's last new webhook had when the recording began.
    var firstNumber = 0
    /// The webhooks that there were when the recording began; nil stands for all.
    var initial: Set<WebhookID>?

    func name(_ key: WebhookKey) -> String {
        let number: Int? =
            switch key {
            case .new(let number): number
            case .existing(let id): state.number(creating: id)
            }
        if let number, number > firstNumber { return "new:\(number - firstNumber)" }
        // What a rollback or somebody else created meanwhile has another identifier the next time.
        if let id = key.id, let initial, !initial.contains(id),
            let name = (state.webhook(key) ?? state.live(key))?.name,
            state.keys(named: name) == [key]
        {
            return WordPrinter.word(name)
        }
        return key.description
    }

    /// For a word that names a webhook; as it was, if it names none.
    func word(_ text: String) -> String {
        (try? state.resolve(text)).map(name) ?? WordPrinter.word(text)
    }
}
