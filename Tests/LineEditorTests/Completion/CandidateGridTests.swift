import Testing

@testable import LineEditor

@Suite("A list of candidates")
struct CandidateGridTests {
    private func names(_ count: Int) -> [Completions.Candidate] { (1...count).map { .init("item-\($0)") } }

    @Test("fills columns downwards")
    func columns() {
        #expect(
            CandidateGrid.lines(names(7), columns: 24, rows: 20) == [
                "item-1  item-4  item-7", "item-2  item-5", "item-3  item-6",
            ])
    }

    @Test("puts descriptions in a column of their own, by display width")
    func details() {
        let candidates: [Completions.Candidate] = [.init("名前", detail: "name"), .init("abc", detail: "監視"), .init("x")]
        #expect(CandidateGrid.lines(candidates, columns: 12, rows: 9) == ["名前  name", "abc   監視", "x"])
    }

    @Test("counts what does not fit")
    func cut() {
        #expect(CandidateGrid.lines(names(9), columns: 8, rows: 3) == ["item-1", "item-2", "… and 7…"])
        #expect(CandidateGrid.lines(names(9), columns: 20, rows: 3).last == "… and 5 more")
    }

    @Test("never has a line wider than the window or more lines than it has rows", arguments: 1...60)
    func fits(columns: Int) {
        let candidates: [Completions.Candidate] = (0..<100).map {
            .init("候補-\($0)", detail: $0 % 3 == 0 ? "説明 of \($0)" : nil)
        }
        for rows in [1, 2, 5, 24] {
            let lines = CandidateGrid.lines(candidates, columns: columns, rows: rows)
            #expect(lines.count <= rows)
            #expect(lines.allSatisfy { DisplayWidth.of($0) <= columns })
        }
    }

    @Test("of a hundred thousand takes no longer than the window is big")
    func many() {
        let candidates = names(100_000)
        let clock = ContinuousClock()
        let time = clock.measure { _ = CandidateGrid.lines(candidates, columns: 80, rows: 22) }
        #expect(time < .seconds(1))
    }

    @Test("shows escape sequences and does not send them")
    func hostile() {
        let lines = CandidateGrid.lines([.init("a\u{1B}[2J", detail: "b\u{202E}c")], columns: 80, rows: 5)
        #expect(lines == [#"a\e[2J  b\u{202E}c"#])
    }
}
