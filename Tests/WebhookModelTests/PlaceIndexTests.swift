import TestSupport
import Testing
import WebhookModel

@Suite("An index of places")
struct PlaceIndexTests {
    @Test("finds what a dictionary finds, whatever was put in and taken out", arguments: 0..<40)
    func likeADictionary(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // Few hashes, so that many places have the same.
        let spread = [1, 3, 50, 1 << 40].randomElement(using: &random) ?? 1
        var index = PlaceIndex(minimumCapacity: Int.random(in: 0...100, using: &random))
        var known: [Int: Int] = [:]
        func hash(_ place: Int) -> Int { (place &* 0x9E37_79B9) % spread }
        for _ in 0..<2_000 {
            let place = Int.random(in: 0..<300, using: &random)
            #expect(index.place(hash: hash(place)) { $0 == place } == known[place])
            let wasIn = index.remove(place, hash: hash(place))
            #expect(wasIn == (known[place] != nil))
            if wasIn {
                known[place] = nil
            } else {
                index.insert(place, hash: hash(place))
                known[place] = place
            }
            #expect(index.count == known.count)
        }
        for place in 0..<300 {
            #expect(index.place(hash: hash(place)) { $0 == place } == known[place])
        }
    }

    @Test("asks only about places that were put in under the hash")
    func asked() {
        var index = PlaceIndex()
        for place in 0..<1_000 { index.insert(place, hash: place % 10) }
        var asked: [Int] = []
        let found = index.place(hash: 7) {
            asked.append($0)
            return false
        }
        #expect(found == nil)
        #expect(asked.count == 100)
        #expect(asked.allSatisfy { $0 % 10 == 7 })
    }

    @Test("goes on for as long as places come and go", .timeLimit(.minutes(1)))
    func turns() {
        var index = PlaceIndex()
        for place in 0..<1_000 { index.insert(place, hash: place) }
        for turn in 0..<200_000 {
            let place = turn % 1_000
            index.remove(place, hash: place)
            index.insert(place, hash: place)
        }
        #expect(index.count == 1_000)
    }

    @Test("holds nothing before anything is put in")
    func empty() {
        var index = PlaceIndex()
        #expect(index.place(hash: 1) { _ in true } == nil)
        let wasIn = index.remove(0, hash: 0)
        #expect(!wasIn)
        #expect(PlaceIndex(minimumCapacity: 10).place(hash: 1) { _ in true } == nil)
    }
}
