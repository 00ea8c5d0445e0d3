/// A member's line taken apart: `  key: "value"  # comment`.
struct ConfigurationSlot {
    /// What stands behind the name.
    enum Kind: Hashable {
        case nothing, plain
        /// Quotes that close on the same line.
        case quoted
        /// Quotes that close on a later one.
        case openQuote
        /// `|` or `>`, with the indentation that its header gives.
        case block(indent: Int?)
        /// `{}`.
        case emptyFlow
        case flow
        /// An anchor, an alias or a tag.
        case property
        /// The line doesn't begin with the name and a colon.
        case strange
    }

    let kind: Kind
    /// Through the colon.
    let head: String
    let value: String
    /// The comment, with the blanks before it; empty if there is none.
    let comment: String

    /// - Parameter column: where the name begins, from 0.
    init(_ line: String, column: Int) {
        var scan = Scan(bytes: Array(line.utf8), index: column)
        guard scan.skipName() else {
            (kind, head, value, comment) = (.strange, line, "", "")
            return
        }
        let head = scan.index
        scan.skipBlanks()
        let start = scan.index
        kind = scan.kind()
        self.head = scan.text(0, head)
        value = scan.text(start, scan.index)
        let rest = scan.text(start == scan.index ? head : scan.index, scan.bytes.count)
        comment = rest.contains("#") ? rest : ""
    }

    /// The line with another value, or none, the comment kept.
    func line(with value: String?) -> String { head + (value.map { " " + $0 } ?? "") + comment }

    private struct Scan {
        let bytes: [UInt8]
        var index: Int

        func text(_ start: Int, _ end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }

        private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }
        private func isBlank(_ index: Int) -> Bool { byte(index).map { $0 == 0x20 || $0 == 0x09 } ?? true }

        mutating func skipBlanks() { while index < bytes.count, isBlank(index) { index += 1 } }

        /// Past the name and its colon; false if there is none.
        mutating func skipName() -> Bool {
            if byte(index) == 0x22 || byte(index) == 0x27 {
                guard skipQuotes() else { return false }
                skipBlanks()
            } else {
                while let byte = byte(index), !(byte == 0x3A && isBlank(index + 1)) { index += 1 }
            }
            guard byte(index) == 0x3A, isBlank(index + 1) else { return false }
            index += 1
            return true
        }

        /// Past a quoted text; false if it does not end here.
        private mutating func skipQuotes() -> Bool {
            let quote = byte(index)
            index += 1
            while let next = byte(index) {
                if next == 0x5C, quote == 0x22 {
                    index += 2
                } else if next == quote, quote == 0x27, byte(index + 1) == quote {
                    index += 2
                } else {
                    index += 1
                    if next == quote { return true }
                }
            }
            index = bytes.count
            return false
        }

        /// What begins here, and its end on this line.
        mutating func kind() -> Kind {
            switch byte(index) {
            case nil, 0x23: return .nothing
            case 0x22, 0x27: return skipQuotes() && endsHere ? .quoted : .openQuote
            case 0x7C, 0x3E:
                let header = index
                while !isBlank(index) { index += 1 }
                let digit = bytes[header..<index].first { (0x31...0x39).contains($0) }
                return .block(indent: digit.map { Int($0 - 0x30) })
            case 0x7B where isEmptyBraces(): return .emptyFlow
            case 0x5B, 0x7B: return .flow
            case 0x26, 0x2A, 0x21: return .property
            default:
                skipPlain()
                return .plain
            }
        }

        /// Whether only blanks and a comment follow.
        private var endsHere: Bool {
            var rest = self
            rest.skipBlanks()
            return rest.index == bytes.count || (bytes[rest.index] == 0x23 && rest.index > index)
        }

        private mutating func isEmptyBraces() -> Bool {
            var rest = self
            rest.index += 1
            rest.skipBlanks()
            guard rest.byte(rest.index) == 0x7D else { return false }
            rest.index += 1
            guard rest.endsHere else { return false }
            self = rest
            return true
        }

        private mutating func skipPlain() {
            var end = index
            while index < bytes.count {
                if bytes[index] == 0x23, isBlank(index - 1) { break }
                index += 1
                if !isBlank(index - 1) { end = index }
            }
            index = end
        }
    }
}
