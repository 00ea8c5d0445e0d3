/// The file's format: one entry a line, in UTF-8, with `\\`, `\n`, `\r` and `\0` for a backslash, the line breaks and NUL.
///
/// A line stays readable, and an entry of several lines is written by one system call.
enum HistoryEncoding {
    private static let backslash = UInt8(ascii: "\\")
    private static let escapes: [(byte: UInt8, letter: UInt8)] = [
        (backslash, backslash), (0x0A, UInt8(ascii: "n")), (0x0D, UInt8(ascii: "r")), (0x00, UInt8(ascii: "0")),
    ]

    /// The entry's line, its newline included.
    static func line(_ entry: String) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(entry.utf8.count + 8)
        for byte in entry.utf8 {
            if let escape = escapes.first(where: { $0.byte == byte }) {
                line.append(backslash)
                line.append(escape.letter)
            } else {
                line.append(byte)
            }
        }
        line.append(0x0A)
        return line
    }

    /// The entry of a line without its newline; nil for an empty line and one that is not UTF-8.
    static func entry(_ line: ArraySlice<UInt8>) -> String? {
        guard !line.isEmpty else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(line.count)
        var isEscaped = false
        for byte in line {
            if isEscaped {
                isEscaped = false
                if let escape = escapes.first(where: { $0.letter == byte }) {
                    bytes.append(escape.byte)
                } else {
                    bytes += [backslash, byte]
                }
            } else if byte == backslash {
                isEscaped = true
            } else {
                bytes.append(byte)
            }
        }
        if isEscaped { bytes.append(backslash) }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The entries of a whole file. A last line without newline was cut off by a crash, or is still being written: it is
    /// left out.
    static func entries(_ bytes: [UInt8]) -> [String] {
        var entries: [String] = []
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: 0x0A) {
            if let entry = entry(bytes[start..<end]) { entries.append(entry) }
            start = end + 1
        }
        return entries
    }
}
