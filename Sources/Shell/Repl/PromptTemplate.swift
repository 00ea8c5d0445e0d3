import WebhookModel

/// What a prompt is made of: the value of `option prompt`.
///
/// Text stands as it is. `{field}` is a field's value, and what stands beside the name within the braces belongs to it:
/// `{ +staged}` is ` +2`, or nothing at all while nothing is staged. `{{` and `}}` are braces. What follows `{right}` is
/// shown at the right edge, where there is room.
package struct PromptTemplate: Hashable, Sendable {
    package enum Field: String, CaseIterable, Sendable {
        /// The profile's name.
        case profile
        /// The host that requests go to; nothing for the sandbox.
        case host
        /// The current webhook, or how many are selected.
        case chosen
        /// The name of the current webhook.
        case name
        /// How many webhooks have staged edits.
        case staged
        /// The mark of a recording.
        case recording
        /// The exit status of the last line, when it was not 0.
        case status
    }

    enum Piece: Hashable, Sendable {
        case text(String)
        case field(Field, before: String, after: String)
    }

    /// What is wrong with a template, by offset in characters.
    package enum Failure: Error, Hashable, Sendable {
        case unknownField(String, nearest: String?)
        /// A `{` without its `}`, or the other way round.
        case unbalanced(offset: Int)
        /// `{right}` stands twice.
        case twoRights
        case tooLong(limit: Int)
    }

    /// As it was written.
    package let text: String
    let left: [Piece]
    let right: [Piece]

    private static let limit = 500
    private static let rightName = "right"

    /// `sandbox wh_abc123def4 +2> `, with the webhook's name at the right edge.
    package static let standardText = "{profile}{@host}{ chosen}{ +staged}{ recording}{ [status]}> {right}{name}"
    package static let standard: PromptTemplate = {
        guard let template = try? PromptTemplate(standardText) else { preconditionFailure(standardText) }
        return template
    }()

    package init(_ text: String) throws(Failure) {
        guard text.count <= Self.limit else { throw .tooLong(limit: Self.limit) }
        self.text = text
        var sides: [[Piece]] = [[]]
        var plain = ""
        let characters = Array(text)
        var index = 0
        func endText() {
            if !plain.isEmpty { sides[sides.count - 1].append(.text(plain)) }
            plain = ""
        }
        while index < characters.count {
            let character = characters[index]
            guard character == "{" || character == "}" else {
                plain.append(character)
                index += 1
                continue
            }
            if index + 1 < characters.count, characters[index + 1] == character {
                plain.append(character)
                index += 2
                continue
            }
            guard character == "{", let end = characters[index...].firstIndex(of: "}"),
                !characters[(index + 1)..<end].contains("{")
            else { throw .unbalanced(offset: index) }
            endText()
            let inside = String(characters[(index + 1)..<end])
            if inside == Self.rightName {
                guard sides.count == 1 else { throw .twoRights }
                sides.append([])
            } else {
                sides[sides.count - 1].append(try Self.piece(inside))
            }
            index = end + 1
        }
        endText()
        left = sides[0]
        right = sides.count > 1 ? sides[1] : []
    }

    /// The name is the one run of letters that is a field's; the rest is its decoration.
    private static func piece(_ inside: String) throws(Failure) -> Piece {
        let runs = inside.split { !($0.isASCII && $0.isLetter) }
        for run in runs {
            guard let field = Field(rawValue: String(run)) else { continue }
            return .field(
                field, before: String(inside[..<run.startIndex]), after: String(inside[run.endIndex...]))
        }
        let names = Field.allCases.map(\.rawValue) + [rightName]
        let name = runs.first.map(String.init) ?? inside
        throw .unknownField(name, nearest: Nearest.name(name, among: names))
    }
}
