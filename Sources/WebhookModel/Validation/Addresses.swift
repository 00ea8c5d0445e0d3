/// Whether texts have the form of the addresses that channels deliver to.
package enum Addresses {
    /// An e-mail address as used in practice: one `@`, something on both sides, a host that could exist, no blanks or
    /// control characters, at most 254 bytes (RFC 5321). Whether anybody reads it can't be told from here.
    package static func isEmail(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (3...254).contains(bytes.count), bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return false }
        guard !bytes.contains(where: { "<>()[],;:\\\"".utf8.contains($0) }) else { return false }
        let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].count <= 64 else { return false }
        return isHost(parts[1])
    }

    /// A number in E.164 form: `+`, then 2…15 digits that don't start with 0.
    package static func isE164(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (3...16).contains(bytes.count), bytes[0] == UInt8(ascii: "+"), bytes[1] != UInt8(ascii: "0") else {
            return false
        }
        return bytes.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isHost(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy { isASCIIAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 >= 0x80 }
        }
    }
}
