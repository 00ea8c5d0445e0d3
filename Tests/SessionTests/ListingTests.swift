import LosslessJSON
import Session
import TestSupport
import Testing
import WebhookModel

@Suite("A listing")
struct ListingTests {
    private static let names = [
        "Alerts", "Audit", "caf\u{e9}", "cafe\u{301}", "", "A name that is longer than fifteen bytes",
    ]

    private func webhook(_ id: WebhookID, _ name: String) -> Webhook {
        Webhook(document: ["webhook_id": JSON(id.rawValue), "webhook_name": JSON(name)])
    }

    @Test(
        "finds by identifier and by name what it holds, through changes of names, returns and removals",
        arguments: 0..<30)
    func finds(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let ids = (0..<25).map(Samples.id)
        let first = ids.prefix(Int.random(in: 0...25, using: &random))
            .map { webhook($0, Self.names.randomElement(using: &random) ?? "") }
        var listing = Listing(first, at: Timestamp(seconds: 0))
        var known = Dictionary(uniqueKeysWithValues: first.compactMap { webhook in webhook.id.map { ($0, webhook) } })
        for _ in 0..<400 {
            let id = ids.randomElement(using: &random) ?? ids[0]
            if Bool.random(using: &random) {
                listing.remove(id)
                known[id] = nil
            } else {
                let webhook = webhook(id, Self.names.randomElement(using: &random) ?? "")
                let wasThere = listing.put(webhook, as: id)
                #expect(wasThere == (known[id] != nil))
                known[id] = webhook
            }
            #expect(listing.count == known.count)
            #expect(listing[id] == known[id])
            for name in Self.names {
                #expect(listing.ids(named: name) == Set(known.filter { $0.value.name == name }.keys))
            }
        }
        #expect(Set(listing.ids) == Set(known.keys))
        for id in ids { #expect(listing[id] == known[id]) }
    }

    @Test("keeps the server's order, the last of two with one identifier, and counts those")
    func repeated() {
        let listing = Listing(
            [webhook(Samples.id(2), "B"), webhook(Samples.id(1), "A"), webhook(Samples.id(2), "C")],
            at: Timestamp(seconds: 0))
        #expect(listing.ids == [Samples.id(2), Samples.id(1)])
        #expect(listing.repeatedCount == 1)
        #expect(listing[Samples.id(2)]?.name == "C")
        #expect(listing.ids(named: "B").isEmpty)
        #expect(listing.ids(named: "C") == [Samples.id(2)])
    }
}
