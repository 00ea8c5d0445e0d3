import Synchronization
import Testing
import WebhookModel

@testable import Sandbox

@Suite("Identifiers of new webhooks")
struct WebhookIDFormatTests {
    @Test("have the form asked for, and every character comes up")
    func forms() {
        let surroundings = Surroundings(seed: 5)
        for (format, length, alphabet) in [(WebhookIDFormat.alphanumeric, 10, 62), (.hexadecimal, 16, 16)] {
            var characters: Set<Character> = []
            var seen: Set<String> = []
            for _ in 0..<2_000 {
                let id = format.makeID(randomBytes: surroundings.environment.randomBytes)
                #expect(format.matches(id))
                #expect(id.count == 3 + length)
                #expect(WebhookID(rawValue: id) != nil)
                characters.formUnion(id.dropFirst(3))
                seen.insert(id)
            }
            #expect(characters.count == alphabet)
            #expect(seen.count == 2_000)
        }
    }

    @Test("a server gives the form it is told to")
    func served() async throws {
        try await Harness.run(seed: .none, { $0.idFormat = .hexadecimal }) { sandbox in
            let id = try await sandbox.create(sampleDocument())
            #expect(WebhookIDFormat.hexadecimal.matches(id))
        }
    }

    @Test("an identifier that is taken is not given again")
    func taken() async throws {
        try await Harness.run(
            seed: .none,
            {
                // The same bytes for a while, so that the second webhook is offered the first one's identifier.
                let draws = Mutex(0)
                $0.environment.randomBytes = { count in
                    let draw = draws.withLock { draws in
                        draws += 1
                        return draws
                    }
                    return [UInt8](repeating: draw < 8 ? 1 : UInt8(draw), count: count)
                }
            }
        ) { sandbox in
            let first = try await sandbox.create(sampleDocument())
            let second = try await sandbox.create(sampleDocument())
            #expect(first != second)
            #expect(try await sandbox.listAll().count == 2)
        }
    }
}
