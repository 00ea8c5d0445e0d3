import Testing

@testable import LineEditor

@Suite("A list of candidates")
struct CandidateGridTests {
    private func names(_ count: Int) -> [Completions.Candidate] { (1...count).map { .init("item-\($0)") } }

    private func grid(
        _ candidates: [Completions.Candidate], columns: Int, rows: Int, total: Int? = nil
    ) -> CandidateGrid {
        CandidateGrid(Completions(replacing: 0..<0, candidates: candidates, total: total), columns: columns, rows: rows)
    }

    @Test("fills columns downwards")
    func columns() {
        #expect(
            grid(names(7), columns: 24, rows: 20).page(0) == [
                "item-1  item-4  item-7", "item-2  item-5", "item-3  item-6",
            ])
    }

    @Test("puts descriptions in a column of their own, by display width")
    func details() {
        let candidates: [Completions.Candidate] = [.init("名前", detail: "name"), .init("abc", detail: "監視"), .init("x")]
        #expect(grid(candidates, columns: 12, rows: 9).page(0) == ["名前  name", "abc   監視", "x"])
    }

    @Test("shows a page at a time, and which candidates are on it")
    func pages() {
        let narrow = grid(names(7), columns: 20, rows: 3)
        #expect(narrow.pageCount == 2)
        #expect(narrow.page(0) == ["item-1  item-3", "item-2  item-4", "1–4 of 7: Tab shows…"])
        #expect(narrow.page(1) == ["item-5  item-7", "item-6", "5–7 of 7: Tab start…"])
        #expect(narrow.page(7) == narrow.page(1))
        #expect(grid(names(4), columns: 20, rows: 2).pageCount == 1)
    }

    @Test("says when there are more than can be paged through")
    func more() {
        let lines = grid(names(4), columns: 40, rows: 5, total: 90_000).page(0)
        #expect(lines == ["item-1  item-2  item-3  item-4", "1–4 of 90000: type more to see fewer"])
    }

    @Test("cuts descriptions where that gives two columns")
    func narrowDetails() {
        let long = String(repeating: "d", count: 60)
        let candidates = (0..<20).map { Completions.Candidate("item-\($0)", detail: long) }
        #expect(grid(candidates, columns: 80, rows: 12).page(0).count == 10)
        #expect(grid(candidates, columns: 80, rows: 22).page(0).count == 20)
    }

    @Test("never has a line wider than the window or more lines than it has rows", arguments: 1...60)
    func fits(columns: Int) {
        let candidates: [Completions.Candidate] = (0..<100).map {
            .init("候補-\($0)", detail: $0 % 3 == 0 ? "説明 of \($0)" : nil)
        }
        for rows in [1, 2, 5, 24] {
            let grid = grid(candidates, columns: columns, rows: rows)
            let pages = (0..<grid.pageCount).map(grid.page)
            #expect(pages.allSatisfy { !$0.isEmpty && $0.count <= rows })
            #expect(pages.joined().allSatisfy { DisplayWidth.of($0) <= columns })
        }
    }

    @Test("of a hundred thousand takes no second")
    func many() {
        let candidates = names(100_000)
        let clock = ContinuousClock()
        let time = clock.measure { _ = grid(candidates, columns: 80, rows: 22).page(0) }
        #expect(time < .seconds(1))
    }

    @Test("shows escape sequences and does not send them")
    func hostile() {
        let grid = grid([.init("a\u{1B}[2J", detail: "b\u{202E}c")], columns: 80, rows: 5)
        #expect(grid.page(0) == [#"a\e[2J  b\u{202E}c"#])
    }
}
