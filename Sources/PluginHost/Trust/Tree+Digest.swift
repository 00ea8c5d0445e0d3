import Digest

extension Tree {
    /// The pin: SHA-256 in hexadecimal over the sorted entries. Each field is preceded by its length, so that no name can
    /// pass for another field.
    package var digest: String {
        var hash = SHA256()
        Self.add("hookline-plugin-tree-1", to: &hash)
        for entry in entries {
            Self.add(entry.kind.rawValue, to: &hash)
            Self.add(entry.path, to: &hash)
            Self.add(String(entry.mode, radix: 8), to: &hash)
            Self.add(entry.digest, to: &hash)
        }
        return Hexadecimal.text(hash.digest())
    }

    private static func add(_ field: String, to hash: inout SHA256) {
        let bytes = Array(field.utf8)
        hash.update(Array("\(bytes.count):".utf8))
        hash.update(bytes)
    }
}
