import Testing

@testable import Shell

@Suite("Which profile a run works on")
struct ProfileResolverTests {
    private let configuration = Configuration(
        defaultProfile: "staging",
        profiles: [
            Profile(name: "staging", base: "https://staging.example", key: .literal(Secret("sk_1"))),
            Profile(name: "production", base: "https://api.example", key: .command("x")),
        ])

    private func resolve(
        _ change: (inout ProfileResolver.Request) -> Void = { _ in }, _ environment: [String: String] = [:]
    ) throws -> Profile {
        var request = ProfileResolver.Request()
        change(&request)
        return try ProfileResolver.resolve(request, configuration: configuration, environment: environment)
    }

    @Test("the flag comes first, then the environment, then the default, then the sandbox")
    func order() throws {
        let environment = ["MIXPEEK_API_KEY": "sk_2"]
        #expect(try resolve({ $0.profile = "production" }, environment).name == "production")
        #expect(try resolve({ _ in }, environment).key == .environment(variable: "MIXPEEK_API_KEY"))
        #expect(try resolve({ _ in }, environment).base == "https://api.mixpeek.com")
        #expect(try resolve().name == "staging")
        #expect(try ProfileResolver.resolve(.init(), configuration: Configuration(), environment: [:]).isSandbox)
        #expect(try resolve({ $0.sandbox = true }, environment).isSandbox)
    }

    @Test("a base in the environment without a key is a missing key, not another profile; an empty key is none")
    func baseOfEnvironment() throws {
        #expect(try resolve({ _ in }, ["MIXPEEK_API_BASE": "http://127.0.0.1:1"]).key == .none)
        #expect(
            try resolve({ _ in }, ["MIXPEEK_API_KEY": "", "MIXPEEK_API_BASE": "http://127.0.0.1:1"]).key == .none)
        #expect(try resolve({ _ in }, ["MIXPEEK_API_KEY": ""]).name == "staging")
        let both = ["MIXPEEK_API_KEY": "k", "MIXPEEK_API_BASE": "http://127.0.0.1:1"]
        #expect(try resolve({ _ in }, both).base == "http://127.0.0.1:1")
    }

    @Test("the key of a profile goes to no other host")
    func otherHost() {
        #expect(throws: ProfileResolver.Failure.self) {
            try resolve {
                $0.profile = "production"
                $0.base = "https://evil.example"
            }
        }
    }

    @Test("an unknown profile is an error that lists those there are")
    func unknown() {
        #expect(throws: ProfileResolver.Failure.unknownProfile("prod", known: ["staging", "production", "sandbox"])) {
            try resolve { $0.profile = "prod" }
        }
    }

    @Test(
        "what is no base URL is refused",
        arguments: [
            "", "api.example", "ftp://x", "https://", "https://user:pass@x", "https://x y", "file:///etc/passwd",
        ])
    func badBase(_ base: String) {
        #expect(throws: ProfileResolver.Failure.badBase(base)) { try resolve { $0.base = base } }
    }
}
