import CEditline

/// One of the editor's own commands: what an editrc file calls it, and what it does.
struct KeyCommand {
    let name: String
    let help: String
    let function: EditlineFunction

    static let all = [
        KeyCommand(name: "complete-word", help: "Complete the word before the cursor, or list what fits") { el, _ in
            EditlineSession.of(el).complete().code
        },
        KeyCommand(
            name: "history-older", help: "A line up, or an older entry that starts like the text before the cursor"
        ) { el, _ in
            EditlineSession.of(el).older().code
        },
        KeyCommand(
            name: "history-newer", help: "A line down, or a newer entry that starts like the text before the cursor"
        ) { el, _ in
            EditlineSession.of(el).newer().code
        },
        KeyCommand(name: "delete-or-end", help: "Delete the next character, or end the input of an empty line") {
            el, _ in
            EditlineSession.of(el).deleteOrEnd().code
        },
        KeyCommand(name: "suspend", help: "Stop the process until the shell brings it back") { el, _ in
            EditlineSession.of(el).suspend().code
        },
        KeyCommand(name: "interrupt", help: "Drop the line") { el, _ in
            EditlineSession.of(el).interrupt().code
        },
        KeyCommand(name: "explain", help: "Explain the command before the cursor, or insert the character") { el, _ in
            EditlineSession.of(el).explain().code
        },
        KeyCommand(name: "last-argument", help: "Insert the last word of the entry before, then of older ones") {
            el, _ in
            EditlineSession.of(el).lastArgument().code
        },
        KeyCommand(name: "edit-elsewhere", help: "Edit the text in the user's own editor") { el, _ in
            EditlineSession.of(el).editElsewhere().code
        },
        KeyCommand(name: "row-start", help: "Move to the start of the row, then of the text") { el, _ in
            EditlineSession.of(el).rowStart().code
        },
        KeyCommand(name: "row-end", help: "Move to the end of the row, then of the text") { el, _ in
            EditlineSession.of(el).rowEnd().code
        },
        KeyCommand(name: "delete-row-end", help: "Delete up to the end of the row, or the line break there") { el, _ in
            EditlineSession.of(el).deleteRowEnd().code
        },
        KeyCommand(name: "delete-row-start", help: "Delete back to the start of the row, or the line break there") {
            el, _ in
            EditlineSession.of(el).deleteRowStart().code
        },
        KeyCommand(name: "next-part", help: "Move to the end of a part of an identifier") { el, _ in
            EditlineSession.of(el).nextPart().code
        },
        KeyCommand(name: "prev-part", help: "Move to the start of a part of an identifier") { el, _ in
            EditlineSession.of(el).previousPart().code
        },
        KeyCommand(name: "delete-prev-part", help: "Delete back to the start of a part of an identifier") { el, _ in
            EditlineSession.of(el).deletePreviousPart().code
        },
        KeyCommand(name: "paste", help: "Insert what the terminal pastes, literally") { el, _ in
            EditlineSession.of(el).paste().code
        },
    ]
}

/// Which key does what before an editrc file has its say, where libedit's defaults are not what people know.
struct KeyBinding {
    /// In editrc(5)'s notation.
    let key: String
    let command: String
    /// In the map of vi's command mode.
    var inCommandMode = false

    static func defaults(vi: Bool) -> [KeyBinding] { vi ? viDefaults : emacsDefaults }

    /// These keep their keys whatever an editrc file says: without them a paste would be obeyed, and there were no way out.
    static func fixed(vi: Bool) -> [KeyBinding] {
        let interrupt = KeyBinding(key: "^C", command: "interrupt")
        guard vi else {
            return [interrupt] + KeySequence.paste.sequences.map { KeyBinding(key: $0, command: "paste") }
        }
        return inBothModes([interrupt, KeyBinding(key: KeySequence.paste.notation, command: "paste")])
    }

    private static let common = [
        KeyBinding(key: "^I", command: "complete-word"), KeyBinding(key: "^D", command: "delete-or-end"),
        KeyBinding(key: "^P", command: "history-older"), KeyBinding(key: "^N", command: "history-newer"),
        KeyBinding(key: "^R", command: "em-inc-search-prev"), KeyBinding(key: "^Z", command: "suspend"),
        KeyBinding(key: "?", command: "explain"), KeyBinding(key: "^X^E", command: "edit-elsewhere"),
    ]

    private static let emacsDefaults =
        common + [
            KeyBinding(key: "^A", command: "row-start"), KeyBinding(key: "^E", command: "row-end"),
            KeyBinding(key: "^S", command: "em-inc-search-next"),
            KeyBinding(key: "^U", command: "delete-row-start"), KeyBinding(key: "^K", command: "delete-row-end"),
            KeyBinding(key: "^W", command: "ed-delete-prev-word"),
            KeyBinding(key: "\\e.", command: "last-argument"), KeyBinding(key: "\\e_", command: "last-argument"),
            KeyBinding(key: "\\e^?", command: "delete-prev-part"),
            KeyBinding(key: "\\e^H", command: "delete-prev-part"),
        ]
        + KeySequence.allCases.flatMap { key in key.sequences.map { KeyBinding(key: $0, command: key.command) } }

    private static let viDefaults =
        common + inBothModes(KeySequence.allCases.map { KeyBinding(key: $0.notation, command: $0.command) })
        + [
            KeyBinding(key: "^Z", command: "suspend", inCommandMode: true),
            KeyBinding(key: "k", command: "history-older", inCommandMode: true),
            KeyBinding(key: "j", command: "history-newer", inCommandMode: true),
            KeyBinding(key: "v", command: "edit-elsewhere", inCommandMode: true),
        ]

    private static func inBothModes(_ bindings: [KeyBinding]) -> [KeyBinding] {
        bindings + bindings.map { KeyBinding(key: $0.key, command: $0.command, inCommandMode: true) }
    }
}
