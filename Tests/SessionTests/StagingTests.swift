import LosslessJSON
import Session
import Testing
import WebhookModel

@Suite("Staging")
struct StagingTests {
    private let pause = Samples.set("active", false)

    @Test("shows the edits, and leaves the server's copy as it was")
    func shows() throws {
        var state = Samples.state()
        _ = try state.stage(pause, on: [Samples.key(1)])
        #expect(state.webhook(Samples.key(1))?.isActive == false)
        #expect(state.live(Samples.key(1))?.isActive == true)
        #expect(state.staged(Samples.key(1))?.edits == [pause])
    }

    @Test("one edit on many is one step of undo")
    func many() throws {
        var state = Samples.state()
        let report = try state.stage(pause, on: [Samples.key(3), Samples.key(1)])
        #expect(report.changed == [Samples.key(3), Samples.key(1)])
        #expect(state.staged.map(\.key) == [Samples.key(3), Samples.key(1)])
        #expect(state.undo().steps == 1)
        #expect(state.stagedCount == 0)
    }

    @Test("an error on one stages nothing on any, and names each that failed")
    func allOrNothing() throws {
        var state = Samples.state()
        var broken = Samples.document(2)
        broken.put(1, "event_types")
        state.refresh(Webhook(document: broken))
        #expect(throws: StagingError.edit([.init(key: Samples.key(2), error: .notAList(member: "event_types"))])) {
            try state.stage(.addEvents(["trigger.fired"]), on: [Samples.key(1), Samples.key(2), Samples.key(3)])
        }
        #expect(state.stagedCount == 0)
        #expect(!state.canUndo)
    }

    @Test("what has no effect is reported and not kept")
    func noEffect() throws {
        var state = Samples.state()
        let report = try state.stage(.removeEvents([.init("trigger.fired")]), on: [Samples.key(1)])
        #expect(report.unchanged == [Samples.key(1)])
        #expect(report.notes == [Samples.key(1): [.notSubscribed("trigger.fired")]])
        #expect(state.stagedCount == 0 && !state.canUndo)
    }

    @Test("an explicit intent is kept though it is equal already, once")
    func explicit() throws {
        var state = Samples.state()
        let enable = Samples.set("active", true)
        #expect(try state.stage(enable, on: [Samples.key(1)]).changed == [Samples.key(1)])
        #expect(state.staged(Samples.key(1))?.changes == [])
        #expect(try state.stage(enable, on: [Samples.key(1)]).unchanged == [Samples.key(1)])
    }

    @Test("a webhook that isn't there can't be edited, chosen or made current")
    func unknown() {
        var state = Samples.state()
        for key in [Samples.key(9), .new(1)] {
            #expect(throws: StagingError.unknown(key)) { try state.stage(pause, on: [key]) }
            #expect(throws: StagingError.unknown(key)) { try state.select([key]) }
            #expect(throws: StagingError.unknown(key)) { try state.use(key) }
        }
    }

    @Test("acts on what is named, else on the selection, else on the current webhook")
    func targets() throws {
        var state = Samples.state()
        #expect(throws: StagingError.noTarget) { try state.targets() }
        try state.use(Samples.key(1))
        #expect(try state.targets() == [Samples.key(1)])
        try state.select([Samples.key(3), Samples.key(2), Samples.key(3)])
        #expect(try state.targets() == [Samples.key(3), Samples.key(2)])
        #expect(try state.targets(on: [Samples.key(1)]) == [Samples.key(1)])
        state.removeFromSelection([Samples.key(3)])
        try state.addToSelection([Samples.key(1)])
        #expect(try state.targets() == [Samples.key(2), Samples.key(1)])
        state.deselect()
        #expect(try state.targets() == [Samples.key(1)])
    }

    @Test("a new webhook has a number for good, and is current")
    func create() throws {
        var state = Samples.state()
        let new = NewWebhook(name: "New", events: ["object.created"], channels: [])
        #expect(try state.create(new).key == .new(1))
        #expect(state.current == .new(1))
        #expect(state.keys == [Samples.key(1), Samples.key(2), Samples.key(3), .new(1)])
        _ = try state.stage(pause, on: [.new(1)])
        #expect(state.webhook(.new(1))?.isActive == false)
        state.discard([.new(1)])
        #expect(!state.contains(.new(1)) && state.current == nil)
        #expect(try state.create(new).key == .new(2))
    }

    @Test("deleting what was never sent drops it")
    func deleteNew() throws {
        var state = Samples.state()
        let key = try state.create(NewWebhook(name: "New", events: [], channels: [])).key
        _ = try state.stage(.delete, on: [key])
        #expect(!state.contains(key))
        _ = state.undo()
        #expect(state.webhook(key)?.name == "New")
    }

    @Test("deleting keeps the webhook nameable until it is committed")
    func delete() throws {
        var state = Samples.state()
        _ = try state.stage(.delete, on: [Samples.key(1)])
        #expect(state.webhook(Samples.key(1)) == nil)
        #expect(state.contains(Samples.key(1)))
        #expect(try state.resolve("Webhook 1") == Samples.key(1))
        #expect(throws: StagingError.edit([.init(key: Samples.key(1), error: .deleted)])) {
            try state.stage(pause, on: [Samples.key(1)])
        }
        #expect(throws: StagingError.deleted(Samples.key(1))) { try state.clone(Samples.key(1)) }
    }

    @Test("a clone copies what is shown, staged edits included")
    func clone() throws {
        var state = Samples.state()
        _ = try state.stage(pause, on: [Samples.key(1)])
        let key = try state.clone(Samples.key(1), name: "Copy").key
        let copy = try #require(state.webhook(key))
        #expect(copy.name == "Copy" && !copy.isActive && copy.id == nil)
        #expect(copy.channels == Samples.webhook(1).channels)
    }

    @Test("a refresh keeps staged edits with their base, and forgets choices of what is gone")
    func refresh() throws {
        var state = Samples.state()
        _ = try state.stage(pause, on: [Samples.key(1)])
        try state.use(Samples.key(3))
        try state.select([Samples.key(2), Samples.key(3), Samples.key(1)])
        state.refresh([Samples.webhook(2)], at: Timestamp(seconds: 1))
        #expect(state.current == nil)
        #expect(state.selection.keys == [Samples.key(2), Samples.key(1)])
        #expect(state.staged(Samples.key(1))?.base == Samples.webhook(1))
        #expect(state.listing.listedAt == Timestamp(seconds: 1))
    }
}

@Suite("Undo and redo")
struct UndoTests {
    private let pause = Samples.set("active", false)
    private let rename = Samples.set("name", "Renamed")

    @Test("go step by step, and say when nothing is left")
    func steps() throws {
        var state = Samples.state()
        _ = try state.stage(pause, on: [Samples.key(1)])
        _ = try state.stage(rename, on: [Samples.key(1)])
        var report = state.undo()
        #expect(report.steps == 1 && report.keys == [Samples.key(1)] && report.stop == nil)
        #expect(state.staged(Samples.key(1))?.edits == [pause])
        report = state.undo(5)
        #expect(report.steps == 1 && report.stop == .nothingLeft)
        report = state.redo(5)
        #expect(report.steps == 2 && report.stop == .nothingLeft)
        #expect(state.staged(Samples.key(1))?.edits == [pause, rename])
    }

    @Test("a new edit ends what could be redone")
    func newEdit() throws {
        var state = Samples.state()
        _ = try state.stage(pause, on: [Samples.key(1)])
        _ = state.undo()
        _ = try state.stage(rename, on: [Samples.key(2)])
        #expect(!state.canRedo)
        #expect(state.redo().steps == 0)
    }

    @Test("take back a discard as well")
    func discard() throws {
        var state = Samples.state()
        _ = try state.stage(pause, on: [Samples.key(1), Samples.key(2)])
        #expect(state.discardAll() == [Samples.key(1), Samples.key(2)])
        #expect(state.discardAll().isEmpty)
        _ = state.undo()
        #expect(Set(state.staged.map(\.key)) == [Samples.key(1), Samples.key(2)])
    }

    @Test("any session undone and redone is as it was", arguments: 0..<40)
    func property(_ seed: UInt64) {
        var generator = Generator(seed: seed)
        var state = Samples.state(4)
        var snapshots = [Set(state.staged)]
        for _ in 0..<12 {
            let before = state.undoDepth
            generator.act(on: &state)
            if state.undoDepth > before { snapshots.append(Set(state.staged)) }
        }
        for snapshot in snapshots.dropLast().reversed() {
            #expect(state.undo().steps == 1)
            #expect(Set(state.staged) == snapshot)
        }
        #expect(!state.canUndo)
        for snapshot in snapshots.dropFirst() {
            #expect(state.redo().steps == 1)
            #expect(Set(state.staged) == snapshot)
        }
        #expect(!state.canRedo)
    }
}

extension SessionState {
    /// How many steps can be undone.
    fileprivate var undoDepth: Int {
        var copy = self
        return copy.undo(.max).steps
    }
}
