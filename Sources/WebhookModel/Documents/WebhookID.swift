/// A webhook's identifier, as the server gave it: `wh_` followed by 1…64 ASCII letters and digits.
///
/// The API has shown ten alphanumerics and sixteen hexadecimal digits at different dates; every length in between and
/// beyond is taken, so that a new format needs no new client.
package struct WebhookID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// What every identifier starts with.
    package static let prefix = "wh_"

    package let rawValue: String

    /// Takes `wh_` plus 1…64 ASCII alphanumerics; anything else is no identifier.
    package init?(rawValue: String) {
        let bytes = rawValue.utf8
        guard rawValue.hasPrefix(Self.prefix), (4...67).contains(bytes.count) else { return nil }
        guard bytes.dropFirst(3).allSatisfy(isASCIIAlphanumeric) else { return nil }
        self.rawValue = rawValue
    }

    package var description: String { rawValue }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Whether a byte is one of `0-9`, `A-Z`, `a-z`.
func isASCIIAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
    default: false
    }
}
