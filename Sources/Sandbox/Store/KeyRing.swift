import Crypto

/// The keys that a server accepts, each with its organization. It holds digests, never the keys.
struct KeyRing: Sendable {
    /// A key under the database's salt: what is kept of it.
    typealias Digest = [UInt8]

    struct Entry: Sendable {
        let digest: Digest
        let organization: OrganizationID
    }

    let salt: [UInt8]
    let entries: [Entry]

    /// HMAC-SHA256 of the key under the salt, so that equal keys of two databases don't look alike.
    static func digest(_ key: some Sequence<UInt8>, salt: [UInt8]) -> Digest {
        Array(HMAC<SHA256>.authenticationCode(for: Array(key), using: SymmetricKey(data: salt)))
    }

    /// The organization of a presented key. It takes as long for a near miss as for a far one, and for the first key as
    /// for the last.
    func organization(presenting key: Substring) -> OrganizationID? {
        let presented = Self.digest(key.utf8, salt: salt)
        var found: OrganizationID?
        for entry in entries where Self.areEqual(entry.digest, presented) {
            found = entry.organization
        }
        return found
    }

    private static func areEqual(_ left: Digest, _ right: Digest) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
