import Testing

@testable import LosslessJSON

@Suite("Changes")
struct ChangeTests {
    private func changes(_ old: String, _ new: String) throws -> [String] {
        JSON.changes(from: try JSON(parsing: old), to: try JSON(parsing: new)).map { change in
            switch (change.before, change.after) {
            case (let before?, let after?): "\(change.path): \(before) -> \(after)"
            case (let before?, nil): "\(change.path): -\(before)"
            case (nil, let after?): "\(change.path): +\(after)"
            case (nil, nil): "nothing"
            }
        }
    }

    @Test(
        "a change is named by its path, with both values",
        arguments: [
            ("1", "1.0", []), ("1", "2", [".: 1 -> 2"]), ("[]", "{}", [".: [] -> {}"]),
            (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, []),
            (#"{"a":1,"b":2}"#, #"{"a":1,"c":3}"#, ["b: -2", "c: +3"]),
            (#"{"a":{"b":{"c":1}}}"#, #"{"a":{"b":{"c":2}}}"#, ["a.b.c: 1 -> 2"]),
            (#"{"a":null}"#, "{}", ["a: -null"]), (#"{"a":[]}"#, #"{"a":{}}"#, ["a: [] -> {}"]),
            (#"{"a.b":1}"#, #"{"a.b":"1"}"#, ["[\"a.b\"]: 1 -> \"1\""]),
        ] as [(String, String, [String])])
    func simple(_ old: String, _ new: String, _ expected: [String]) throws {
        #expect(try changes(old, new) == expected)
    }

    @Test(
        "arrays are aligned, so that what moved up or down is no change",
        arguments: [
            ("[1,2,3]", "[1,3]", ["[1]: -2"]), ("[1,3]", "[1,2,3]", ["[1]: +2"]),
            ("[1,2,3]", "[1,9,3]", ["[1]: 2 -> 9"]),
            ("[1,2,3,4,5]", "[2,3,4,5]", ["[0]: -1"]), ("[1,2,3]", "[1,2,3,4]", ["[3]: +4"]),
            ("[]", "[1,2]", ["[0]: +1", "[1]: +2"]),
            ("[1,2]", "[]", ["[0]: -1", "[1]: -2"]), ("[1,1,1]", "[1,1]", ["[2]: -1"]),
            ("[1,2,3,4]", "[4,1,2,3]", ["[0]: +4", "[3]: -4"]),
            ("[1,2,3,4,5,6]", "[1,3,4,9,5,6]", ["[1]: -2", "[3]: +9"]),
            (#"[{"id":1,"x":1},{"id":2,"x":1}]"#, #"[{"id":2,"x":2}]"#, ["[0]: -{\"id\":1,\"x\":1}", "[1].x: 1 -> 2"]),
            (#"[{"id":1,"x":1}]"#, #"[{"id":9,"x":9},{"id":1,"x":2}]"#, ["[0]: +{\"id\":9,\"x\":9}", "[0].x: 1 -> 2"]),
            (#"[[1],[2],[3]]"#, #"[[1],[2,2],[3]]"#, ["[1][1]: +2"]),
        ] as [(String, String, [String])])
    func arrays(_ old: String, _ new: String, _ expected: [String]) throws {
        #expect(try changes(old, new) == expected)
    }

    @Test("applying the changes from one value to another gives the other", arguments: 0..<150)
    func generated(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let old = try JSON(parsing: generator.spelling(of: generator.value()))
        for new in [generator.edited(old), generator.value(), generator.edited(generator.edited(old))] {
            let changes = JSON.changes(from: old, to: new)
            #expect(changes.isEmpty == (old == new))
            #expect(try old.applying(JSONPatchOperation.operations(for: changes)) == new)
            for change in changes {
                if let before = change.before { #expect(old.value(at: change.path) == before) }
                if let after = change.after, change.before == nil { #expect(new.value(at: change.path) == after) }
            }
        }
    }

    @Test("every pair of short arrays is aligned with as few insertions and removals as can be, and applies")
    func exhaustiveArrays() throws {
        var arrays: [[Int]] = [[]]
        var row: [[Int]] = [[]]
        for _ in 0..<4 {
            row = row.flatMap { array in (1...3).map { array + [$0] } }
            arrays += row
        }
        let values = arrays.map { JSON($0.map { JSON($0) }) }
        for (old, oldValue) in zip(arrays, values) {
            for (new, newValue) in zip(arrays, values) {
                let changes = JSON.changes(from: oldValue, to: newValue)
                let operations = JSONPatchOperation.operations(for: changes)
                let kept = old.count - changes.count { $0.before != nil }
                guard try oldValue.applying(operations) == newValue, kept == longest(old[...], new[...]) else {
                    Issue.record("\(old) -> \(new): \(changes)")
                    continue
                }
            }
        }
    }

    private func longest(_ a: ArraySlice<Int>, _ b: ArraySlice<Int>) -> Int {
        guard let first = a.first, let other = b.first else { return 0 }
        if first == other { return 1 + longest(a.dropFirst(), b.dropFirst()) }
        return max(longest(a.dropFirst(), b), longest(a, b.dropFirst()))
    }

    @Test("one element taken from the middle of a long list of unlike ones is one change")
    func longList() {
        let old = (0..<20_000).map { JSON(["id": JSON($0)]) }
        var new = old
        new.remove(at: 7_000)
        new.insert("added", at: 12_000)
        new[3] = "changed"
        let changes = JSON.changes(from: JSON(old), to: JSON(new))
        #expect(changes.map(\.path) == [[3], [7_000], [12_000]])
    }

    @Test("long lists without anything in common, or all alike, take passable time and apply")
    func hostileLists() throws {
        let numbers = JSON((0..<5_000).map { JSON($0) })
        let others = JSON((5_000..<10_000).map { JSON($0) })
        let alike = JSON(Array(repeating: JSON(1), count: 5_000))
        let mixed = JSON((0..<5_001).map { JSON($0 % 2) })
        for (old, new) in [
            (numbers, others), (alike, mixed), (mixed, numbers), (numbers, JSON(numbers.array!.reversed())),
        ] {
            let changes = JSON.changes(from: old, to: new)
            #expect(try old.applying(JSONPatchOperation.operations(for: changes)) == new)
        }
    }
}
