import Testing

@testable import LineEditor

@Suite("What Tab does")
struct CompletionStepTests {
    /// `|` is the cursor; the word before it is replaced.
    private func step(_ marked: String, _ candidates: [Completions.Candidate]) -> CompletionStep {
        let parts = marked.split(separator: "|", omittingEmptySubsequences: false)
        let before = String(parts[0])
        let word = before.split(separator: " ", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        let cursor = before.utf8.count
        return CompletionStep.decide(
            CompletionContext(text: before + parts[1], cursor: cursor),
            Completions(replacing: cursor - word.utf8.count..<cursor, candidates: candidates))
    }

    @Test("the only candidate is inserted with a blank behind it")
    func single() {
        #expect(step("ls wh|", [.init("where")]) == .insert(3..<5, text: "where "))
    }

    @Test("a blank that stands there already is not doubled")
    func blank() {
        #expect(step("ls wh| x", [.init("where")]) == .insert(3..<5, text: "where"))
    }

    @Test("a candidate may replace what is typed")
    func replaced() {
        #expect(step("get SLA|", [.init("\"Team Slack\"")]) == .insert(4..<7, text: "\"Team Slack\" "))
    }

    @Test("of several the common start is inserted, in the candidates' case")
    func common() {
        #expect(step("SL|", [.init("slack-a"), .init("slack-b")]) == .insert(0..<2, text: "slack-"))
        #expect(step("g|", [.init("grün"), .init("größe")]) == .insert(0..<1, text: "gr"))
    }

    @Test("of several that have no more in common, or something else, a list is shown")
    func list() {
        let candidates: [Completions.Candidate] = [.init("slack"), .init("slate")]
        #expect(step("sla|", candidates) == .list(Completions(replacing: 0..<3, candidates: candidates)))
        #expect(step("ack|", candidates) == .list(Completions(replacing: 0..<3, candidates: candidates)))
        #expect(step("|", candidates.reversed()) == .insert(0..<0, text: "sla"))
    }

    @Test("a common start that the completer names is inserted as it is written, quote and all")
    func namedCommon() {
        let candidates: [Completions.Candidate] = [.init("'Team A'"), .init("'Team B'")]
        let context = CompletionContext(text: "te", cursor: 2)
        let carried = Completions(replacing: 0..<2, candidates: candidates, common: "'Team ")
        #expect(CompletionStep.decide(context, carried) == .insert(0..<2, text: "'Team "))
        let stuck = Completions(replacing: 0..<2, candidates: candidates, common: "te")
        #expect(CompletionStep.decide(context, stuck) == .list(stuck))
    }

    @Test("one candidate of many that fit is not the only one")
    func firstOfMany() {
        let context = CompletionContext(text: "wh", cursor: 2)
        let many = Completions(replacing: 0..<2, candidates: [.init("wh_1")], total: 5, common: "wh_")
        #expect(CompletionStep.decide(context, many) == .insert(0..<2, text: "wh_"))
    }

    @Test("no candidate beeps")
    func none() {
        #expect(step("x|", []) == .beep)
    }

    @Test(
        "a range outside the text, off the cursor or within a scalar is refused",
        arguments: [-1..<1, 0..<9, 3..<3, 0..<0, 1..<2])
    func refused(range: Range<Int>) {
        let step = CompletionStep.decide(
            CompletionContext(text: "éab", cursor: 2),
            Completions(replacing: range, candidates: [.init("x")]))
        #expect(step == .beep)
    }
}
