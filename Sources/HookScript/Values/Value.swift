import LosslessJSON

/// A value of the language: what a variable holds, an argument carries and an expression gives.
///
/// A value that came from a secret is tainted (``Taint``), and so is whatever is computed from it. A tainted value does
/// not print: its description is `••••`.
package struct Value: Sendable {
    package enum Content: Hashable, Sendable {
        case null
        case boolean(Bool)
        case number(JSONNumber)
        case text(String)
        case list([Value])
        case object(JSONObject)
        case time(Instant)
        case duration(Duration)
    }

    package let content: Content
    /// Where a secret in it came from; nil for a value that may be shown.
    package let taint: Taint?
    /// At least how deep lists and objects are nested in it, so that walking it cannot overflow the stack: see
    /// ``Limits/valueDepth``. A document from outside counts as deep as the JSON parser lets one be.
    let depth: UInt16

    package init(_ content: Content, taint: Taint? = nil) {
        self.init(content, taint: taint, depth: Self.depth(of: content))
    }

    /// A value of which it is known how deep it is at most.
    init(_ content: Content, taint: Taint?, depth: UInt16) {
        self.content = content
        self.taint = taint
        self.depth = depth
    }

    private static func depth(of content: Content) -> UInt16 {
        switch content {
        case .list(let elements): elements.reduce(1) { max($0, $1.depth &+ 1) }
        case .object(let object): object.isEmpty ? 1 : documentDepth
        default: 0
        }
    }

    /// The depth of nesting at which the JSON parser stops.
    static let documentDepth = UInt16(JSONLimits.standard.maximumDepth)

    package static let null = Value(Content.null)

    package init(_ text: String, taint: Taint? = nil) { self.init(.text(text), taint: taint) }
    package init(_ boolean: Bool) { self.init(.boolean(boolean)) }
    package init(_ integer: Int) { self.init(.number(JSONNumber(integer))) }
    package init(_ list: [Value]) { self.init(.list(list)) }
}

extension Value: Hashable {
    package static func == (left: Value, right: Value) -> Bool {
        left.content == right.content && left.taint == right.taint
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(content)
        hasher.combine(taint)
    }
}

extension Value {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case null, boolean, number, text, list, object, time, duration
    }

    package var kind: Kind {
        switch content {
        case .null: .null
        case .boolean: .boolean
        case .number: .number
        case .text: .text
        case .list: .list
        case .object: .object
        case .time: .time
        case .duration: .duration
        }
    }

    /// Whether it, or anything in it, is secret.
    package var isTainted: Bool {
        if taint != nil { return true }
        if case .list(let elements) = content { return elements.contains(where: \.isTainted) }
        return false
    }

    /// What it and everything in it came from, nil when nothing is secret.
    package var combinedTaint: Taint? {
        guard case .list(let elements) = content else { return taint }
        return Taint.union([taint] + elements.map(\.combinedTaint))
    }

    /// The same value with a taint added to its own.
    package func tainted(by other: Taint?) -> Value {
        guard let other else { return self }
        return Value(content, taint: Taint.union([taint, other]), depth: depth)
    }

    /// The same value with this taint in place of its own.
    func replacingTaint(_ taint: Taint) -> Value {
        Value(content, taint: taint, depth: depth)
    }

    package var boolean: Bool? {
        guard case .boolean(let boolean) = content else { return nil }
        return boolean
    }

    package var text: String? {
        guard case .text(let text) = content else { return nil }
        return text
    }

    package var number: JSONNumber? {
        guard case .number(let number) = content else { return nil }
        return number
    }

    package var integer: Int? { number?.int }

    package var list: [Value]? {
        guard case .list(let list) = content else { return nil }
        return list
    }

    /// The elements of a list, each with the taint of the whole.
    var elements: [Value]? {
        guard let list else { return nil }
        guard let taint, taint.coversWhole else { return list }
        return list.map { $0.tainted(by: taint) }
    }

    package var object: JSONObject? {
        guard case .object(let object) = content else { return nil }
        return object
    }
}

extension Value: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text of the value, or `••••` if any of it is secret.
    package var description: String { isTainted ? Taint.mask : revealedText }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["kind": kind.rawValue, "text": description]) }
}
