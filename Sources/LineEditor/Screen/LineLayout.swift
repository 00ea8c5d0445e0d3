/// Where libedit puts a prompt and a line on the screen, counted from the prompt's first cell.
///
/// libedit does not tell where its cursor is, so what is printed above or below the line needs this. The rules are those
/// of libedit's refresh: a line that reaches the right edge goes on in the next row at once, a wide character is not
/// split, a control character is shown as `^X` and an unprintable one as `\U+` and five digits.
struct LineLayout: Hashable, Sendable {
    struct Place: Hashable, Sendable {
        var row: Int
        var column: Int
    }

    private(set) var cursor = Place(row: 0, column: 0)
    private(set) var end = Place(row: 0, column: 0)

    /// libedit takes a window narrower than this for one of 80 columns.
    private static let narrowest = 2

    init(prompt: String, line: some Sequence<Unicode.Scalar>, cursor position: Int, columns: Int) {
        let columns = columns < Self.narrowest ? 80 : columns
        for scalar in prompt.unicodeScalars { advance(scalar, columns) }
        var count = 0
        cursor = end
        for scalar in line {
            if count == position {
                cursor = end
                if DisplayWidth.of(scalar) > 1, end.column + 2 > columns { cursor = Place(row: end.row + 1, column: 0) }
            }
            advance(scalar, columns)
            count += 1
        }
        if position >= count { cursor = end }
    }

    private mutating func advance(_ scalar: Unicode.Scalar, _ columns: Int) {
        switch scalar.value {
        case 0x0A:
            end = Place(row: end.row + 1, column: 0)
            return
        case 0x09:
            repeat { put(1, columns) } while end.column % 8 != 0
        case 0..<0x20, 0x7F:
            put(1, columns)
            put(1, columns)
        case 0x80..<0xA0:
            for _ in 0..<8 { put(1, columns) }
        default:
            put(DisplayWidth.of(scalar), columns)
        }
    }

    private mutating func put(_ width: Int, _ columns: Int) {
        if end.column + width > columns { end = Place(row: end.row + 1, column: 0) }
        end.column += width
        if end.column >= columns { end = Place(row: end.row + 1, column: 0) }
    }
}
