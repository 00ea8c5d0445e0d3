import LosslessJSON

/// Something in a webhook's document that the API would refuse, or that is probably not meant.
package struct Finding: Hashable, Sendable {
    package let path: JSONPath
    package let code: Code
    /// The known name that was probably meant.
    package let suggestion: String?

    package init(path: JSONPath, code: Code, suggestion: String? = nil) {
        self.path = path
        self.code = code
        self.suggestion = suggestion
    }

    package var severity: Severity { code.severity }

    package enum Severity: Hashable, Sendable {
        /// The API refuses such a document.
        case error
        /// The API may take it.
        case warning
    }

    package enum Code: Hashable, Sendable {
        /// A required member is absent; these keys would stand in for it.
        case missing(alternatives: [String])
        case wrongType(expected: Expected, found: JSON.Kind)
        /// Shorter than the least number of characters or elements.
        case tooShort(minimum: Int)
        /// Longer than the greatest number of characters.
        case tooLong(maximum: Int, found: Int)
        case invalidURL(URLParts.Problem)
        case invalidEmail(String)
        /// Not in E.164 form.
        case invalidPhoneNumber(String)
        case notOneOf([String], found: String)
        case unknownEventType(String)
        case unknownChannelKind(String)
        case unknownConfigKey(String, kind: String)

        var severity: Severity {
            switch self {
            case .missing, .wrongType, .tooShort, .tooLong, .invalidURL, .invalidEmail, .invalidPhoneNumber: .error
            case .notOneOf, .unknownEventType, .unknownChannelKind, .unknownConfigKey: .warning
            }
        }
    }

    /// What a member's value should have been.
    package enum Expected: String, Hashable, Sendable {
        case text, boolean, number, object
        case list
        case texts = "list of text"
        case textOrNull = "text or null"
        case textsOrNull = "list of text or null"
    }
}
