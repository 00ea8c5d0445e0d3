import FoundationEssentials
import Testing

@testable import HookScript

@Suite("Inputs that fuzzing found")
struct FuzzCorpusTests {
    private static let files: [(name: String, bytes: [UInt8])] = {
        let root = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Fixtures/fuzz/script"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return names.sorted().compactMap { name in
            (try? Data(contentsOf: URL(filePath: root + "/" + name))).map { (name, Array($0)) }
        }
    }()

    @Test("each is read, written in its form, checked and run to an end", arguments: files.map(\.name))
    func replay(_ name: String) async throws {
        let bytes = try #require(Self.files.first { $0.name == name }?.bytes)
        let source = SourceText(name: name, bytes: bytes)
        let host = TestHost()
        _ = Parser.isIncomplete(source, signatures: host)
        #expect(Parser.completion(at: source, signatures: host).span.end == bytes.count)
        guard let script = try? Parser.parse(source, signatures: host) else { return }
        try expectRoundTrip(script)
        _ = script.check(against: Surroundings(signatures: host, fields: TestFields(), aliasCommand: "alias"))
        var limits = Limits.forTests
        limits.steps = 500
        _ = try? await Interpreter(host: host, limits: limits).run(script)
    }
}
