/// Text that somebody else wrote, without what acts on a terminal.
package enum PlainText {
    /// `text` without control characters (C0, DEL, C1), escape sequences whole, bidirectional controls and zero-width
    /// characters. Line feeds and tabs stay; CRLF becomes LF.
    package static func stripped(_ text: String) -> String {
        if text.utf8.allSatisfy({ ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x0A }) { return text }
        var kept = String.UnicodeScalarView()
        var scalars = text.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            if scalar == "\u{1B}" {
                dropSequence(&scalars)
            } else if scalar == "\u{9B}" {
                dropControlSequence(&scalars)
            } else if !isUnsafe(scalar) {
                kept.append(scalar)
            }
        }
        return String(kept)
    }

    /// The same on one line: line feeds and tabs become blanks.
    package static func strippedLine(_ text: String) -> String {
        let plain = stripped(text)
        guard plain.utf8.contains(where: { $0 == 0x0A || $0 == 0x09 }) else { return plain }
        return String(String.UnicodeScalarView(plain.unicodeScalars.map { $0 == "\n" || $0 == "\t" ? " " : $0 }))
    }

    /// What follows ESC: a control sequence, a string up to its end, or one more character.
    private static func dropSequence(_ scalars: inout Substring.UnicodeScalarView) {
        guard let next = scalars.first, next.value >= 0x20, next.value < 0x7F else { return }
        scalars.removeFirst()
        switch next {
        case "[": dropControlSequence(&scalars)
        case "]", "P", "X", "^", "_": dropString(&scalars)
        default: break
        }
    }

    /// Parameters and the final byte (ECMA-48 5.4).
    private static func dropControlSequence(_ scalars: inout Substring.UnicodeScalarView) {
        while let next = scalars.first, (0x20...0x3F).contains(next.value) { scalars.removeFirst() }
        if let next = scalars.first, (0x40...0x7E).contains(next.value) { scalars.removeFirst() }
    }

    /// A string ends at BEL or ST; one without an end stops at the line's.
    private static func dropString(_ scalars: inout Substring.UnicodeScalarView) {
        while let next = scalars.first, next != "\n" {
            scalars.removeFirst()
            if next == "\u{07}" || next == "\u{9C}" { return }
            if next == "\u{1B}" {
                if scalars.first == "\\" { scalars.removeFirst() }
                return
            }
        }
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0...0x1F, 0x7F...0x9F: true
        case 0x00AD, 0x061C, 0x180E: true
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
        case 0xE0000...0xE007F: true
        default: false
        }
    }
}
