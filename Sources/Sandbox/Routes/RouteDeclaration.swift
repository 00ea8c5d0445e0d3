import HTTPTypes

/// A route as it is declared once: found by it, and described by it in the OpenAPI document.
struct RouteDeclaration: Sendable {
    /// Who may ask.
    enum Access: Hashable, Sendable {
        /// Whoever has a key; the operation is on that key's organization.
        case key
        case anybody
        /// Whoever reaches a server that this machine alone can reach; elsewhere whoever has a key.
        case local
    }

    /// A parameter of the query.
    struct Parameter: Hashable, Sendable {
        enum Shape: Hashable, Sendable {
            case text
            /// A text that this regular expression (ECMA 262) finds.
            case form(String)
            case integer(ClosedRange<Int>)
            case boolean
            case oneOf([String])
        }

        let name: String
        let shape: Shape
        let description: String
    }

    struct Answer: Hashable, Sendable {
        let status: Int
        let description: String
        /// A name in `OpenAPISchemas`; nil for no body.
        var schema: String?
        var contentType = "application/json"
    }

    let id: String
    let method: HTTPRequest.Method
    /// With `{identifier}` in a webhook's place.
    let path: String
    let summary: String
    var access = Access.key
    var dialects = Set(SandboxDialect.allCases)
    var parameters: [Parameter] = []
    /// A name in `OpenAPISchemas`; nil for no body.
    var body: String?
    var isBodyRequired = true
    let answers: [Answer]
    let operation: @Sendable (_ identifier: String) -> APIOperation

    /// The declarations that a path fits, with the identifier in it: first those of the path itself.
    static func matching(
        _ path: String, _ dialect: SandboxDialect
    ) -> [(declaration: RouteDeclaration, identifier: String)] {
        var found = declarations(in: named, at: path).map { ($0, "") }
        if let (collection, identifier) = identified(path) {
            found += declarations(in: collections, at: collection).map { ($0, identifier) }
        }
        return found.filter { $0.0.dialects.contains(dialect) }
    }

    private static let identifier = "{identifier}"
    private static let named = Dictionary(grouping: all.filter { !$0.path.hasSuffix(identifier) }, by: \.path)
    /// Those with an identifier at the end, by what stands before it.
    private static let collections = Dictionary(grouping: all.filter { $0.path.hasSuffix(identifier) }) {
        String($0.path.dropLast(identifier.count))
    }

    /// By bytes: a dictionary takes texts of the same characters for the same.
    private static func declarations(
        in table: [String: [RouteDeclaration]], at path: String
    ) -> [RouteDeclaration] {
        guard let place = table.index(forKey: path), table[place].key.utf8.elementsEqual(path.utf8) else { return [] }
        return table[place].value
    }

    /// A path as one of a collection's: what is up to the last slash, and what is behind it.
    private static func identified(_ path: String) -> (collection: String, identifier: String)? {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        let behind = path.utf8.index(after: slash)
        guard behind < path.utf8.endIndex, let identifier = percentDecoded(path[behind...]) else { return nil }
        // Whole characters may reach over a slash.
        return (String(decoding: path.utf8[..<behind], as: UTF8.self), identifier)
    }
}
