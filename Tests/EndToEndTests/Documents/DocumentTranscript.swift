import TestSupport

/// A block of a page that shows the prompt: what is typed, and what the program says to it.
struct DocumentTranscript: Sendable {
    let block: FencedBlock

    /// nil if the block shows no prompt.
    init?(_ block: FencedBlock) {
        guard !block.isMarked, block.lines.contains(where: { Self.typed($0) != nil }) else { return nil }
        self.block = block
    }

    /// What stands behind a prompt or a question on a line; nil if there is neither.
    private static func typed(_ line: String) -> String? {
        for mark in line.hasPrefix("sandbox") || line.hasPrefix("production@") ? ["> "] : ["[y/N] "] {
            if let found = line.firstRange(of: mark) { return String(line[found.upperBound...]) }
        }
        return nil
    }

    /// The lines that the program shows when what the block has typed is typed: in an empty home, on a plain terminal,
    /// whose prompt has nothing at the right edge.
    func played() async throws -> [String] {
        let home = try Home()
        let pty = try await PromptSession.start(
            home, [], size: WindowShape(columns: Self.width, rows: 40), type: "dumb")
        // A block that begins with a prompt leaves the greeting out.
        let start = block.lines.first.flatMap(Self.typed) == nil ? 0 : pty.screen.cursor.row
        for text in block.lines.compactMap(Self.typed) {
            let row = pty.screen.scrolledOut.count + pty.screen.cursor.row
            try await pty.type(text + "\r")
            try await pty.wait(for: "what follows \(text)") { screen in
                screen.scrolledOut.count + screen.cursor.row > row && Self.awaits(screen.rows[screen.cursor.row])
            }
        }
        return (pty.screen.scrolledOut + pty.screen.rows[..<pty.screen.cursor.row])[start...]
            .map { $0.replacing(home.path, with: "/home/me") }
    }

    private static let width = 104

    private static func awaits(_ row: String) -> Bool {
        row.hasSuffix("[y/N]") || (row.hasPrefix("sandbox") || row.hasPrefix("production@")) && row.hasSuffix(">")
    }
}
