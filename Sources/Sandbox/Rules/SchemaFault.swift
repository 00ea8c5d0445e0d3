/// A way in which a value does not fit its schema, with the name and the sentence that the API's validator (Pydantic)
/// has for it.
enum SchemaFault: Hashable {
    case missing
    case notAnObject
    case notAList
    case notAString
    case notABoolean
    case notANumber
    case notATime
    case emptyList
    case tooShort
    case tooLong(limit: Int)
    case wrongForm
    case notOneOf([String])
    /// Why not, in a few words.
    case notATemplate(String)

    var type: String {
        switch self {
        case .missing: "missing"
        case .notAnObject: "model_attributes_type"
        case .notAList: "list_type"
        case .notAString: "string_type"
        case .notABoolean: "bool_type"
        case .notANumber: "float_type"
        case .notATime: "datetime_parsing"
        case .emptyList: "too_short"
        case .tooShort: "string_too_short"
        case .tooLong: "string_too_long"
        case .wrongForm: "string_pattern_mismatch"
        case .notOneOf: "enum"
        case .notATemplate: "value_error"
        }
    }

    var message: String {
        switch self {
        case .missing: "Field required"
        case .notAnObject: "Input should be a valid dictionary or object to extract fields from"
        case .notAList: "Input should be a valid list"
        case .notAString: "Input should be a valid string"
        case .notABoolean: "Input should be a valid boolean"
        case .notANumber: "Input should be a valid number"
        case .notATime: "Input should be a valid datetime"
        case .emptyList: "List should have at least 1 item after validation, not 0"
        case .tooShort: "String should have at least 1 character"
        case .tooLong(let limit): "String should have at most \(limit) characters"
        case .wrongForm: "String should match the pattern of a webhook identifier"
        case .notATemplate(let reason): "Value error, invalid template: \(reason)"
        case .notOneOf(let words): "Input should be " + words.map { "'\($0)'" }.joined(separator: ", ")
        }
    }
}
