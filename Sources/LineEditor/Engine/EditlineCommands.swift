import CEditline
import Glibc

/// The editor's own commands. Each is called by libedit while it handles a key.
extension EditlineSession {
    var line: EditedLine { EditedLine(editor) }

    func complete() -> KeyAnswer {
        guard let completer = request.completer else { return .beep }
        let line = line
        let context = context
        let start = preceding.utf8.count
        switch CompletionStep.decide(context, completer.completions(for: context)) {
        case .beep:
            return .beep
        case .insert(let range, let text):
            guard range.lowerBound >= start else { return .beep }
            replace(range.lowerBound - start..<range.upperBound - start, of: line, with: text)
            return .refresh
        case .list(let completions):
            show(completions, line: line)
            return .nothing
        }
    }

    /// The first page, or the one after that shown last if nothing was typed since.
    private func show(_ completions: Completions, line: EditedLine) {
        let size = screen.size
        let grid = CandidateGrid(
            completions, columns: size.columns, rows: max(1, size.rows - 2), detailStyle: screen.detailStyle)
        var shown = ShownList(page: 0, line: line.text, cursor: line.cursor)
        if let last = shownList, last.line == shown.line, last.cursor == shown.cursor {
            shown.page = (last.page + 1) % grid.pageCount
        }
        shownList = shown
        screen.printBelow(grid.page(shown.page), line: line)
    }

    func older() -> KeyAnswer { moveCursor(rows: -1) ?? recall { $0.older() } }

    func newer() -> KeyAnswer { moveCursor(rows: 1) ?? recall { $0.newer() } }

    func deleteOrEnd() -> KeyAnswer {
        let line = line
        if line.scalars.isEmpty {
            screen.leave(line: line, mark: "")
            // In the middle of a text the end of the line is not the end of the session, and what there is of the text is
            // not enough to be run.
            outcome = .success(preceding.isEmpty ? .endOfInput : .interrupted)
            return .endOfInput
        }
        guard line.cursor < line.scalars.count else { return .beep }
        editline_move_cursor(editor, 1)
        editline_delete_before(editor, 1)
        return .refresh
    }

    func interrupt() -> KeyAnswer {
        screen.leave(line: line, mark: "^C")
        outcome = .success(.interrupted)
        return .endOfInput
    }

    /// Stops the process group, as the terminal would if the key were not read as one.
    func suspend() -> KeyAnswer {
        screen.suspend(line: line)
        kill(0, SIGTSTP)
        // Another thread may take the signal. Whoever waits here is stopped with it; a process that nobody could continue
        // is not stopped at all, and goes on after the time. One that is continued in the background waits on.
        let poll = InputPoll(descriptor: -1, pipe: mailbox.pipe)
        repeat {
            guard case .wake(let bytes) = poll.wait(milliseconds: 100) else { continue }
            if !attend(to: bytes.filter { $0 == 0 }) { return .endOfInput }
        } while !screen.isInForeground
        screen.resume(line: line)
        return .nothing
    }

    func paste() -> KeyAnswer {
        var paste = PasteCollector(limit: settings.maximumLineLength)
        while true {
            switch keys.nextPiece() {
            case .bytes(let bytes):
                guard let behind = paste.add(bytes) else { continue }
                keys.putBack(behind)
                let text = paste.text
                return insert(text) ? .refresh : .beep
            case .wake(let bytes):
                if !attend(to: bytes) { return .endOfInput }
            case .end:
                outcome = .success(.endOfInput)
                return .endOfInput
            case .failed(let number):
                outcome = .failure(.system(call: "read", errno: number))
                return .endOfInput
            }
        }
    }
}

// MARK: - Changing the line

extension EditlineSession {
    private func moveCursor(rows: Int) -> KeyAnswer? {
        let line = line
        guard let cursor = line.cursor(movedRows: rows) else { return nil }
        editline_move_cursor(editor, Int32(cursor - line.cursor))
        return .refresh
    }

    private func recall(_ move: (inout HistoryCursor) -> String?) -> KeyAnswer {
        guard let history = request.history else { return .beep }
        let line = line
        let text = line.text
        var cursor = historyCursor
        if cursor?.shown != text { cursor = nil }
        var moved = cursor ?? HistoryCursor(entries: history.entries, draft: text, prefix: line.beforeCursor)
        guard let entry = move(&moved) else { return .beep }
        historyCursor = moved
        replaceLine(line, with: entry)
        return .refresh
    }

    func replaceLine(_ line: EditedLine, with text: String) {
        let end = Int32(line.scalars.count - line.cursor)
        guard !text.isEmpty else {
            editline_move_cursor(editor, end)
            editline_delete_before(editor, Int32(line.scalars.count))
            return
        }
        // Unlike a deletion this leaves alone what Ctrl-Y yanks.
        _ = WideText.with(text) { editline_replace(editor, $0) }
        let now = self.line
        editline_move_cursor(editor, Int32(now.scalars.count - now.cursor))
    }

    /// `range` is in UTF-8 bytes of the line.
    private func replace(_ range: Range<Int>, of line: EditedLine, with text: String) {
        let start = line.scalarCount(utf8Offset: range.lowerBound)
        let end = line.scalarCount(utf8Offset: range.upperBound)
        let old = line.scalars[start..<end]
        let new = Array(text.unicodeScalars)
        editline_move_cursor(editor, Int32(end - line.cursor))
        // What stands there already stays, so that a completion does not change what Ctrl-Y yanks.
        let kept = new.starts(with: old) ? old.count : 0
        if kept < old.count { editline_delete_before(editor, Int32(old.count)) }
        if kept < new.count { _ = insert(String(String.UnicodeScalarView(new[kept...]))) }
    }

    func insert(_ text: String) -> Bool {
        !text.isEmpty && WideText.with(text) { editline_insert(editor, $0) }
    }
}
