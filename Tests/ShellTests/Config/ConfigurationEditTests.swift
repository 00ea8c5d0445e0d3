import Testing

@testable import Shell

@Suite("config.yaml, changed by lines")
struct ConfigurationEditTests {
    private typealias Edit = (inout ConfigurationText) throws(ConfigurationError) -> Void

    private static let path = Paths(environment: ["HOME": "/home/u"])!.configFile

    /// The file after an edit.
    private func edited(_ text: String, _ edit: Edit) throws -> String {
        let paths = try #require(Paths(environment: ["HOME": "/home/u"]))
        let files = MemoryFiles()
        files.put(text, at: Self.path)
        do { try ConfigurationStore(paths: paths, files: files).change(edit) } catch {
            #expect(files.text(Self.path) == text, "a refused edit changed the file")
            throw error
        }
        return files.text(Self.path) ?? ""
    }

    private func expectRefusal(
        _ text: String, _ obstacle: ConfigurationObstacle, line: Int?, _ edit: Edit,
        at place: SourceLocation = #_sourceLocation
    ) {
        do {
            let result = try edited(text, edit)
            Issue.record("made: \(result)", sourceLocation: place)
        } catch let error as ConfigurationError {
            #expect(error.reason == .notEditable(obstacle), sourceLocation: place)
            #expect(error.line == line, sourceLocation: place)
        } catch {
            Issue.record(error, sourceLocation: place)
        }
    }

    private let login: Edit = { text throws(ConfigurationError) in
        try text.setMember("key", to: "\"sk_2\"", ofProfile: "a", removing: ["key_command"])
    }

    @Test("a file with CR LF is changed and keeps it")
    func carriageReturns() throws {
        let text = "# mine\r\nprofiles:\r\n  a:\r\n    key: sk_1 # old\r\n    base: https://a.example\r\n"
        #expect(
            try edited(text, login)
                == "# mine\r\nprofiles:\r\n  a:\r\n    key: \"sk_2\" # old\r\n    base: https://a.example\r\n")
        let added = try edited(text) { text throws(ConfigurationError) in
            try text.addProfile("b", members: [("base", "https://b.example")])
            try text.setDefault("b")
        }
        #expect(added.hasPrefix("default: b\r\n# mine\r\n"))
        #expect(added.hasSuffix("base: https://a.example\r\n  b:\r\n    base: https://b.example\r\n"))
        #expect(
            try edited(added) { text throws(ConfigurationError) in
                try text.removeDefault()
                try text.removeProfile("b")
            } == text)
    }

    @Test("what stands on the line of a changed value stays: its place, its indentation, its comment")
    func comments() throws {
        #expect(
            try edited("default: a # today\nprofiles: # all\n    a: {} # empty\n    b: {key: x}\n", login)
                == "default: a # today\nprofiles: # all\n    a: # empty\n      key: \"sk_2\"\n    b: {key: x}\n")
        #expect(
            try edited("default: 'a'   # today\nprofiles: {a: {}, b: {}}") { text throws(ConfigurationError) in
                try text.setDefault("b")
            } == "default: b   # today\nprofiles: {a: {}, b: {}}")
    }

    @Test("a key in a block, and a key_command in one, make way for a new key and take nothing with them")
    func blocks() throws {
        for header in ["|", ">-", "|+ # a block", "|2-"] {
            let comment = header.contains("#") ? " # a block" : ""
            let text =
                "profiles:\n  a:\n    key: \(header)\n      sk_1\n      # no comment\n    # of base\n    base: http://a\n"
            #expect(
                try edited(text, login)
                    == "profiles:\n  a:\n    key: \"sk_2\"\(comment)\n    # of base\n    base: http://a\n", "\(header)")
        }
        #expect(
            try edited(
                "profiles:\n  a:\n    key_command: >-\n      pass\n      show\n    # of base\n    base: http://a\n",
                login)
                == "profiles:\n  a:\n    key: \"sk_2\"\n    # of base\n    base: http://a\n")
    }

    @Test("a file that breaks off, begins with a byte order mark, or holds only a mark is changed all the same")
    func edges() throws {
        let add: Edit = { text throws(ConfigurationError) in try text.addProfile("b", members: []) }
        #expect(try edited("", add) == "profiles:\n  b: {}\n")
        #expect(try edited("default: sandbox", add) == "default: sandbox\nprofiles:\n  b: {}\n")
        #expect(try edited("# none\n\n\n", add) == "# none\nprofiles:\n  b: {}\n\n\n")
        #expect(try edited("---\n", add) == "---\nprofiles:\n  b: {}\n")
        #expect(try edited("profiles: {} # none\n", add) == "profiles: # none\n  b: {}\n")
        #expect(
            try edited("\u{FEFF}profiles:\r\n a:\r\n  base: http://a", add)
                == "\u{FEFF}profiles:\r\n a:\r\n  base: http://a\r\n b: {}\r\n")
        #expect(
            try edited("%YAML 1.1\n---\nprofiles:\n  a: {}\n...\n") { text throws(ConfigurationError) in
                try text.setDefault("a")
            } == "%YAML 1.1\n---\ndefault: a\nprofiles:\n  a: {}\n...\n")
    }

    @Test("a profile goes with its comments, and with no other's")
    func removal() throws {
        let text =
            "profiles:\n  # of a\n  a:\n    base: http://a\n    # in a\n  # of b\n  b: {key: x,\n    tier: free}\n# end\n"
        #expect(
            try edited(text) { text throws(ConfigurationError) in try text.removeProfile("a") }
                == "profiles:\n  # of a\n  # of b\n  b: {key: x,\n    tier: free}\n# end\n")
        #expect(
            try edited(text) { text throws(ConfigurationError) in try text.removeProfile("b") }
                == "profiles:\n  # of a\n  a:\n    base: http://a\n    # in a\n  # of b\n# end\n")
    }

    @Test("what cannot be changed by lines is refused with its line, and the file stays")
    func refusals() throws {
        expectRefusal("profiles: {a: {base: http://a}}\n", .flow("profiles"), line: 1, login)
        expectRefusal("default: sandbox\nprofiles:\n  a: {base: http://a}\n", .flow("profiles.a"), line: 3, login)
        expectRefusal("{profiles: {a: {}}}\n", .flow("the file"), line: 1, login)
        expectRefusal("profiles:\n  a:\n    {base: http://a}\n", .flow("profiles.a"), line: 2, login)
        expectRefusal("profiles:\n  a: &x\n    base: http://a\n  b: *x\n", .anchor, line: 2, login)
        expectRefusal("profiles:\n  a:\n    key: !!str sk_1\n", .property("key"), line: 3, login)
        expectRefusal("profiles:\n  a:\n    key: \"sk_\\\n      1\"\n", .severalLines("key"), line: 3, login)
        expectRefusal("profiles:\n  a:\n    key:\n      sk_1\n", .severalLines("key"), line: 3, login)
        expectRefusal("profiles:\n  ? a\n  : base: http://a\n", .explicitName("a"), line: 2, login)
        expectRefusal("profiles:\n  b: {}\n", .absent("profiles.a"), line: nil, login)
        expectRefusal("profiles: {a: {}}\n", .flow("profiles"), line: 1) { text throws(ConfigurationError) in
            try text.addProfile("b", members: [])
        }
        expectRefusal("profiles: {a: {}}\n", .flow("profiles"), line: 1) { text throws(ConfigurationError) in
            try text.removeProfile("a")
        }
        expectRefusal("{default: sandbox}\n", .flow("the file"), line: 1) { text throws(ConfigurationError) in
            try text.addProfile("b", members: [])
        }
    }

    @Test("a file that is wrong before the change is refused for that")
    func wrongBefore() throws {
        for text in [
            "profiles:\n  a:\n    base: x\n    base: y\n", "profiles:\n\ta:\n\t\tbase: x\n", "profiles: [\n",
            "profiles:\n  a:\n    bse: x\n", "profiles:\n  a: {}\n---\nprofiles:\n  b: {}\n",
        ] {
            #expect(throws: ConfigurationError.self, "\(text)") { try edited(text, login) }
        }
    }
}

@Suite("What config.yaml may say")
struct ConfigurationKeyTests {
    @Test("each example of a profile's member is taken, and counts", arguments: ProfileKey.allCases)
    func examples(_ key: ProfileKey) throws {
        let nothing = try ConfigurationReader.read("profiles:\n  a: {}\n", path: "c").profiles
        var found: Set<Profile> = []
        for example in key.entry.examples {
            let text = "profiles:\n  a:\n    \(key.rawValue): \(example)\n"
            found.formUnion(try ConfigurationReader.read(text, path: "c").profiles)
        }
        #expect(found.count == key.entry.examples.count)
        #expect(!found.subtracting(nothing).isEmpty, "it is read, and changes nothing")
    }

    @Test("a value that is no value for a member is an error at its line", arguments: ProfileKey.allCases)
    func badValues(_ key: ProfileKey) {
        let text = "profiles:\n  a:\n    \(key.rawValue): {x: y}\n"
        do {
            _ = try ConfigurationReader.read(text, path: "c")
            Issue.record("taken")
        } catch {
            #expect(error.line == 3)
        }
    }

    @Test("each example of a top member is taken", arguments: ConfigurationKey.allCases)
    func topExamples(_ key: ConfigurationKey) throws {
        for example in key.entry.examples {
            _ = try ConfigurationReader.read("\(key.rawValue): \(example)\n", path: "c")
        }
    }
}
