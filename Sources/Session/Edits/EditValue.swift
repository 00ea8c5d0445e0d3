import LosslessJSON

/// A value that an edit writes, with where it came from when it is a secret.
///
/// A value with a reference never prints itself: descriptions, dumps and records show the reference.
package struct EditValue: Hashable, Sendable {
    package let json: JSON
    /// How a script would get the value again, `secret:SLACK_TOKEN` for example; nil for a plain value.
    package let reference: String?

    package init(_ json: JSON, reference: String? = nil) {
        self.json = json
        self.reference = reference
    }

    package var isSecret: Bool { reference != nil }
}

extension EditValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The reference as a script would spell it, or the value as compact JSON.
    package var description: String { reference.map { "${\($0)}" } ?? json.description }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["value": description]) }
}

extension EditValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
    package init(stringLiteral value: String) { self.init(JSON(value)) }
    package init(booleanLiteral value: Bool) { self.init(JSON(value)) }
}
