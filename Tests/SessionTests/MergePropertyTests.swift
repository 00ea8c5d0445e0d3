import LosslessJSON
import Session
import Testing
import WebhookModel

@Suite("Merging, whatever is merged")
struct MergePropertyTests {
    private static let seeds: Range<UInt64> = 0..<250

    private func everySeed(_ body: (UInt64, inout Generator) throws -> Void) rethrows {
        for seed in Self.seeds {
            var generator = Generator(seed: seed)
            try body(seed, &generator)
        }
    }

    @Test("with an unchanged server gives what is staged")
    func unchanged() {
        everySeed { seed, generator in
            let base = generator.document(1)
            let staged = generator.edited(base, 6)
            let merge = Merge(base: base, live: base, staged: staged)
            #expect(merge.conflicts.isEmpty, "seed \(seed)")
            #expect(merge.document == staged.document, "seed \(seed)")
        }
    }

    @Test("without edits gives the server's copy, byte for byte")
    func unedited() {
        everySeed { seed, generator in
            let base = generator.document(1)
            let live = generator.foreign(base, 6)
            let merge = Merge(base: base, live: live, staged: EditedDocument(base: base))
            #expect(merge.conflicts.isEmpty && merge.document?.text() == live.text(), "seed \(seed)")
        }
    }

    @Test("once more after it is written changes nothing")
    func idempotent() {
        everySeed { seed, generator in
            let base = generator.document(1)
            let live = generator.foreign(base, 2)
            let staged = generator.edited(base, 4)
            let first = Merge(base: base, live: live, staged: staged)
            guard first.conflicts.isEmpty, let written = first.document else { return }
            let second = Merge(base: base, live: written, staged: staged)
            // A conflict is safe; a second change would not be.
            if second.conflicts.isEmpty { #expect(second.document == written, "seed \(seed)") }
            if live == base { #expect(second.conflicts.isEmpty, "seed \(seed)") }
        }
    }

    @Test("by force leaves no conflict on a webhook that is there")
    func force() {
        everySeed { seed, generator in
            let base = generator.document(1)
            let live = generator.foreign(base, 6)
            let merge = Merge(base: base, live: live, staged: generator.edited(base, 6), force: true)
            #expect(merge.conflicts.isEmpty && merge.document != nil, "seed \(seed)")
        }
    }

    @Test("never touches a member that we did not")
    func untouched() throws {
        try everySeed { seed, generator in
            let base = generator.document(1)
            let live = generator.foreign(base, 3)
            let staged = generator.edited(base, 3)
            let merge = Merge(base: base, live: live, staged: staged)
            guard merge.conflicts.isEmpty, let merged = merge.document?.object else { return }
            let liveMembers = try #require(live.object)
            let touched = Set(DocumentDiff.changes(from: base, to: staged.document).compactMap(\.path.first))
            for (name, value) in liveMembers where !touched.contains(.name(name)) {
                #expect(merged[name]?.isSpelledLike(value) == true, "seed \(seed): \(name)")
            }
            #expect(
                merged.keys.filter { liveMembers[$0] != nil } == liveMembers.keys.filter { merged[$0] != nil },
                "seed \(seed)")
        }
    }

    @Test("of one of two foreign writers' changes or ours, each value comes from somebody")
    func provenance() throws {
        try everySeed { seed, generator in
            let base = generator.document(1)
            let live = generator.foreign(base, 3)
            let staged = generator.edited(base, 3)
            let merge = Merge(base: base, live: live, staged: staged)
            guard merge.conflicts.isEmpty, let merged = merge.document else { return }
            for name in ["webhook_name", "description", "is_active", "x_number", "x_text"] {
                let candidates = [live[name], staged.document?[name]]
                #expect(candidates.contains(merged[name]), "seed \(seed): \(name)")
            }
            let events = Set(try #require(merged["event_types"]?.array))
            let known = Set(live["event_types"]?.array ?? []).union(staged.document?["event_types"]?.array ?? [])
            #expect(events.isSubset(of: known), "seed \(seed)")
        }
    }
}
