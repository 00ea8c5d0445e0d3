import Testing
import WebhookModel

@testable import Sandbox

@Suite("What the dispatcher decides")
struct DispatchStateTests {
    private func lane(_ id: Int64) -> DueLane { DueLane(id: id, webhook: id, channel: 0) }

    @Test("a signal is one look; another during it is one more, whatever their number")
    func signals() {
        var state = DispatchState(concurrency: 2)
        #expect(state.signalled() == [.look(excluding: [], limit: 2)])
        #expect(state.signalled().isEmpty)
        #expect(state.signalled().isEmpty)
        #expect(state.found([], next: nil) == [.look(excluding: [], limit: 2)])
        #expect(state.found([], next: nil).isEmpty)
        #expect(state.isIdle)
    }

    @Test("no more lanes are worked on than agreed, and none twice")
    func concurrency() {
        var state = DispatchState(concurrency: 2)
        _ = state.signalled()
        #expect(state.found([lane(1), lane(1), lane(2), lane(3)], next: nil) == [.work(lane(1)), .work(lane(2))])
        #expect(state.signalled().isEmpty)
        #expect(state.finished(1) == [.look(excluding: [2], limit: 1)])
        #expect(state.found([lane(3)], next: nil) == [.work(lane(3))])
    }

    @Test("what falls due later is slept for")
    func sleeping() {
        var state = DispatchState(concurrency: 1)
        _ = state.signalled()
        let time = Timestamp(seconds: 9)
        #expect(state.found([], next: time) == [.sleep(until: time)])
    }

    @Test("a stop begins nothing more and is over when the last lane is")
    func stopping() {
        var state = DispatchState(concurrency: 2)
        _ = state.signalled()
        _ = state.found([lane(1)], next: nil)
        #expect(state.stop().isEmpty)
        #expect(state.signalled().isEmpty)
        #expect(state.finished(1) == [.stopped])
        var looking = DispatchState(concurrency: 2)
        _ = looking.signalled()
        #expect(looking.stop().isEmpty)
        #expect(looking.found([lane(1)], next: nil) == [.stopped])
        var idle = DispatchState(concurrency: 2)
        #expect(idle.stop() == [.stopped])
    }

    @Test("whatever comes in whatever order, the rules hold", arguments: 0..<200 as Range<UInt64>)
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var state = DispatchState(concurrency: Int.random(in: 1...3, using: &generator))
        var working: Set<Int64> = []
        var looks = 0
        func take(_ actions: [DispatchState.Action]) {
            for action in actions {
                switch action {
                case .look(let busy, let limit):
                    looks += 1
                    #expect(looks == 1 && busy == working && limit == state.concurrency - working.count && limit > 0)
                case .work(let lane):
                    #expect(working.insert(lane.id).inserted)
                    #expect(working.count <= state.concurrency)
                case .sleep, .stopped: break
                }
            }
        }
        for _ in 0..<100 {
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: take(state.signalled())
            case 1 where looks > 0:
                looks -= 1
                let lanes = (1...4).filter { _ in Bool.random(using: &generator) }.map { lane(Int64($0)) }
                take(state.found(lanes.filter { !working.contains($0.id) }, next: nil))
            default:
                guard let lane = working.sorted().first else { continue }
                working.remove(lane)
                take(state.finished(lane))
            }
            #expect(state.busy == working)
        }
    }
}
