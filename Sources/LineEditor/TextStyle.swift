/// How a run of text looks on a terminal that knows colour (ECMA-48, select graphic rendition).
package struct TextStyle: Hashable, Sendable {
    /// The eight colours that every colour terminal has, in the shades its owner chose.
    package enum Colour: Int, Hashable, Sendable, CaseIterable {
        case black, red, green, yellow, blue, magenta, cyan, white
    }

    package var foreground: Colour?
    package var isBright: Bool
    package var isBold: Bool
    package var isDim: Bool
    package var isUnderlined: Bool
    package var isReversed: Bool

    package init(
        _ foreground: Colour? = nil, bright: Bool = false, bold: Bool = false, dim: Bool = false,
        underlined: Bool = false, reversed: Bool = false
    ) {
        self.foreground = foreground
        isBright = bright
        isBold = bold
        isDim = dim
        isUnderlined = underlined
        isReversed = reversed
    }

    package static let plain = TextStyle()

    /// The sequence that switches the style on; empty for ``plain``.
    package var opening: String {
        var codes: [String] = []
        if isBold { codes.append("1") }
        if isDim { codes.append("2") }
        if isUnderlined { codes.append("4") }
        if isReversed { codes.append("7") }
        if let foreground { codes.append(String((isBright ? 90 : 30) + foreground.rawValue)) }
        return codes.isEmpty ? "" : "\u{1B}[\(codes.joined(separator: ";"))m"
    }

    /// The sequence that switches every style off; empty for ``plain``.
    package var closing: String { self == .plain ? "" : "\u{1B}[0m" }

    /// `text` in this style. The text is written as it is: escape what comes from elsewhere first.
    package func applied(to text: String) -> String { opening + text + closing }
}
