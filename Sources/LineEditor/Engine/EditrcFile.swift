import Glibc

/// The user's key bindings: an editrc(5) file.
enum EditrcFile {
    /// Far beyond any list of bindings.
    private static let maximumBytes = 1 << 20

    /// The file's lines without empty ones and comments; none if there is no readable file.
    static func lines(at path: String) -> [String] {
        let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard number >= 0 else { return [] }
        let file = Descriptor(number: number)
        var bytes = [UInt8](repeating: 0, count: maximumBytes)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { read(file.number, $0.baseAddress! + count, $0.count - count) }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { break }
            count += got
        }
        return lines(of: String(decoding: bytes[..<count], as: UTF8.self))
    }

    static func lines(of text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let line = line.drop { $0 == " " || $0 == "\t" }
            return line.isEmpty || line.hasPrefix("#") ? nil : String(line)
        }
    }

    /// Whether a line puts libedit's default bindings back (`bind -e`, `bind -v`), and takes ours away with them.
    static func resetsBindings(_ line: String) -> Bool {
        let words = line.split { $0 == " " || $0 == "\t" }
        guard let command = words.first?.split(separator: ":").last, command == "bind" else { return false }
        let flags = words.dropFirst().prefix { $0.hasPrefix("-") }
        return flags.contains { $0.hasPrefix("-e") || $0.hasPrefix("-v") }
    }
}
