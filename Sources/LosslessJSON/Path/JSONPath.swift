/// Where something stands inside a JSON value.
///
/// Written dotted, as people type it: `channels[0].configs.headers.X-Team`, `event_types[*]`, `channels.*.configs`; a name
/// that needs it in brackets: `["a.b"]`; the whole value is `.`. Also as a JSON pointer (RFC 6901): `/channels/0/configs`.
///
/// A number is ambiguous in a pointer, where it may be an index or a member's name; so wherever a path is followed,
/// `.index(0)` also finds an object's member `0`, and `.name("0")` an array's first element.
package struct JSONPath: Sendable {
    package enum Component: Sendable {
        /// An object's member.
        case name(String)
        /// An array's element, from 0.
        case index(Int)
        /// Every member or element.
        case any
    }

    package var components: [Component]

    package init(_ components: [Component] = []) { self.components = components }

    /// The whole value.
    package static let root = JSONPath()

    package var isEmpty: Bool { components.isEmpty }
    package var count: Int { components.count }
    package var first: Component? { components.first }
    package var last: Component? { components.last }

    /// Whether it names one place: holds no ``Component/any``.
    package var isConcrete: Bool { !components.contains(.any) }

    package func appending(_ component: Component) -> JSONPath { JSONPath(components + [component]) }
    package func appending(_ name: String) -> JSONPath { appending(.name(name)) }
    package func appending(_ index: Int) -> JSONPath { appending(.index(index)) }
    package func appending(_ other: JSONPath) -> JSONPath { JSONPath(components + other.components) }

    /// Whether `prefix` is the beginning of this path or all of it.
    package func starts(with prefix: JSONPath) -> Bool { components.starts(with: prefix.components) }

    package func dropFirst(_ count: Int = 1) -> JSONPath { JSONPath(Array(components.dropFirst(count))) }
}

extension JSONPath: Hashable, ExpressibleByArrayLiteral {
    package init(arrayLiteral components: Component...) { self.init(components) }
}

extension JSONPath.Component: Hashable {
    /// Names are equal if all their bytes are, as in ``JSONObject``.
    package static func == (a: Self, b: Self) -> Bool {
        switch (a, b) {
        case (.name(let a), .name(let b)): NameKey(a) == NameKey(b)
        case (.index(let a), .index(let b)): a == b
        case (.any, .any): true
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .name(let name):
            hasher.combine(0)
            hasher.combine(NameKey(name))
        case .index(let index):
            hasher.combine(1)
            hasher.combine(index)
        case .any:
            hasher.combine(2)
        }
    }
}

extension JSONPath.Component: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// A name, always: `*` here is a member of that name.
    package init(stringLiteral value: String) { self = .name(value) }
    package init(integerLiteral value: Int) { self = .index(value) }
}

extension JSONPath.Component {
    /// The index that the component is or spells (RFC 6901 §4: no leading zeros), or nil.
    var arrayIndex: Int? {
        switch self {
        case .index(let index): index
        case .name(let name): Self.arrayIndex(name)
        case .any: nil
        }
    }

    /// The name that the component is or, as a number, spells; nil for ``any``.
    var memberName: String? {
        switch self {
        case .index(let index): String(index)
        case .name(let name): name
        case .any: nil
        }
    }

    /// `0` or digits without a leading zero, in `Int`'s range.
    static func arrayIndex(_ text: some StringProtocol) -> Int? {
        guard let first = text.utf8.first, text.utf8.allSatisfy(Byte.isDigit) else { return nil }
        guard first != Byte.zero || text.utf8.count == 1 else { return nil }
        return Int(text)
    }
}
