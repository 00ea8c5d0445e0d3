import CEditline

/// What the editor's own commands are called in an editrc file, what they do, and the keys they have at first.
struct KeyCommand {
    let name: String
    let help: String
    let function: EditlineFunction
    let keys: [String]
    /// Also bound in vi's command mode.
    var inCommandMode = false

    static let all: [KeyCommand] = [
        KeyCommand(
            name: "complete-word", help: "Complete the word before the cursor, or list what fits",
            function: { el, _ in EditlineSession.of(el).complete().code }, keys: ["^I"]),
        KeyCommand(
            name: "history-older", help: "An older entry that starts like the text before the cursor, or a line up",
            function: { el, _ in EditlineSession.of(el).older().code }, keys: ["\\e[A", "\\eOA", "^P"]),
        KeyCommand(
            name: "history-newer", help: "A newer entry that starts like the text before the cursor, or a line down",
            function: { el, _ in EditlineSession.of(el).newer().code }, keys: ["\\e[B", "\\eOB", "^N"]),
        KeyCommand(
            name: "delete-or-end", help: "Delete the character under the cursor; on an empty line, end the input",
            function: { el, _ in EditlineSession.of(el).deleteOrEnd().code }, keys: ["^D"]),
        KeyCommand(
            name: "suspend", help: "Stop the process until the shell brings it back",
            function: { el, _ in EditlineSession.of(el).suspend().code }, keys: ["^Z"], inCommandMode: true),
        interrupt, paste,
    ]

    /// These keep their keys whatever an editrc file says: without them a paste would be obeyed, and there were no way out.
    static let fixed = [interrupt, paste]

    private static let interrupt = KeyCommand(
        name: "interrupt", help: "Drop the line", function: { el, _ in EditlineSession.of(el).interrupt().code },
        keys: ["^C"], inCommandMode: true)
    private static let paste = KeyCommand(
        name: "paste", help: "Insert what the terminal pastes, literally",
        function: { el, _ in EditlineSession.of(el).paste().code }, keys: ["\\e[200~"], inCommandMode: true)
}

/// Keys for libedit's own commands where its defaults are not what people know from other line editors.
enum KeyDefaults {
    static let emacs: [(key: String, command: String)] =
        [
            ("^R", "em-inc-search-prev"),
            ("^S", "em-inc-search-next"),
            ("^U", "vi-kill-line-prev"),
            ("^W", "ed-delete-prev-word"),
            ("^_", "vi-undo"),
            ("\\e[1;5C", "em-next-word"), ("\\e[1;3C", "em-next-word"), ("\\e[5C", "em-next-word"),
            ("\\e[1;5D", "ed-prev-word"), ("\\e[1;3D", "ed-prev-word"), ("\\e[5D", "ed-prev-word"),
        ] + both
    static let vi: [(key: String, command: String)] = [("^R", "em-inc-search-prev")] + both

    private static let both = [
        ("\\e[H", "ed-move-to-beg"), ("\\eOH", "ed-move-to-beg"), ("\\e[1~", "ed-move-to-beg"),
        ("\\e[7~", "ed-move-to-beg"),
        ("\\e[F", "ed-move-to-end"), ("\\eOF", "ed-move-to-end"), ("\\e[4~", "ed-move-to-end"),
        ("\\e[8~", "ed-move-to-end"),
        ("\\e[3~", "ed-delete-next-char"),
    ]
}
