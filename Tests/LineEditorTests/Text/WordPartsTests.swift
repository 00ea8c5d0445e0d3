import Testing

@testable import LineEditor

@Suite("The parts of a word")
struct WordPartsTests {
    private func ends(_ text: String) -> [Int] {
        let line = Array(text.unicodeScalars)
        var place = 0
        var places: [Int] = []
        while place < line.count {
            place = WordParts.end(after: place, in: line)
            places.append(place)
        }
        return places
    }

    @Test("end at dots, underscores, dashes and blanks")
    func forwards() {
        #expect(ends("cluster.execution.failed") == [7, 17, 24])
        #expect(ends("wh_abc123def4 batch_completed") == [2, 13, 19, 29])
        #expect(ends("grün-名前.e\u{301}x") == [4, 7, 11])
        #expect(ends("") == [])
        #expect(ends("...") == [3])
    }

    @Test("start where they end the other way round")
    func backwards() {
        let line = Array("add-event cluster.execution.failed".unicodeScalars)
        var place = line.count
        var places: [Int] = []
        while place > 0 {
            place = WordParts.start(before: place, in: line)
            places.append(place)
        }
        #expect(places == [28, 18, 10, 4, 0])
    }
}
