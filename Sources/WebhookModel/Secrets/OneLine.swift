/// A text on one line: how a stranger's text is printed, and so how a secret of several lines looks in it.
package enum OneLine {
    /// The text with runs of white space and control characters as one space, and none at its ends.
    package static func collapsed(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var pendingSpace = false
        for scalar in text.unicodeScalars {
            if isBlank(scalar) {
                pendingSpace = !result.isEmpty
                continue
            }
            if pendingSpace { result.append(" ") }
            pendingSpace = false
            result.append(scalar)
        }
        return String(result)
    }

    /// White space, controls, and formatting that reorders or hides text on a terminal.
    package static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: true
        default: scalar.properties.isWhitespace
        }
    }
}
