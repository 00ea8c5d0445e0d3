import Glibc
import LineEditor
import Shell

/// This machine, as system calls tell of it.
struct LocalSystem: SystemInspection {
    func space(at path: String) -> DiskSpace? {
        var found = statvfs()
        guard statvfs(path, &found) == 0 else { return nil }
        let free = found.f_bavail.multipliedReportingOverflow(by: UInt(found.f_frsize))
        // File systems without a table of files say 0 of 0.
        return DiskSpace(
            freeBytes: free.overflow ? .max : Int(clamping: free.partialValue),
            freeFiles: found.f_files == 0 ? nil : Int(clamping: found.f_favail),
            isReadOnly: found.f_flag & UInt(ST_RDONLY) != 0)
    }

    func mayWrite(_ path: String) -> Bool { faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 }

    var openFileLimit: Int? { OpenFiles.limit }
    var hasUTF8Locale: Bool { EditorLibrary.hasUTF8Locale }
    var editorVersion: String { EditorLibrary.version }
}
