import Digest
import LosslessJSON

/// What is derived from an API key without telling it.
package struct KeyCodes: Sendable {
    private let key: Secret

    package init(_ key: Secret) { self.key = key }

    /// Tells keys apart: eight bytes of a code, in hexadecimal, by which nobody finds the key.
    package var fingerprint: String { Hexadecimal.text(code(Array("hookline organization".utf8)).prefix(8)) }

    /// By which a plan is known to be untouched and for this organization.
    func seal(_ bytes: [UInt8]) -> String { Hexadecimal.text(code(bytes)) }

    private func code(_ bytes: [UInt8]) -> [UInt8] { HMAC.code(for: bytes, key: Array(key.reveal().utf8)) }

    /// What tells documents apart, for a plan.
    static func digest(_ document: JSON) -> String { Hexadecimal.text(SHA256.digest(document.bytes())) }
}
