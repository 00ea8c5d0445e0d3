/// Alt-. at the prompt: the last word of the newest entry, of the one before it when pressed again, and so on.
struct LastWords: Sendable {
    private let entries: [String]
    private var place: Int
    /// The word given last.
    private(set) var word: String?

    init(entries: [String]) {
        self.entries = entries
        place = entries.count
    }

    /// The last word of the next older entry that has another one than was given before; nil behind the oldest.
    mutating func next() -> String? {
        while place > 0 {
            place -= 1
            guard let found = Self.last(of: entries[place]), found != word else { continue }
            word = found
            return found
        }
        return nil
    }

    /// The last word of a text. Blanks divide words, except within quotes and behind a backslash.
    static func last(of text: String) -> String? {
        var word: [UInt8] = []
        var last: [UInt8] = []
        var quote: UInt8?
        var isEscaped = false
        for byte in text.utf8 {
            let isBlank = byte == 0x20 || byte == 0x09 || byte == 0x0A
            if quote == nil, !isEscaped, isBlank {
                if !word.isEmpty { last = word }
                word = []
                continue
            }
            word.append(byte)
            if isEscaped {
                isEscaped = false
            } else if byte == quote {
                quote = nil
            } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
                isEscaped = true
            } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            }
        }
        if !word.isEmpty { last = word }
        return last.isEmpty ? nil : String(decoding: last, as: UTF8.self)
    }
}
