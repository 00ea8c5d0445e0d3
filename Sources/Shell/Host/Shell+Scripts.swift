import HookScript

/// The scripts that run inside each other.
struct OpenSources: Sendable {
    struct Source: Sendable {
        /// The script's file as it was named, which relative names in it start at; nil for standard input.
        var path: String?
        /// The same file however it is named.
        var canonicalPath: String?
        var interpreter: Interpreter?
        /// Whether its pipes may run programs.
        var allowsExec: Bool
    }

    /// Outermost first. What is typed, and the text of `-c`, is none of them.
    var open: [Source] = []

    /// The folder that relative paths of the innermost script start at.
    var folder: String? {
        open.last?.path.map { path in path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }
    }
}

extension Shell {
    /// Where relative paths start: the running script's folder, else the working folder.
    var folder: String { withSources { $0.folder } ?? environment.workingFolder }

    /// The limits of the language, as `option` has set them.
    var limits: Limits {
        var limits = Limits.standard
        limits.steps = preferences.steps
        return limits
    }

    /// Every interpreter that runs something now.
    var runningInterpreters: [Interpreter] { withSources { $0.open.compactMap(\.interpreter) } + [interpreter] }

    /// Whether a pipe may run other programs here: what a person typed always may.
    var allowsExec: Bool { options.allowsExec || withSources { $0.open.last?.allowsExec ?? true } }

    /// The innermost script's file, under the one name that it has for every session; nil for what is typed.
    var scriptPath: String? { withSources { $0.open.last?.canonicalPath } }

    /// A file of scripts under the one name that it has however it is spelled and wherever one stands.
    func canonicalPath(_ path: String) -> String {
        environment.files.resolved(environment.absolute(path, in: folder))
    }

    /// A script's file as it is shown: below the working folder, else below the home, else whole.
    func shownScript(_ path: String) -> String {
        let working = environment.files.resolved(environment.workingFolder)
        if let rest = Self.rest(of: path, below: working) { return rest }
        let home = environment.paths?.home.map { environment.files.resolved($0) }
        return home.flatMap { Self.rest(of: path, below: $0) }.map { "~/" + $0 } ?? path
    }

    private static func rest(of path: String, below folder: String) -> String? {
        let start = folder.hasSuffix("/") ? folder : folder + "/"
        return path.hasPrefix(start) ? String(path.dropFirst(start.count)) : nil
    }

    /// Runs `body` as the script at `path`, or as one that has none.
    ///
    /// - Parameter allowsExec: whether its pipes may run programs. A script that may not cannot allow it to another, and
    ///   what a script that may runs, may too.
    func inScript<Result>(
        _ path: String?, _ interpreter: Interpreter, allowsExec: Bool, _ body: () async throws -> Result
    ) async throws -> Result {
        let canonicalPath = path.map(environment.files.resolved)
        let isCycle = withSources { sources in
            if let canonicalPath, sources.open.contains(where: { $0.canonicalPath == canonicalPath }) { return true }
            sources.open.append(
                .init(
                    path: path, canonicalPath: canonicalPath, interpreter: interpreter,
                    allowsExec: sources.allows(allowsExec)))
            return false
        }
        if isCycle, let path { throw ShellError.includesItself(path: path) }
        defer { withSources { _ = $0.open.removeLast() } }
        return try await body()
    }

    /// Whether a script that runs came from standard input.
    var isReadingStandardInput: Bool { withSources { $0.open.contains { $0.path == nil } } }

    /// Runs `body` as a source that nobody typed here: standard input.
    func withoutPrograms<Result>(_ body: () async -> Result) async -> Result {
        withSources { $0.open.append(.init(path: nil, canonicalPath: nil, interpreter: nil, allowsExec: false)) }
        defer { withSources { _ = $0.open.removeLast() } }
        return await body()
    }
}

extension OpenSources {
    /// Whether a script that is begun now may run programs, if that is asked for.
    fileprivate func allows(_ isAsked: Bool) -> Bool { open.last?.allowsExec ?? isAsked }
}
