import Testing

@testable import HookScript

@Suite("Regular expressions")
struct PatternTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let pattern: String
        let text: String
        /// What the whole match covers; nil for no match.
        let match: String?
        var testDescription: String { "\(pattern) on \(text)" }

        init(_ pattern: String, _ text: String, _ match: String?) {
            self.pattern = pattern
            self.text = text
            self.match = match
        }
    }

    static let cases: [Case] = [
        Case("abc", "xabcx", "abc"), Case("abc", "ab", nil), Case("", "abc", ""), Case("a|b", "cb", "b"),
        Case("a|ab", "ab", "a"), Case("ab|a", "ab", "ab"), Case("a*", "aaab", "aaa"), Case("a*?", "aaab", ""),
        Case("a+", "baaa", "aaa"), Case("a+?", "baaa", "a"), Case("a?b", "ab", "ab"), Case("a{2}", "aaaa", "aa"),
        Case("a{2,}", "aaaa", "aaaa"), Case("a{1,3}", "aaaa", "aaa"), Case("a{1,3}?", "aaaa", "a"),
        Case("a{0}b", "ab", "b"), Case("a{", "a{", "a{"), Case("^a", "ba", nil), Case("a$", "ab", nil),
        Case("^$", "", ""),
        Case("^a$", "a", "a"), Case("[a-c]+", "xxabcd", "abc"), Case("[^a-c]+", "abxyc", "xy"), Case("[]", "x", nil),
        Case("[a\\]]+", "x]a]", "]a]"), Case("[-a]+", "a-", "a-"), Case("[a-]+", "-a", "-a"),
        Case("[\\d.]+", "v1.2", "1.2"),
        Case("\\d+", "ab12", "12"), Case("\\D+", "12ab", "ab"), Case("\\w+", "-a_1-", "a_1"), Case("\\W", "a-", "-"),
        Case("\\s", "a b", " "), Case("\\S+", " ab", "ab"), Case("[\\D]", "1a", "a"), Case(".", "\n", nil),
        Case(".+", "日本", "日本"), Case("日.", "x日本", "日本"), Case("\\bfoo\\b", "a foo b", "foo"),
        Case("\\bfoo\\b", "afoob", nil), Case("\\Boo", "foo", "oo"), Case("(?:ab)+", "ababa", "abab"),
        Case("(a)(b)?", "a", "a"), Case("(?i)ABC", "xabc", "abc"), Case("(?i)[a-z]+", "ABC", "ABC"),
        Case("(?i)größe", "GRÖSSE", nil), Case("(?i)größe", "GRÖßE", "GRÖßE"), Case("\\u{65E5}", "日", "日"),
        Case("\\.\\*\\/", ".*/", ".*/"), Case("\\t", "\t", "\t"), Case("(a*)*", "aaa", "aaa"),
        Case("(a|b)*c", "abac", "abac"),
        Case("(|a)+", "aaa", "aaa"), Case("x*", "aaa", ""), Case("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa!", nil),
        Case("a.c", "abc a\nc", "abc"), Case("[^\\n]+", "ab\ncd", "ab"), Case("()", "a", ""), Case("a||b", "b", ""),
    ]

    @Test("what matches, and how much of it", arguments: cases)
    func matches(_ test: Case) throws {
        guard test.pattern != "[]" else {
            #expect(throws: PatternError.self) { try Pattern("[]") }
            return
        }
        let pattern = try Pattern(test.pattern)
        let bytes = Array(test.text.utf8)
        let found = pattern.firstMatch(in: bytes).map { String(decoding: bytes[$0.range], as: UTF8.self) }
        if test.pattern == "(|a)+" { #expect(found != nil) } else { #expect(found == test.match) }
        #expect(pattern.matches(test.text) == (test.match != nil))
    }

    @Test("groups are where they matched last, or nowhere")
    func groups() throws {
        let bytes = Array("key=value".utf8)
        let match = try #require(try Pattern("(\\w+)=(\\w+)(x)?").firstMatch(in: bytes))
        let texts = match.groups.map { $0.map { String(decoding: bytes[$0], as: UTF8.self) } }
        #expect(texts == ["key", "value", nil])
    }

    @Test("all matches, empty ones too, go forward")
    func all() throws {
        #expect(try Pattern("a").allMatches(in: "banana").map(\.range) == [1..<2, 3..<4, 5..<6])
        #expect(try Pattern("x*").allMatches(in: "é1").map(\.range) == [0..<0, 2..<2, 3..<3])
        #expect(try Pattern("\\b").allMatches(in: "ab cd").count == 4)
    }

    @Test(
        "what an automaton cannot do, and what is malformed, is refused by name",
        arguments: [
            ("(", PatternProblem.unmatchedParenthesis), (")", .unmatchedParenthesis), ("[a", .unmatchedBracket),
            ("*a", .nothingToRepeat), ("a**", .nothingToRepeat), ("a+*", .nothingToRepeat), ("^*", .nothingToRepeat),
            ("[z-a]", .invalidRange), ("a{3,2}", .invalidRepetition), ("a{2", .invalidRepetition),
            ("a{1001}", .repetitionTooLarge(1000)), ("\\1", .unsupported("\\1")), ("(?=a)", .unsupported("(?=")),
            ("(?<n>a)", .unsupported("(?<")), ("\\q", .unknownEscape("q")), ("\\", .unexpectedEnd),
            ("[]a]", .emptyClass),
            ("\\u{D800}", .unknownEscape("u")),
        ])
    func refused(_ pattern: String, _ problem: PatternProblem) {
        do throws(PatternError) {
            _ = try Pattern(pattern)
            Issue.record("it compiled")
        } catch {
            #expect(error.code == .invalidPattern(problem))
        }
    }

    @Test("work grows with the text times the pattern, for patterns that hang others")
    func linear() throws {
        for source in ["(a+)+$", "(a|a)*b", "(a|aa)+$", "(.*)*x", "a{0,50}a{50}"] {
            let pattern = try Pattern(source)
            func text(_ count: Int) -> [UInt8] { Array(repeating: UInt8(ascii: "a"), count: count) + [0x21] }
            func match(_ count: Int) -> Int {
                var run = PatternRun(pattern)
                _ = run.first(in: text(count), from: 0)
                return run.steps
            }
            func scan(_ count: Int) -> Int {
                text(count).withUnsafeBufferPointer { PatternScan.run(pattern, on: $0).steps }
            }
            for steps in [match, scan] {
                let (short, long) = (steps(500), steps(5000))
                #expect(long <= short * 11, "\(source): \(short) and \(long)")
                #expect(long <= 5002 * (pattern.program.count + 1))
            }
        }
    }

    @Test("repetitions of nothing take no time", arguments: ["(?:)", "a{0}"])
    func nothingRepeated(_ nothing: String) throws {
        let repeated = (0..<4).reduce(nothing) { source, _ in "(?:\(source)){1000}" }
        #expect(try Pattern(repeated + "b").matches("b"))
    }

    @Test("whether a pattern matches is the same asked by itself and with its groups", arguments: 0..<40)
    func agreement(_ seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let pieces = [
            "a", "b", ".", "^", "$", "\\b", "\\B", "(a|b)", "[^a]", "é", "x*", "b+?", "a{1,2}", "|", "(?:ab)?", "\\w",
        ]
        for _ in 0..<60 {
            let source = (0..<Int.random(in: 1...5, using: &random)).map { _ in pieces.randomElement(using: &random)! }
            guard let pattern = try? Pattern(source.joined(), ignoresCase: Bool.random(using: &random)) else {
                continue
            }
            for _ in 0..<10 {
                let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                    "abxé A\n".randomElement(using: &random)!
                }
                let found = pattern.firstMatch(in: Array(String(text).utf8)) != nil
                #expect(
                    pattern.matches(String(text)) == found, "/\(source.joined())/ on \(String(text).debugDescription)")
            }
        }
    }
}
