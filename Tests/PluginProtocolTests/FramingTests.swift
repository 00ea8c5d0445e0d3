import LosslessJSON
import PluginProtocol
import TestSupport
import Testing

@Suite("Lines of a stream")
struct FramingTests {
    private func lines(_ text: String, pieces: Int) -> [String] {
        var decoder = LineDecoder()
        var found: [String] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            for case .line(let line) in decoder.feed(rest.prefix(pieces)) {
                found.append(String(decoding: line, as: UTF8.self))
            }
            rest = rest.dropFirst(pieces)
        }
        return found
    }

    @Test("come out whole, whatever pieces they came in", arguments: 1...12)
    func pieces(_ size: Int) {
        #expect(lines("one\ntwo\r\n\n \t\nä€😀\nrest", pieces: size) == ["one", "two", "ä€😀"])
    }

    @Test("a line that was cut off is what is left")
    func rest() {
        var decoder = LineDecoder()
        #expect(decoder.feed(Array("a\nbc".utf8)) == [.line([97])])
        #expect(decoder.finish() == Array("bc".utf8))
        #expect(decoder.finish() == nil)
    }

    @Test("a line at the limit passes; one byte more ends the decoding", arguments: [1, 3, 100])
    func limit(_ piece: Int) {
        var decoder = LineDecoder(limit: 10)
        #expect(decoder.feed(Array("0123456789\n".utf8)) == [.line(Array("0123456789".utf8))])
        var events: [LineDecoder.Event] = []
        var rest = Array("0123456789x\nmore\n".utf8)[...]
        while !rest.isEmpty {
            events += decoder.feed(rest.prefix(piece))
            rest = rest.dropFirst(piece)
        }
        #expect(events == [.overflow(limit: 10)])
    }

    @Test("nothing comes of nothing")
    func empty() {
        var decoder = LineDecoder()
        #expect(decoder.feed([UInt8]()).isEmpty)
        #expect(decoder.feed(Array("\n\n\r\n".utf8)).isEmpty)
    }

    private func content(_ line: String) -> LineContent { LineContent(Array(line.utf8)) }

    @Test(
        "what is no JSON is noise",
        arguments: [
            "hello", "Traceback (most recent call last):", "{", #"{"jsonrpc":"2.0""#, "{]", "\u{FEFF}{}", "'x'",
        ])
    func noise(_ line: String) {
        guard case .noise = content(line) else {
            Issue.record("\(content(line))")
            return
        }
    }

    private static let faulty: [(line: String, fault: MessageFault)] = [
        ("42", .notAnObject(.number)), ("null", .notAnObject(.null)), ("[]", .batch), ("{}", .wrongVersion),
        (#"{"jsonrpc":"1.0","id":1,"result":1}"#, .wrongVersion), (#"{"jsonrpc":"2.0","id":1}"#, .shapeless),
        (#"{"jsonrpc":"2.0","result":1}"#, .shapeless), (#"{"jsonrpc":"2.0","id":null,"result":1}"#, .invalidID),
        (#"{"jsonrpc":"2.0","id":1.5,"result":1}"#, .invalidID), (#"{"jsonrpc":"2.0","id":[],"result":1}"#, .invalidID),
        (#"{"jsonrpc":"2.0","id":1,"result":1,"error":{"code":1,"message":""}}"#, .shapeless),
        (#"{"jsonrpc":"2.0","id":1,"error":{}}"#, .invalidError),
        (#"{"jsonrpc":"2.0","id":1,"error":"x"}"#, .invalidError),
        (#"{"jsonrpc":"2.0","method":1}"#, .invalidMethod),
        (#"{"jsonrpc":"2.0","method":"a","params":1}"#, .invalidParams),
        (#"{"jsonrpc":"2.0","method":"a","id":null}"#, .invalidID), (#"{"a":1,"a":2}"#, .duplicateMember("a")),
    ]

    @Test("what is JSON and no message is a fault", arguments: faulty.indices)
    func faults(_ index: Int) {
        let (line, fault) = Self.faulty[index]

        guard case .fault(fault) = content(line) else {
            Issue.record("\(content(line))")
            return
        }
    }

    @Test("bytes that are no UTF-8 are a fault, in JSON and out of it")
    func badUTF8() {
        for line in [
            [0xFF], Array(#"{"a":""#.utf8) + [0xC3, 0x28] + Array("\"}".utf8), Array("hello ".utf8) + [0xE2, 0x82],
        ] {
            guard case .fault(.invalidUTF8) = LineContent(line) else {
                Issue.record("\(line)")
                continue
            }
        }
    }

    @Test("a message is read back as it was written")
    func roundTrip() throws {
        let messages: [Message] = [
            .request(id: .number(7), method: "a/b", params: ["x": [1.50, "é\n", nil]]),
            .notification(method: "$/cancel", params: ["id": 7]), .result(id: .text("q\"1"), nil),
            .failure(id: .number(1), RPCError(.denied, "no", data: [1])), .failure(id: nil, RPCError(.parseError, "?")),
        ]
        for message in messages {
            let line = message.line
            #expect(line.last == 0x0A && line.count { $0 == 0x0A } == 1)
            guard case .message(let read) = LineContent(Array(line.dropLast())) else {
                Issue.record("\(message)")
                continue
            }
            #expect(read.line == line)
        }
    }

    @Test("the head of a request is in the order that a shell script may rely on")
    func order() {
        let line = Message.requestLine(id: .number(3), method: "complete", params: Array("{}".utf8))
        #expect(
            String(decoding: line, as: UTF8.self)
                == "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"complete\",\"params\":{}}\n")
    }

    @Test("no bytes at all make the decoder or the reader trap", arguments: 0..<100)
    func random(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("{}[]\":,\\\n\r 0127.eE+-tfnul\u{FF}\"jsonrpc2.0idmethodresult".utf8)
        let bytes = (0..<400).map { _ in
            random.next() % 9 == 0
                ? UInt8(truncatingIfNeeded: random.next()) : alphabet[Int(random.next() % UInt64(alphabet.count))]
        }
        var decoder = LineDecoder(limit: 64)
        for event in decoder.feed(bytes) { if case .line(let line) = event { _ = LineContent(line) } }
    }
}

@Suite("Text from a plugin")
struct PlainTextTests {
    @Test(
        "loses what acts on a terminal, and nothing else",
        arguments: [
            ("plain äöü 監視\n\ttab", "plain äöü 監視\n\ttab"), ("\u{1B}[31mred\u{1B}[0m", "red"),
            ("a\u{1B}]0;title\u{7}b", "ab"),
            ("a\u{1B}]8;;http://x\u{1B}\\b", "ab"), ("a\r\nb", "a\nb"), ("\u{9B}2Jx", "x"),
            ("a\u{202E}b\u{200B}c", "abc"),
            ("\u{1B}Pq#0\u{1B}\\z", "z"), ("\u{1B}", ""), ("\u{1B}[", ""), ("\u{1B}]unended", ""),
            ("\u{1B}]un\nended", "\nended"),
            ("\u{7F}\u{80}\u{0}", ""),
        ])
    func stripped(_ text: String, _ plain: String) {
        #expect(PlainText.stripped(text) == plain)
        #expect(PlainText.stripped(plain) == plain)
    }

    @Test("on one line has no line feed and no tab")
    func line() {
        #expect(PlainText.strippedLine("a\nb\tc\r") == "a b c")
    }
}
