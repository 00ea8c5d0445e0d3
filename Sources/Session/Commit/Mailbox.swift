import Synchronization

/// Messages of many senders to one reader, which takes all that have come at once.
final class Mailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var reader: CheckedContinuation<[Message], Never>?
    }

    private let state = Mutex(State())

    func post(_ message: Message) { post([message]) }

    func post(_ messages: [Message]) {
        if messages.isEmpty { return }
        let (reader, taken) = state.withLock { state -> (CheckedContinuation<[Message], Never>?, [Message]) in
            guard let reader = state.reader else {
                state.messages += messages
                return (nil, [])
            }
            state.reader = nil
            return (reader, messages)
        }
        reader?.resume(returning: taken)
    }

    /// Returns once there is a message, with all there are, in the order in which they came. For one caller at a time.
    func take() async -> [Message] {
        await withCheckedContinuation { reader in
            let messages = state.withLock { state -> [Message] in
                let messages = state.messages
                state.messages = []
                if messages.isEmpty { state.reader = reader }
                return messages
            }
            if !messages.isEmpty { reader.resume(returning: messages) }
        }
    }
}
