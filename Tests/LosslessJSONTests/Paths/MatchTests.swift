import Testing

@testable import LosslessJSON

@Suite("Following paths")
struct MatchTests {
    private static let document: JSON = [
        "channels": [
            ["channel": "slack", "configs": ["channel_id": "C1"]],
            ["channel": "webhook", "configs": ["url": "u", "headers": ["X-Team": "t", "X-Env": "e"]]],
            "odd",
        ],
        "name": "n",
    ]

    private func matches(_ path: String) throws -> [String] {
        for document in [Self.document, try JSON(parsing: Self.document.bytes(.pretty))] {
            let found = document.matches(of: try JSONPath(parsing: path))
            for match in found { #expect(document.value(at: match.path) == match.value) }
            if document == Self.document { return found.map { "\($0.path)=\($0.value)" } }
        }
        return []
    }

    @Test("* crosses every element and member, in order; what is not there does not match")
    func wildcards() throws {
        #expect(
            try matches("channels[*].channel") == ["channels[0].channel=\"slack\"", "channels[1].channel=\"webhook\""])
        #expect(
            try matches("channels.*.configs.headers.*")
                == ["channels[1].configs.headers.X-Team=\"t\"", "channels[1].configs.headers.X-Env=\"e\""])
        #expect(try matches("*") == ["channels=\(Self.document["channels"]!)", "name=\"n\""])
        #expect(try matches("name.*") == [])
        #expect(try matches("missing.*") == [])
        #expect(try matches("*.missing") == [])
    }

    @Test("a concrete path matches once, under its canonical form")
    func concrete() throws {
        #expect(try matches("name") == ["name=\"n\""])
        #expect(try matches(".").count == 1)
        #expect(try matches("channels.2") == ["channels[2]=\"odd\""])
        #expect(try matches("channels[3]") == [])
    }

    @Test("a path with * is no single place")
    func notConcrete() {
        #expect(Self.document.value(at: ["channels", .any]) == nil)
        #expect(Self.document[["channels", 2]] == "odd")
    }
}
