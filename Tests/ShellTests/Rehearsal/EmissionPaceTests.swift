import Testing

@testable import Shell

@Suite("The pace of events")
struct EmissionPaceTests {
    private func portions(_ pace: EmissionPace) -> [Int] {
        var pace = pace
        var sizes: [Int] = []
        while let size = pace.next() { sizes.append(size) }
        return sizes
    }

    @Test("without a rate, as many as the server takes at once")
    func unpaced() {
        #expect(portions(EmissionPace(count: 1, rate: nil)) == [1])
        #expect(portions(EmissionPace(count: 25_000, rate: nil)) == [10_000, 10_000, 5_000])
        #expect(EmissionPace(count: 1, rate: nil).interval == .zero)
    }

    @Test("a rate is kept by ten portions a second, and a part of an event carries over")
    func paced() {
        #expect(portions(EmissionPace(count: 50, rate: 100)) == [10, 10, 10, 10, 10])
        #expect(portions(EmissionPace(count: 10, rate: 25)) == [3, 2, 3, 2])
        #expect(EmissionPace(count: 50, rate: 100).interval == .milliseconds(100))
    }

    @Test("a slow rate sends one at a time")
    func slow() {
        #expect(portions(EmissionPace(count: 3, rate: 0.5)) == [1, 1, 1])
        #expect(EmissionPace(count: 3, rate: 0.5).interval == .seconds(2))
    }

    @Test(
        "whatever the rate, all events are sent, and no portion is more than the server takes",
        arguments: [0.001, 0.3, 1, 7, 9.99, 10, 10.01, 33, 999, 12_345, 100_000])
    func all(_ rate: Double) {
        let sizes = portions(EmissionPace(count: 12_345, rate: rate))
        #expect(sizes.reduce(0, +) == 12_345)
        #expect(sizes.allSatisfy { (1...EmissionPace.largest).contains($0) })
    }
}
