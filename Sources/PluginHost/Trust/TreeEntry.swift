/// One entry of a plugin's folder, as the pin sees it.
package struct TreeEntry: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case file = "f"
        case folder = "d"
        case link = "l"
    }

    /// From the plugin's folder, parts between `/`; the folder itself is `.`.
    package var path: String
    package var kind: Kind
    /// The permission bits.
    package var mode: UInt32
    /// SHA-256 in hexadecimal of a file's bytes or a link's text; empty for a folder.
    package var digest: String

    package init(path: String, kind: Kind, mode: UInt32, digest: String) {
        self.path = path
        self.kind = kind
        self.mode = mode
        self.digest = digest
    }
}

/// What a plugin's folder holds, sorted by the bytes of the paths.
package struct Tree: Hashable, Sendable {
    package let entries: [TreeEntry]

    package init(entries: [TreeEntry]) {
        self.entries = entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}

/// How a folder differs from what was pinned; paths, sorted.
package struct TreeChanges: Hashable, Sendable {
    package var added: [String] = []
    package var removed: [String] = []
    /// Other bytes, or another kind.
    package var changed: [String] = []
    /// The same bytes with other permissions.
    package var modeChanged: [String] = []

    package var isEmpty: Bool { self == TreeChanges() }

    package init(from old: Tree, to new: Tree) {
        // By their bytes: texts that differ in normalization alone are equal, and are names of two files.
        let before = Dictionary(uniqueKeysWithValues: old.entries.map { (Array($0.path.utf8), $0) })
        let paths = Set(new.entries.map { Array($0.path.utf8) })
        removed = old.entries.map(\.path).filter { !paths.contains(Array($0.utf8)) }
        for entry in new.entries {
            guard let known = before[Array(entry.path.utf8)] else {
                added.append(entry.path)
                continue
            }
            if known.kind != entry.kind || known.digest != entry.digest {
                changed.append(entry.path)
            } else if known.mode != entry.mode {
                modeChanged.append(entry.path)
            }
        }
    }

    private init() {}
}
