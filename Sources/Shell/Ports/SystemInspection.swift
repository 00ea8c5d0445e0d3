/// What the machine says of itself: the port to system calls that look and change nothing.
package protocol SystemInspection: Sendable {
    /// The room on the file system that holds `path`, which must be there; nil where it cannot be told.
    func space(at path: String) -> DiskSpace?
    /// Whether this user may write at `path`, which must be there: by its mode, and by how it is mounted.
    func mayWrite(_ path: String) -> Bool
    /// How many files this process may have open; nil for any number.
    var openFileLimit: Int? { get }
    /// Whether there is a locale whose text is UTF-8.
    var hasUTF8Locale: Bool { get }
    /// libedit's version.
    var editorVersion: String { get }
}

package struct DiskSpace: Hashable, Sendable {
    /// For users that are not root.
    package var freeBytes: Int
    /// Files that can still be made; nil where there is no such limit.
    package var freeFiles: Int?
    package var isReadOnly: Bool

    package init(freeBytes: Int, freeFiles: Int?, isReadOnly: Bool) {
        self.freeBytes = freeBytes
        self.freeFiles = freeFiles
        self.isReadOnly = isReadOnly
    }
}

/// For a shell that cannot look: nothing is known to be wrong.
package struct UnknownSystem: SystemInspection {
    package init() {}

    package func space(at path: String) -> DiskSpace? { nil }
    package func mayWrite(_ path: String) -> Bool { true }
    package var openFileLimit: Int? { nil }
    package var hasUTF8Locale: Bool { true }
    package var editorVersion: String { "" }
}
