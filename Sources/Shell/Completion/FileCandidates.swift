/// Files of the folder that the text before the cursor leads into. The one thing that completion reads from disk.
enum FileCandidates {
    /// How many names are looked at closer.
    private static let limit = 1000

    static func items(prefix: String, shell: Shell) -> [CompletionItem] {
        let slash = prefix.lastIndex(of: "/")
        let typed = slash.map { String(prefix[...$0]) } ?? ""
        let begun = slash.map { prefix[prefix.index(after: $0)...] } ?? prefix[...]
        let folder = typed.isEmpty ? shell.folder + "/" : shell.environment.absolute(typed, in: shell.folder)
        let names = shell.environment.files.names(in: String(folder.dropLast()))
            .filter { !$0.hasPrefix(".") || begun.hasPrefix(".") }
        let lowered = begun.lowercased()
        let fitting = names.filter { $0.lowercased().hasPrefix(lowered) }
        return (fitting.isEmpty ? names : fitting).sorted().prefix(limit).map { name in
            // A link to a folder is one, too.
            let path = shell.environment.files.resolved(folder + name)
            let isFolder = shell.environment.files.status(path)?.kind == .folder
            return CompletionItem(typed + name + (isFolder ? "/" : ""), suffix: isFolder ? "" : " ")
        }
    }
}
