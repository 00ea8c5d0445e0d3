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

    private static let identifier = "{identifier}"

    /// The declarations that a path fits, with the identifier in it.
    static func matching(
        _ path: String, _ dialect: SandboxDialect
    ) -> [(declaration: RouteDeclaration, identifier: String)] {
        let segments = segments(of: path)
        return split.compactMap { pattern, declaration in
            guard pattern.count == segments.count, declaration.dialects.contains(dialect) else { return nil }
            var identifier = ""
            for (expected, segment) in zip(pattern, segments) where !expected.elementsEqual(segment) {
                guard expected.elementsEqual(Self.identifier.utf8), !segment.isEmpty,
                    let decoded = percentDecoded(Substring(segment))
                else { return nil }
                identifier = decoded
            }
            return (declaration, identifier)
        }
    }

    private static let split = all.map { (segments(of: $0.path), $0) }

    /// By bytes: whole characters may reach over a slash.
    private static func segments(of path: String) -> [Substring.UTF8View] {
        path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    }
}
