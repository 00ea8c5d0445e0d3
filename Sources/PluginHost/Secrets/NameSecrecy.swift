import Glibc
import LosslessJSON
import WebhookModel

/// What a member's name says of its value.
enum NameSecrecy: Hashable {
    case plain
    /// E-mail addresses or phone numbers.
    case recipients
    case secret

    init(_ name: String) {
        if SecretPaths.isSecretName(name) {
            self = .secret
        } else {
            self = Self.recipientKeys.contains(name) ? .recipients : .plain
        }
    }

    private static let recipientKeys: Set<String> = [
        "to_addresses", "recipients", "cc_addresses", "bcc_addresses", "phone_numbers",
    ]
}

/// The secrecy of names seen before, found by their bytes without making text of them.
struct NameSecrecyCache {
    private struct Slot {
        var name: [UInt8] = []
        var secrecy: NameSecrecy?
    }

    private static let size = 512
    private var slots = [Slot](repeating: Slot(), count: size)

    /// - Parameter name: as it is spelt between its quotes.
    mutating func secrecy(of name: UnsafeBufferPointer<UInt8>) -> NameSecrecy {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        let index = Int(truncatingIfNeeded: hash % UInt64(Self.size))
        if let known = slots[index].secrecy, Self.areEqual(slots[index].name, name) { return known }
        let secrecy = NameSecrecy(Self.text(name))
        slots[index] = Slot(name: Array(name), secrecy: secrecy)
        return secrecy
    }

    private static func areEqual(_ known: [UInt8], _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard known.count == name.count else { return false }
        guard let start = name.baseAddress, !known.isEmpty else { return true }
        return known.withUnsafeBytes { memcmp($0.baseAddress!, start, $0.count) == 0 }
    }

    private static func text(_ spelling: UnsafeBufferPointer<UInt8>) -> String {
        guard spelling.contains(UInt8(ascii: "\\")) else { return String(decoding: spelling, as: UTF8.self) }
        let quote = [UInt8(ascii: "\"")]
        return (try? JSON(parsing: quote + Array(spelling) + quote))?.string ?? ""
    }
}
