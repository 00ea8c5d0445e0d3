/// Files of the folder that the text before the cursor leads into.
enum FileCandidates {
    static func items(prefix: String, shell: Shell) -> [CandidateSource.Item] {
        let slash = prefix.lastIndex(of: "/")
        let typed = slash.map { String(prefix[...$0]) } ?? ""
        let folder = shell.environment.absolute(typed.isEmpty ? "." : typed, in: shell.folder)
        let names = shell.environment.files.names(in: folder).sorted()
        return names.filter { !$0.hasPrefix(".") || prefix.hasSuffix(".") }.map { name in
            let isFolder = shell.environment.files.status(folder + "/" + name)?.kind == .folder
            return CandidateSource.Item(text: typed + name + (isFolder ? "/" : ""), suffix: isFolder ? "" : " ")
        }
    }
}
