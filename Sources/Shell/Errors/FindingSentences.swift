import LosslessJSON
import WebhookModel

/// What people read about a document that the API would refuse, or that is probably not meant.
enum FindingSentences {
    static func text(_ finding: Finding) -> String {
        let place = Printable.escaped(finding.path.description)
        let hint = finding.suggestion.map { "; did you mean \(Printable.escaped($0))?" } ?? ""
        return "\(place): \(words(finding.code))\(hint)"
    }

    /// The same without a place that is another in every webhook: in which line of a list an event type stands.
    static func summary(_ finding: Finding) -> String {
        guard case .unknownEventType = finding.code else { return text(finding) }
        let hint = finding.suggestion.map { "; did you mean \(Printable.escaped($0))?" } ?? ""
        return words(finding.code) + hint
    }

    private static func words(_ code: Finding.Code) -> String {
        switch code {
        case .missing(let alternatives):
            "it is missing" + (alternatives.isEmpty ? "" : " (\(alternatives.joined(separator: " or ")) would do)")
        case .wrongType(let expected, let found): "it must be \(expected.rawValue), and is \(found.rawValue)"
        case .tooShort(let minimum): "it is empty, and needs at least \(minimum)"
        case .tooLong(let maximum, let found): "it may be \(maximum) characters long, and has \(found)"
        case .invalidURL: "it is no URL such as https://host/path"
        case .invalidEmail(let text): "\(quoted(text)) is no e-mail address"
        case .invalidPhoneNumber(let text): "\(quoted(text)) is no phone number such as +15551234567"
        case .notOneOf(let choices, let found): "\(quoted(found)) is none of \(choices.joined(separator: ", "))"
        case .unknownEventType(let name): "\(quoted(name)) is in no catalogue of event types"
        case .unknownChannelKind(let name): "\(quoted(name)) is no known kind of channel"
        case .unknownConfigKey(let key, let kind): "\(quoted(key)) is no known key of \(quoted(kind))"
        }
    }

    private static func quoted(_ text: String) -> String { "“\(Printable.escaped(text))”" }
}
