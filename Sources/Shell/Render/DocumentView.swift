import LosslessJSON
import Session
import WebhookModel

/// One webhook or value, whole.
struct DocumentView: Sendable {
    var showsSecrets: Bool
    /// Values that came by reference in this session.
    var known = KnownSecrets()

    func shown(_ webhook: Webhook) -> JSON {
        showsSecrets ? webhook.document : known.shown(webhook.document, at: .root)
    }

    /// Every scalar and empty container with its path: what `tsv` shows of a document.
    func leaves(of value: JSON) -> [(path: String, text: String)] {
        var leaves: [(path: String, text: String)] = []
        collect(value, at: JSONPath([]), into: &leaves)
        return leaves
    }

    private func collect(_ value: JSON, at path: JSONPath, into leaves: inout [(path: String, text: String)]) {
        if let object = value.object, !object.isEmpty {
            for member in object { collect(member.value, at: path.appending(.name(member.name)), into: &leaves) }
        } else if let array = value.array, !array.isEmpty {
            for (index, element) in array.enumerated() {
                collect(element, at: path.appending(.index(index)), into: &leaves)
            }
        } else {
            leaves.append((path.description, value.string ?? value.text(.compact)))
        }
    }
}
