import Testing

@testable import Shell

@Suite("config.yaml")
struct ConfigurationTests {
    private func read(_ text: String) throws -> Configuration {
        try ConfigurationReader.read(text, path: "config.yaml")
    }

    @Test("a profile is read with all its members")
    func whole() throws {
        let configuration = try read(
            """
            default: production
            secret_command: pass show
            profiles:
              production:
                base: https://api.example.com
                key_command: pass show mixpeek
                production: true
                tier: pro
                dialect: post-list
                request_timeout: 45s
                secrets: keep
              staging: {key: sk_test}
            """)
        let profile = try #require(configuration.profile(named: "production"))
        #expect(profile.base == "https://api.example.com")
        #expect(profile.key == .command("pass show mixpeek"))
        #expect(profile.isProduction)
        #expect(profile.tier == .pro)
        #expect(profile.dialect == .paged)
        #expect(profile.requestTimeout == .seconds(45))
        #expect(profile.secrets == .keep)
        #expect(configuration.defaultProfile == "production")
        #expect(configuration.secretCommand == "pass show")
        #expect(configuration.profile(named: "staging")?.key == .literal(Secret("sk_test")))
        #expect(configuration.holdsKey)
    }

    @Test("an empty file is an empty configuration", arguments: ["", "\n", "# only a comment\n", "profiles:\n"])
    func empty(_ text: String) throws {
        #expect(try read(text) == Configuration())
    }

    @Test(
        "what is wrong is named with its line",
        arguments: [
            ("profiles:\n  a:\n    bse: x\n", 3, ConfigurationError.Reason.unknownMember("bse", nearest: "base")),
            ("defalt: a\n", 1, .unknownMember("defalt", nearest: "default")),
            ("default: b\nprofiles:\n  a: {}\n", 1, .unknownDefault("b", nearest: "a")),
            ("profiles:\n  a:\n    production: maybe\n", 3, .badValue(member: "production", expected: "true or false")),
            ("profiles:\n  a:\n    key: x\n    key_command: y\n", 4, .keyAndCommand),
            ("- a\n", 1, .notAMapping("the file")),
            ("profiles:\n  a:\n    base: x\n    base: y\n", 3, .duplicateMember("base")),
        ])
    func mistakes(_ text: String, _ line: Int, _ reason: ConfigurationError.Reason) throws {
        do {
            _ = try read(text)
            Issue.record("accepted")
        } catch let error as ConfigurationError {
            #expect(error.line == line)
            #expect(error.reason == reason)
        }
    }

    @Test("broken YAML is a syntax error")
    func syntax() {
        #expect(throws: ConfigurationError.self) { try read("profiles: [") }
    }

    @Test("a file with a key that others may read is refused, and one without a key is not")
    func modes() throws {
        let paths = try #require(Paths(environment: ["HOME": "/home/u"]))
        let files = MemoryFiles()
        files.put("profiles: {a: {key: sk_x}}\n", at: paths.configFile, mode: 0o644)
        #expect(throws: ConfigurationError(path: paths.configFile, reason: .tooOpen(mode: 0o644))) {
            try ConfigurationStore(paths: paths, files: files).load()
        }
        files.put("profiles: {a: {key_command: x}}\n", at: paths.configFile, mode: 0o644)
        #expect(try ConfigurationStore(paths: paths, files: files).load().profiles.count == 1)
    }

    @Test("a file that others may write, or that is another user's, is refused whatever it holds")
    func untrusted() throws {
        let paths = try #require(Paths(environment: ["HOME": "/home/u"]))
        let files = MemoryFiles()
        let store = ConfigurationStore(paths: paths, files: files)
        for (mode, isOwn) in [(UInt32(0o620), true), (0o602, true), (0o644, false), (0o600, false)] {
            files.put("profiles: {a: {key_command: x}}\n", at: paths.configFile, mode: mode, isOwn: isOwn)
            let reason = ConfigurationError.Reason.untrusted(mode: mode, isOwn: isOwn)
            #expect(throws: ConfigurationError(path: paths.configFile, reason: reason)) { try store.load() }
        }
    }

    @Test("a change keeps comments and order, and is private")
    func change() throws {
        let paths = try #require(Paths(environment: ["HOME": "/home/u"]))
        let files = MemoryFiles()
        files.put("# mine\nprofiles:\n  # the first\n  a:\n    base: https://a.example\n", at: paths.configFile)
        let store = ConfigurationStore(paths: paths, files: files)
        try store.change { text throws(ConfigurationError) in
            try text.addProfile("b", members: [("base", "https://b.example")])
            try text.setMember("key", to: "\"sk_1\"", ofProfile: "a")
            try text.setDefault("b")
        }
        #expect(
            files.text(paths.configFile)
                == """
                default: b
                # mine
                profiles:
                  # the first
                  a:
                    key: "sk_1"
                    base: https://a.example
                  b:
                    base: https://b.example

                """)
        #expect(files.mode(paths.configFile) == 0o600)
        try store.change { text throws(ConfigurationError) in try text.removeProfile("a") }
        #expect(try store.load().profiles.map(\.name) == ["b"])
    }

    @Test("a write that fails leaves the file as it was")
    func failedWrite() throws {
        let paths = try #require(Paths(environment: ["HOME": "/home/u"]))
        let files = MemoryFiles()
        files.put("default: sandbox\n", at: paths.configFile)
        files.refuseWrites(.noSpace)
        let store = ConfigurationStore(paths: paths, files: files)
        #expect(throws: ConfigurationError.self) {
            try store.change { text throws(ConfigurationError) in try text.addProfile("a", members: []) }
        }
        #expect(files.text(paths.configFile) == "default: sandbox\n")
    }
}
