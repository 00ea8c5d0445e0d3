import Glibc

/// An address of version 4 (4 bytes) or 6 (16 bytes).
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    /// Nil for any other count of bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads the usual forms (`192.0.2.1`, `2001:db8::1`) and no other: nil for `127.1` and the like.
    package init?(_ text: String) {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: four) { Array($0) }
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        bytes = withUnsafeBytes(of: six) { Array($0) }
    }

    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether the address is one of the Internet at large, and not of this machine, its networks or a special purpose
    /// (the IANA registries of special-purpose addresses). An address of version 4 within one of version 6 counts as
    /// itself.
    package var isPublic: Bool {
        if bytes.count == 4 { return !Self.specialFour.contains { $0.contains(bytes) } }
        if let four = embedded { return four.isPublic }
        // Global unicast is 2000::/3; all else is for other purposes.
        return bytes[0] & 0xE0 == 0x20 && !Self.specialSix.contains { $0.contains(bytes) }
    }

    /// The address of version 4 that one of version 6 leads to: mapped (`::ffff:0:0/96`), compatible (`::/96`), by a
    /// translator (`64:ff9b::/96`) or by 6to4 (`2002::/16`).
    private var embedded: IPAddress? {
        let prefix = bytes.prefix(12)
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
        if prefix.elementsEqual(mapped) || prefix.elementsEqual(translated) || prefix.allSatisfy({ $0 == 0 }) {
            return IPAddress(bytes: Array(bytes.suffix(4)))
        }
        if bytes[0] == 0x20, bytes[1] == 0x02 { return IPAddress(bytes: Array(bytes[2..<6])) }
        return nil
    }

    private struct Network: Sendable {
        let prefix: [UInt8]
        let bits: Int

        init(_ text: String, _ bits: Int) {
            prefix = IPAddress(text)?.bytes ?? []
            self.bits = bits
        }

        func contains(_ bytes: [UInt8]) -> Bool {
            let whole = bits / 8
            guard bytes.prefix(whole).elementsEqual(prefix.prefix(whole)) else { return false }
            guard bits % 8 > 0 else { return true }
            let mask = ~(UInt8.max >> UInt8(bits % 8))
            return bytes[whole] & mask == prefix[whole] & mask
        }
    }

    private static let specialFour = [
        Network("0.0.0.0", 8), Network("10.0.0.0", 8), Network("100.64.0.0", 10), Network("127.0.0.0", 8),
        Network("169.254.0.0", 16), Network("172.16.0.0", 12), Network("192.0.0.0", 24), Network("192.0.2.0", 24),
        Network("192.88.99.0", 24), Network("192.168.0.0", 16), Network("198.18.0.0", 15),
        Network("198.51.100.0", 24), Network("203.0.113.0", 24), Network("224.0.0.0", 4), Network("240.0.0.0", 4),
    ]
    private static let specialSix = [
        Network("2001::", 23), Network("2001:db8::", 32), Network("3fff::", 20),
    ]
}
