import LosslessJSON
import WebhookModel

/// Values that came by a reference to a secret, so that they are shown as the reference wherever they stand: in a
/// config key whose name doesn't tell, in the path of a URL, in the server's copy after a commit.
///
/// Never prints what it knows.
package struct KnownSecrets: Hashable, Sendable {
    private var references: [JSON: String] = [:]

    package init() {}

    package var isEmpty: Bool { references.isEmpty }

    /// Adds a value, and the texts in it when it is a list or an object. The empty text, booleans and null hide nothing.
    package mutating func add(_ value: JSON, reference: String) {
        switch value.kind {
        case .object, .array:
            for child in value.children { add(child.value, reference: reference) }
        case .string where value.string != "", .number:
            references[value] = reference
        case .string, .boolean, .null: break
        }
    }

    package mutating func formUnion(_ other: KnownSecrets) {
        references.merge(other.references) { _, new in new }
    }

    /// The reference by which exactly this value came.
    package func reference(of value: JSON?) -> String? {
        value.flatMap { references[$0] }
    }

    /// Whether the value, or anything in it, is known.
    package func areIn(_ value: JSON) -> Bool {
        if isEmpty { return false }
        return references[value] != nil || value.children.contains { areIn($0.value) }
    }

    /// A value as it may be shown, given where in a webhook's document it stands: known values as their references,
    /// other secrets masked.
    package func shown(_ value: JSON, at path: JSONPath) -> JSON {
        var shown = Masking.masked(value, at: path)
        if !isEmpty { substitute(in: value, at: .root, &shown) }
        return shown
    }

    private func substitute(in value: JSON, at path: JSONPath, _ shown: inout JSON) {
        if let reference = references[value] {
            let text = JSON("${\(reference)}")
            if path.isEmpty { shown = text } else { try? shown.set(text, at: path) }
            return
        }
        for child in value.children { substitute(in: child.value, at: path.appending(child.component), &shown) }
    }

    /// A text that somebody else wrote, a server's message for example, with the known texts in it masked.
    package func masked(in text: String) -> String {
        Masking.masked(text, hiding: texts)
    }

    /// The known texts themselves, to look for together with others.
    var texts: [String] { references.keys.compactMap(\.string) }
}

extension KnownSecrets: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "KnownSecrets(\(references.count))" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["count": references.count]) }
}
