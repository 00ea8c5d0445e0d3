import Glibc

/// A secret that is put in one place, and looked for in everything that the program wrote.
///
/// What is looked for is letters and digits alone, so that it stands in a percent-encoded, JSON-escaped or quoted spelling
/// as it is; base64 and hexadecimal are looked for beside it. A mask shows a value's last four characters, which are none
/// of them.
struct Canary: Hashable, Sendable {
    /// Where it was put, in a word.
    let place: String
    private let core: String

    init(_ place: String) {
        self.place = place
        core = "canary" + place.filter(\.isLetter) + "9f3K2x"
    }

    /// The secret: `core` between characters that are written otherwise in JSON and in URLs.
    var value: String { "k\"/+\(core)&\\=Zz4w" }
    /// One that a header, a URL or a form takes: `core` and a tail.
    var plain: String { core + "-Zz4w" }

    /// Every spelling that gives it away.
    var spellings: [[UInt8]] {
        let bytes = Array(core.utf8)
        let hexadecimal = bytes.flatMap { byte in
            [byte >> 4, byte & 15].map { Array("0123456789abcdef".utf8)[Int($0)] }
        }
        let capitals = hexadecimal.map { (97...102).contains($0) ? $0 - 32 : $0 }
        return [bytes, hexadecimal, capitals] + (0..<3).map { Self.base64(bytes, after: $0) }
    }

    /// What base64 makes of bytes that stand behind `count` others, without the characters that those decide as well.
    private static func base64(_ bytes: [UInt8], after count: Int) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        let skipped = count == 0 ? 0 : 3 - count
        let whole = bytes.dropFirst(skipped)
        var result: [UInt8] = []
        var start = whole.startIndex
        while start + 3 <= whole.endIndex {
            let value = whole[start..<start + 3].reduce(0) { $0 << 8 | Int($1) }
            result += [18, 12, 6, 0].map { alphabet[value >> $0 & 63] }
            start += 3
        }
        return result
    }
}

/// Something that the program wrote.
struct WrittenText {
    /// A path below the home, or the command whose output it is.
    let place: String
    let bytes: [UInt8]
    /// The permission bits; nil for what is no file.
    var mode: UInt32?

    func holds(_ canary: Canary) -> Bool { firstRange(of: canary) != nil }

    /// Where one of its spellings stands first.
    func firstRange(of canary: Canary) -> Range<Int>? {
        canary.spellings.lazy.compactMap { Self.firstRange(of: $0, in: bytes) }.first
    }

    /// By memchr(3) and memcmp(3): dozens of spellings are looked for in megabytes, by a program that isn't optimised.
    private static func firstRange(of text: [UInt8], in bytes: [UInt8]) -> Range<Int>? {
        bytes.withUnsafeBytes { all in
            guard let start = all.baseAddress, let first = text.first else { return nil }
            var offset = 0
            while offset + text.count <= all.count,
                let found = memchr(start + offset, Int32(first), all.count - text.count + 1 - offset)
            {
                offset = UnsafeRawPointer(found) - start
                if memcmp(found, text, text.count) == 0 { return offset..<offset + text.count }
                offset += 1
            }
            return nil
        }
    }
}
