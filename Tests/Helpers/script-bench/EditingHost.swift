import HookScript
import LosslessJSON
import Synchronization

/// A host whose commands change documents that it keeps in memory: `use`, `set` and `add-event`, as an editor of documents
/// would have them, without a server, a draft or a journal.
final class EditingHost: BenchHost {
    private struct State {
        var documents: [String: JSONObject] = [:]
        var current = ""
    }

    /// A document that nothing has been set in yet.
    private static let blank: JSONObject = ["events": JSON([JSON]())]

    private let state = Mutex(State())

    func run(_ invocation: Invocation) async throws(CommandFailure) -> CommandOutcome {
        let words = invocation.positionals
        switch invocation.command {
        case "use": use(words[0].value.revealedText)
        case "set": change { $0[words[0].value.revealedText] = words[1].value.revealedJSON }
        case "add-event":
            change { document in for event in words { Self.add(event.value.revealedJSON, to: &document) } }
        case let name: throw CommandFailure(kind: "usage", message: "\(name) is not measured")
        }
        return CommandOutcome()
    }

    private func use(_ name: String) {
        state.withLock { state in
            state.current = name
            if state.documents[name] == nil { state.documents[name] = Self.blank }
        }
    }

    /// Changes the current document in its place.
    private func change(_ edit: (inout JSONObject) -> Void) {
        state.withLock { edit(&$0.documents[$0.current, default: Self.blank]) }
    }

    private static func add(_ event: JSON, to document: inout JSONObject) {
        document["events"] = JSON((document["events"]?.array ?? []) + [event])
    }

    /// What the documents hold now.
    var census: Census {
        state.withLock { state in
            var census = Census(documents: state.documents.count)
            for document in state.documents.values {
                census.events += document["events"]?.count ?? 0
                census.letters += document["description"]?.string?.utf8.count ?? 0
            }
            return census
        }
    }
}

/// What edits left behind, to be compared with what others made of the same lines.
struct Census: Equatable {
    var documents = 0
    var events = 0
    /// The bytes of all descriptions.
    var letters = 0

    init(documents: Int) { self.documents = documents }

    /// As ``Tclsh`` prints it.
    init?(_ text: String) {
        let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        (documents, events, letters) = (numbers[0], numbers[1], numbers[2])
    }
}
