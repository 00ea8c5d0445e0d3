/// What a script may do only when somebody allowed it to run programs (`--allow-exec`): whatever would have one run later
/// counts, too.
extension Shell {
    /// - Throws: `ShellError.notInScripts` inside a script that may not run programs; `what` is what it wanted.
    func checkMayRunPrograms(_ what: String) throws {
        if !allowsExec { throw ShellError.notInScripts(what: what) }
    }

    /// Whether what runs is `rc.hook` itself, which is one's own.
    var isInStartupScript: Bool {
        guard let path = environment.paths?.startupScript else { return false }
        return scriptPath == environment.files.resolved(path)
    }

    /// The path of a file that a command is to write.
    ///
    /// - Throws: `ShellError.notInScripts` where a script that may not run programs would write to one of hookline's own
    ///   folders, to a hidden file, or below a hidden folder: what shells and programs obey stands there. What lies below
    ///   the working folder is judged by its names from there on.
    func outputPath(_ name: String, in folder: String) throws -> String {
        let path = environment.absolute(name, in: folder)
        if !allowsExec, isObeyed(path) {
            throw ShellError.notInScripts(what: "write to \(Printable.escaped(path))")
        }
        return path
    }

    private func isObeyed(_ path: String) -> Bool {
        let files = environment.files
        // A link to what is not there yet: nobody can tell what would be made of it.
        if files.status(path)?.kind == .symbolicLink, files.resolved(path) == path { return true }
        let target = Self.resolvedWhole(path, files)
        let own = environment.paths.map { [$0.config, $0.state, $0.cache, $0.data] } ?? []
        if own.contains(where: { target.hasPrefix(Self.resolvedWhole($0, files) + "/") }) { return true }
        let working = files.resolved(environment.workingFolder) + "/"
        let rest = target.hasPrefix(working) ? String(target.dropFirst(working.count)) : target
        return rest.split(separator: "/").contains { $0.hasPrefix(".") }
    }

    /// Where a path leads whose last parts may not be there yet.
    private static func resolvedWhole(_ path: String, _ files: any FileSystem) -> String {
        let resolved = files.resolved(path)
        if resolved != path || files.status(path) != nil { return resolved }
        var parts = path.split(separator: "/").map(String.init)
        guard let name = parts.popLast() else { return path }
        let parent = resolvedWhole("/" + parts.joined(separator: "/"), files)
        if name == ".." { return parent.lastIndex(of: "/").map { String(parent[..<$0]) } ?? parent }
        return name == "." ? parent : (parent == "/" ? "" : parent) + "/" + name
    }
}
