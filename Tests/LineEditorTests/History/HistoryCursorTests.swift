import Testing

@testable import LineEditor

@Suite("Recalling history")
struct HistoryCursorTests {
    @Test("goes back through matching entries and forward to the draft")
    func walk() {
        var cursor = HistoryCursor(entries: ["set a", "ls", "set b", "set"], draft: "set", prefix: "set")
        #expect(cursor.older() == "set b")
        #expect(cursor.older() == "set a")
        #expect(cursor.older() == nil)
        #expect(cursor.shown == "set a")
        #expect(cursor.newer() == "set b")
        #expect(cursor.newer() == "set")
        #expect(cursor.newer() == nil)
    }

    @Test("compares what was typed byte for byte")
    func bytes() {
        var cursor = HistoryCursor(entries: ["e\u{301}x", "éy"], draft: "é", prefix: "é")
        #expect(cursor.older() == "éy")
        #expect(cursor.older() == nil)
    }

    @Test("of an empty history finds nothing")
    func empty() {
        var cursor = HistoryCursor(entries: [], draft: "x", prefix: "")
        #expect(cursor.older() == nil)
        #expect(cursor.newer() == nil)
    }
}
