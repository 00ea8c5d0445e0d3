import LosslessJSON

extension JSONSyntaxError {
    /// The fault in a few words with its line and column, naming nothing of the text.
    var inWords: String {
        let fault =
            switch reason {
            case .empty: "the body is empty"
            case .unexpectedEnd: "the body ends inside a value"
            case .unexpectedCharacter: "unexpected character"
            case .byteOrderMark: "byte order mark"
            case .trailingContent: "more than one value"
            case .invalidLiteral: "invalid literal"
            case .leadingZero: "number with a leading zero"
            case .controlCharacter: "control character inside a string"
            case .invalidEscape: "invalid escape"
            case .invalidUTF8: "invalid UTF-8"
            case .duplicateName: "the same name twice"
            case .tooDeep(let limit): "nested deeper than \(limit)"
            case .tooLarge(_, let limit): "longer than \(limit) bytes"
            }
        return "\(fault) at line \(line), column \(column)"
    }
}
