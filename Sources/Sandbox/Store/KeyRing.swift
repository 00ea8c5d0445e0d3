import Digest

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
        HMAC.code(for: key, key: salt)
    }

    /// The organization of a presented key. It takes as long for a near miss as for a far one, and for the first key as
    /// for the last.
    func organization(presenting key: Substring) -> OrganizationID? {
        let presented = Self.digest(key.utf8, salt: salt)
        var found: OrganizationID?
        for entry in entries where HMAC.areEqual(entry.digest, presented) {
            found = entry.organization
        }
        return found
    }
}
