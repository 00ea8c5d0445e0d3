import Glibc

/// Programs that the tests start: built beside the tests.
package enum HelperProgram {
    /// The path of an executable of this package.
    package static func path(_ name: String) -> String {
        let candidates = folders.map { $0 + "/" + name }
        return candidates.first { access($0, X_OK) == 0 } ?? candidates[0]
    }

    /// Where the running tests are, and where they were started.
    private static var folders: [String] {
        var folders: [String] = []
        if let path = realpath("/proc/self/exe", nil) {
            folders.append(folder(of: String(cString: path)))
            free(path)
        }
        folders.append(folder(of: CommandLine.arguments[0]))
        return folders
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return String(path[..<slash])
    }
}
