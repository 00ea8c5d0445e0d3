/// Terminal, locale and line editor.
extension Doctor {
    struct TerminalState: Sendable {
        /// What `TERM` says; nil when unset or empty.
        var type: String?
        var inputIsTerminal: Bool
        var outputIsTerminal: Bool
        /// Whether the system describes the type; nil where it keeps no descriptions that we know of.
        var isDescribed: Bool?
        /// Columns and rows; nil where unknown.
        var size: (columns: Int, rows: Int)?
    }

    static func terminal(_ facts: TerminalState) -> Finding {
        guard facts.inputIsTerminal, facts.outputIsTerminal else {
            let stream = facts.inputIsTerminal ? "standard output" : "standard input"
            return Finding("terminal", .skipped, "\(stream) is no terminal: nothing is asked, data is tab-separated")
        }
        guard let type = facts.type, type != "dumb", type != "unknown" else {
            return Finding(
                "terminal", .warning, "TERM is \(facts.type ?? "not set"): a plain prompt without editing",
                hint: "set TERM to what the terminal is, xterm-256color for most")
        }
        let name = Printable.escaped(type)
        if facts.isDescribed == false {
            return Finding(
                "terminal", .warning, "the system does not describe \(name): the prompt may be plain",
                hint: "install its description (ncurses-term has most), or set TERM to xterm-256color")
        }
        guard let size = facts.size else {
            return Finding(
                "terminal", .warning, "\(name), and its window's size is unknown: tables are not cut to it",
                hint: "stty cols 80 rows 24 tells it")
        }
        guard size.columns >= 40 else {
            return Finding(
                "terminal", .warning, "\(name), \(size.columns)×\(size.rows): tables are cut to little",
                hint: "make the window wider, or use --format json")
        }
        return Finding("terminal", .ok, "\(name), \(size.columns)×\(size.rows)")
    }

    struct LocaleState: Sendable {
        /// The first of `LC_ALL`, `LC_CTYPE`, `LANG` that is set, with its value.
        var chosen: (variable: String, value: String)?
        /// Whether the system has a locale whose text is UTF-8.
        var hasUTF8: Bool
    }

    static func locale(_ facts: LocaleState) -> Finding {
        guard facts.hasUTF8 else {
            return Finding(
                "locale", .warning, "the system has no UTF-8 locale: the prompt is plain",
                hint: "install one (locales), C.UTF-8 is enough")
        }
        guard let chosen = facts.chosen else {
            return Finding(
                "locale", .warning, "none is set: hookline works in UTF-8, and pagers and editors may not",
                hint: "export LANG=C.UTF-8")
        }
        let text = "\(chosen.variable)=\(Printable.escaped(chosen.value))"
        let letters = chosen.value.lowercased().filter { $0.isLetter || $0.isNumber }
        guard letters.contains("utf8") else {
            return Finding(
                "locale", .warning, "\(text) is no UTF-8: hookline works in UTF-8, and pagers and editors may not",
                hint: "export \(chosen.variable)=C.UTF-8")
        }
        return Finding("locale", .ok, text)
    }

    struct EditorState: Sendable {
        /// libedit's version as it was built against.
        var version: String
        var editrc: Editrc

        enum Editrc: Sendable {
            case none
            case read(path: String)
            case unreadable(path: String)
            /// Holds `edit off`.
            case off(path: String)
        }
    }

    static func editor(_ facts: EditorState) -> Finding {
        let name = "libedit \(facts.version)"
        switch facts.editrc {
        case .none: return Finding("editor", .ok, "\(name), its own keys")
        case .read(let path): return Finding("editor", .ok, "\(name), keys of \(Printable.escaped(path))")
        case .unreadable(let path):
            return Finding(
                "editor", .warning, "\(name): \(Printable.escaped(path)) cannot be read",
                hint: "chmod u+r \(Printable.escaped(path))")
        case .off(let path):
            return Finding(
                "editor", .warning, "\(name) is turned off in \(Printable.escaped(path)): a plain prompt",
                hint: "take out “edit off”, or write otherprogram:edit off")
        }
    }
}
