import LosslessJSON
import Synchronization
import Testing
import WebhookAPI
import WebhookModel

/// A server and a network that do anything at all, from a seed, and count what took effect.
private final class Chaos: Sendable {
    private let state: Mutex<(random: SplitMix, effects: Int)>
    private let webhook = Array(Client.document().text().utf8)

    init(seed: UInt64) {
        state = Mutex((SplitMix(seed: seed), 0))
    }

    var effects: Int { state.withLock { $0.effects } }

    @Sendable func answer(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        let choice = state.withLock { state in
            let choice = state.random.next() % 16
            if Self.takesEffect(choice) { state.effects += 1 }
            return choice
        }
        switch choice {
        case 0...3: return TransportResponse(status: choice == 0 ? 201 : 200, body: webhook)
        case 4: return TransportResponse(status: 200, body: Array("{".utf8))
        case 5: throw TransportFailure(.lost("after the effect"), progress: .sent)
        case 6: throw TransportFailure(.timedOut, progress: .sent)
        case 7: throw TransportFailure(.bodyTooLarge(limit: 1), progress: .answered(status: 200))
        case 8: throw TransportFailure(.lost("before the effect"), progress: .sent)
        case 9: throw TransportFailure(.unreachable("connect"), progress: .notSent)
        case 10: return TransportResponse(status: 429, headers: HeaderFields([.init("Retry-After", "1")]))
        case 11: return TransportResponse(status: 503, headers: HeaderFields([.init("Retry-After", "2")]))
        case 12: return TransportResponse(status: 307, headers: HeaderFields([.init("Location", request.target + "x")]))
        case 13: return TransportResponse(status: 307, headers: HeaderFields([.init("Location", "https://evil.test")]))
        case 14: return TransportResponse(status: 404, body: Array("{}".utf8))
        default: return TransportResponse(status: 422)
        }
    }

    private static func takesEffect(_ choice: UInt64) -> Bool { choice <= 7 }
}

@Suite("Whatever server and network do", .timeLimit(.minutes(2)))
struct SafetyPropertyTests {
    @Test("a write takes effect once if it succeeds, at most once if in doubt, and never if it plainly failed")
    func effects() async throws {
        for seed in 0..<3000 as Range<UInt64> {
            let chaos = Chaos(seed: seed)
            let client = try Client.scripted(ScriptedTransport(chaos.answer))
            do throws(ServiceError) {
                switch seed % 3 {
                case 0: _ = try await client.create(Client.document())
                case 1: _ = try await client.update(Client.id, to: Client.document())
                default: try await client.delete(Client.id)
                }
                #expect(chaos.effects == 1, "seed \(seed)")
            } catch {
                if case .ambiguous = error.kind {
                    #expect(chaos.effects <= 1, "seed \(seed): \(error.kind)")
                } else {
                    #expect(chaos.effects == 0, "seed \(seed): \(error.kind)")
                }
            }
        }
    }
}
