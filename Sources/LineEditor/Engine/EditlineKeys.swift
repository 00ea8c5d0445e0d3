import CEditline

/// Commands of the editor that take from the history, from help and from another editor.
extension EditlineSession {
    /// The text up to now with what stands before this line.
    var context: CompletionContext {
        let line = line
        return CompletionContext(
            text: preceding + line.text, cursor: preceding.utf8.count + line.beforeCursor.utf8.count)
    }

    /// `?`
    func explain() -> KeyAnswer {
        guard let lines = request.explainer?.explanation(for: context) else { return insert("?") ? .refresh : .beep }
        let room = max(1, screen.size.rows - 2)
        screen.printBelow(lines.count > room ? lines.prefix(room - 1) + ["…"] : lines, line: line)
        return .nothing
    }

    /// Alt-.
    func lastArgument() -> KeyAnswer {
        guard let history = request.history else { return .beep }
        let line = line
        let text = line.beforeCursor
        var words = LastWords(entries: history.entries)
        var old = 0
        if let given = givenWord, given.line == line.text, given.cursor == line.cursor {
            words = given.words
            old = words.word?.unicodeScalars.count ?? 0
        }
        guard let word = words.next() else { return .beep }
        let separator = old == 0 && !text.isEmpty && text.utf8.last != 0x20 && text.utf8.last != 0x0A ? " " : ""
        if old > 0 { editline_delete_before(editor, Int32(old)) }
        guard insert(separator + word) else { return .beep }
        givenWord = GivenWord(words: words, line: self.line.text, cursor: self.line.cursor)
        return .refresh
    }

    /// Ctrl-X Ctrl-E: the text in the user's own editor. What comes back is shown for Enter, and runs nothing.
    func editElsewhere() -> KeyAnswer {
        guard let edit = request.editor else { return .beep }
        let line = line
        let text = preceding + line.text
        screen.suspend(line: line)
        let edited = Waiting.result { await edit(text) } ?? nil
        if let edited {
            preceding = ""
            screen.setPrompts(request.prompt, right: request.rightPrompt)
            var kept = PasteFilter.text(Array(edited.utf8))
            while kept.utf8.last == 0x0A { kept.removeLast() }
            replaceLine(line, with: kept)
        }
        screen.resume(line: self.line)
        return .nothing
    }

    func rowStart() -> KeyAnswer {
        let line = line
        return moveCursor(to: line.rowStart, in: line)
    }

    func rowEnd() -> KeyAnswer {
        let line = line
        return moveCursor(to: line.rowEnd, in: line)
    }

    /// Ctrl-K: up to the end of the row; there, the line break behind it.
    func deleteRowEnd() -> KeyAnswer {
        let line = line
        let rest = line.scalars[line.cursor...]
        let count = rest.first == "\n" ? 1 : rest.prefix { $0 != "\n" }.count
        guard count > 0 else { return .beep }
        editline_move_cursor(editor, Int32(count))
        editline_delete_before(editor, Int32(count))
        return .refresh
    }

    /// Ctrl-U: back to the start of the row; there, the line break before it.
    func deleteRowStart() -> KeyAnswer {
        let line = line
        let before = line.scalars[..<line.cursor]
        let count = before.last == "\n" ? 1 : before.reversed().prefix { $0 != "\n" }.count
        guard count > 0 else { return .beep }
        editline_delete_before(editor, Int32(count))
        return .refresh
    }

    func nextPart() -> KeyAnswer {
        let line = line
        return moveCursor(to: WordParts.end(after: line.cursor, in: line.scalars), in: line)
    }

    func previousPart() -> KeyAnswer {
        let line = line
        return moveCursor(to: WordParts.start(before: line.cursor, in: line.scalars), in: line)
    }

    func deletePreviousPart() -> KeyAnswer {
        let line = line
        let start = WordParts.start(before: line.cursor, in: line.scalars)
        guard start < line.cursor else { return .beep }
        editline_delete_before(editor, Int32(line.cursor - start))
        return .refresh
    }

    private func moveCursor(to place: Int, in line: EditedLine) -> KeyAnswer {
        guard place != line.cursor else { return .nothing }
        editline_move_cursor(editor, Int32(place - line.cursor))
        return .refresh
    }
}

/// The word that Alt-. inserted, and the line then: pressed again on the same line it takes an older one.
struct GivenWord {
    var words: LastWords
    var line: String
    var cursor: Int
}

/// The list that Tab showed, and the line then: pressed again on the same line it shows the next page.
struct ShownList {
    var page: Int
    var line: String
    var cursor: Int
}
