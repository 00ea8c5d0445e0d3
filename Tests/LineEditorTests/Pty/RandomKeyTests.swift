import TestSupport
import Testing

@Suite("Random keys")
struct RandomKeyTests {
    @Test("never end the session, hang it or leave it unusable", arguments: 1...8)
    func survival(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let pty = try await HistoryKeyTests.started(["one", "two (\u{5C}nthree)", "名前"], columns: 20, rows: 6)
        for _ in 0..<40 {
            try await pty.type(Self.keys(&random))
            if random.next() % 8 == 0 {
                try pty.resize(columns: Int(random.next() % 60) + 1, rows: Int(random.next() % 20) + 1)
            }
        }
        try pty.resize(columns: 80, rows: 24)
        // Out of a quoted insert, a search, an argument; then the line is dropped. What is typed right behind a Ctrl-C may
        // go with it, since a signal and a key come by two ways: then once more.
        var isUsable = false
        for _ in 1...5 where !isUsable {
            try await pty.type("x\u{07}" + Key.control("c") + Key.control("c"))
            try await pty.wait(for: "the prompt") { $0.rows[$0.cursor.row] == "probe>" }
            try await pty.type("still here\r")
            let line = #"[line "still here"]"#
            isUsable = (try? await pty.wait(for: line, seconds: 20) { $0.text.contains(line) }) != nil
        }
        #expect(isUsable)
        try await pty.type("quit\r")
        #expect(try await pty.waitForEnd() == .exited(0))
        #expect(pty.modes == .usual)
    }

    /// Text, keys, halves of sequences, and bytes that are none; nothing that ends, stops or waits for more.
    static func keys(_ random: inout SeededGenerator) -> [UInt8] {
        let sequences = [
            Key.up, Key.down, Key.left, Key.right, Key.home, Key.end, Key.delete, Key.tab, Key.enter, Key.controlLeft,
            "\u{1B}[", "\u{1B}O", "\u{1B}[15~", "\u{1B}", "名", "é", "e\u{301}", "😀", "(", ")", "al",
            "\u{1B}[200~p\rq\u{1B}[201~", Key.alt("."), Key.alt(Key.backspace), Key.altLeft, Key.altRight, "?",
            Key.control("x") + Key.control("e"),
        ]
        switch random.next() % 4 {
        case 0:
            let byte = UInt8(truncatingIfNeeded: random.next())
            return [0x04, 0x1A, 0x13, 0x11].contains(byte) ? [] : [byte]
        case 1:
            return (0..<random.next() % 30).map { _ in UInt8(0x20 + random.next() % 0x5F) }
        default:
            return Array(sequences[Int(random.next() % UInt64(sequences.count))].utf8)
        }
    }
}
