/// What the screen does for each character, control and sequence.
extension TerminalScreen {
    mutating func perform(_ action: EscapeParser.Action) {
        switch action {
        case .character(let scalar): put(scalar)
        case .control(let byte): control(byte)
        case .escape(let final): escape(final)
        case .sequence(let prefix, let parameters, let text, let final):
            if let prefix {
                if prefix == UInt8(ascii: "?") { setModes(parameters, final: final) }
            } else {
                sequence(parameters, text: text, final: final)
            }
        }
    }

    mutating func put(_ scalar: Unicode.Scalar) {
        let width = Self.width(scalar)
        guard width > 0 else {
            combine(scalar)
            return
        }
        if wrapsNext || cursor.column + width > columns {
            cursor.column = 0
            lineFeed()
        }
        wrapsNext = false
        if inserts { insertBlanks(width) }
        cells[cursor.row][cursor.column] = Cell(text: String(scalar), style: style)
        if width == 2, cursor.column + 1 < columns {
            cells[cursor.row][cursor.column + 1] = Cell(text: "", style: style)
        }
        cursor.column += width
        if cursor.column >= columns {
            cursor.column = columns - 1
            wrapsNext = true
        }
    }

    /// A combining mark joins the character before the cursor.
    private mutating func combine(_ scalar: Unicode.Scalar) {
        var column = wrapsNext ? cursor.column : cursor.column - 1
        if column > 0, cells[cursor.row][column].text.isEmpty { column -= 1 }
        if column >= 0 { cells[cursor.row][column].text.unicodeScalars.append(scalar) }
    }

    private mutating func control(_ byte: UInt8) {
        switch byte {
        case 0x07: bells += 1
        case 0x08: move(columns: wrapsNext ? 0 : -1)
        case 0x09: move(columns: 8 - cursor.column % 8)
        case 0x0A, 0x0B, 0x0C:
            wrapsNext = false
            lineFeed()
        case 0x0D:
            wrapsNext = false
            cursor.column = 0
        default: break
        }
    }

    private mutating func escape(_ final: UInt8) {
        switch final {
        case UInt8(ascii: "7"): saved = cursor
        case UInt8(ascii: "8"): cursor = saved
        case UInt8(ascii: "D"): lineFeed()
        case UInt8(ascii: "M"): move(rows: -1)
        case UInt8(ascii: "c"): self = TerminalScreen(columns: columns, rows: height)
        default: break
        }
    }

    private mutating func setModes(_ numbers: [Int], final: UInt8) {
        if final == UInt8(ascii: "h") { modes.formUnion(numbers) }
        if final == UInt8(ascii: "l") { modes.subtract(numbers) }
    }

    private mutating func sequence(_ parameters: [Int], text: String, final: UInt8) {
        let first = parameters.first ?? 0
        let count = max(1, first)
        switch final {
        case UInt8(ascii: "A"): move(rows: -count)
        case UInt8(ascii: "B"): move(rows: count)
        case UInt8(ascii: "C"): move(columns: count)
        case UInt8(ascii: "D"): move(columns: -count)
        case UInt8(ascii: "G"), UInt8(ascii: "`"): move(columns: count - 1 - cursor.column)
        case UInt8(ascii: "d"): move(rows: count - 1 - cursor.row)
        case UInt8(ascii: "H"), UInt8(ascii: "f"):
            move(rows: count - 1 - cursor.row)
            move(columns: max(1, parameters.count > 1 ? parameters[1] : 1) - 1 - cursor.column)
        case UInt8(ascii: "J"): eraseDisplay(first)
        case UInt8(ascii: "K"): eraseLine(first)
        case UInt8(ascii: "@"): insertBlanks(count)
        case UInt8(ascii: "P"): deleteCells(count)
        case UInt8(ascii: "X"): blank(row: cursor.row, cursor.column..<min(columns, cursor.column + count))
        case UInt8(ascii: "m"): style = text.isEmpty || text == "0" ? "" : text
        case UInt8(ascii: "h") where first == 4: inserts = true
        case UInt8(ascii: "l") where first == 4: inserts = false
        default: break
        }
    }
}

// MARK: - Cells

extension TerminalScreen {
    private mutating func lineFeed() {
        if cursor.row + 1 < height {
            cursor.row += 1
        } else {
            scrolledOut.append(Self.text(cells.removeFirst()))
            cells.append(blankRow)
        }
    }

    private mutating func move(rows: Int = 0, columns count: Int = 0) {
        wrapsNext = false
        cursor.row = min(max(0, cursor.row + rows), height - 1)
        cursor.column = min(max(0, cursor.column + count), columns - 1)
    }

    private mutating func eraseDisplay(_ mode: Int) {
        if mode == 0 { eraseLine(0) }
        if mode == 1 { eraseLine(1) }
        for row in 0..<height where mode >= 2 || (mode == 0 ? row > cursor.row : row < cursor.row) {
            cells[row] = blankRow
        }
    }

    private mutating func eraseLine(_ mode: Int) {
        wrapsNext = false
        let range = mode == 0 ? cursor.column..<columns : mode == 1 ? 0..<cursor.column + 1 : 0..<columns
        blank(row: cursor.row, range)
    }

    private mutating func blank(row: Int, _ range: Range<Int>) {
        for column in range { cells[row][column] = Cell() }
    }

    private mutating func insertBlanks(_ count: Int) {
        let count = min(count, columns - cursor.column)
        cells[cursor.row].removeLast(count)
        cells[cursor.row].insert(contentsOf: Array(repeating: Cell(), count: count), at: cursor.column)
    }

    private mutating func deleteCells(_ count: Int) {
        wrapsNext = false
        let count = min(count, columns - cursor.column)
        cells[cursor.row].removeSubrange(cursor.column..<cursor.column + count)
        cells[cursor.row] += Array(repeating: Cell(), count: count)
    }

    /// Counted on its own, so that the screen is a witness and not an echo of the editor's own arithmetic.
    static func width(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF,
            0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
