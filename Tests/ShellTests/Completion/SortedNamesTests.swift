import TestSupport
import Testing

@testable import Shell

@Suite("Many names")
struct SortedNamesTests {
    private func texts(_ names: [String], _ tier: MatchTier, _ typed: String) -> [String] {
        let list = SortedNames(names.map { .init(text: $0, detail: "") })
        return list.places(tier, of: typed).map { list[$0].text }
    }

    @Test("are found by their beginning, in any case, and by a part")
    func tiers() {
        let names = ["beta", "Alpha", "alpine", "ALP", "über", "Übung", "gamma alp"]
        #expect(texts(names, .beginning, "alp") == ["alpine"])
        #expect(texts(names, .folded, "alp") == ["ALP", "Alpha", "alpine"])
        #expect(texts(names, .within, "alp") == ["ALP", "Alpha", "alpine", "gamma alp"])
        #expect(texts(names, .folded, "ÜB") == ["über", "Übung"])
        #expect(texts(names, .within, "aa") == [])
        #expect(texts(names, .beginning, "").count == 7)
        #expect(texts([], .within, "x") == [])
    }

    @Test("answer as a plain search does", arguments: 1...20)
    func againstPlainSearch(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let letters = Array("abAB-é")
        func word(_ longest: UInt64) -> String {
            String((0..<random.next() % longest).map { _ in letters[Int(random.next() % UInt64(letters.count))] })
        }
        let names = (0..<60).map { _ in word(8) }.filter { !$0.isEmpty }
        let list = SortedNames(names.map { .init(text: $0, detail: "") })
        for _ in 0..<20 {
            let typed = word(4)
            let folded = typed.lowercased()
            #expect(
                Set(texts(names, .beginning, typed)) == Set(names.filter { $0.utf8.starts(with: typed.utf8) }))
            #expect(
                Set(texts(names, .folded, typed))
                    == Set(names.filter { $0.lowercased().utf8.starts(with: folded.utf8) }))
            let within = names.filter { typed.isEmpty || $0.lowercased().contains(folded) }
            #expect(Set(texts(names, .within, typed)) == Set(within))
            let places = list.places(.beginning, of: typed)
            let found = places.map { list[$0].text }
            let common = list.common(places, known: typed.utf8.count)
            if let first = found.first {
                #expect(common == found.reduce(first) { CompletionMatches.common($0, $1) })
            }
        }
    }

    @Test("with the same text twice are told apart")
    func repeated() {
        let list = SortedNames(["b", "a", "b"].map { .init(text: $0, detail: "") })
        #expect((0..<3).map(list.isRepeated) == [false, true, true])
    }
}
