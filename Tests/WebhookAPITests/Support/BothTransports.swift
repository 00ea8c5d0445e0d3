import Testing

/// Runs each test of a suite over either transport: what is promised of one is promised of both.
struct BothTransports: SuiteTrait, TestTrait, TestScoping {
    let isRecursive = true

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        for route in Client.Route.allCases {
            try await Client.$route.withValue(route, operation: function)
        }
    }
}

extension Trait where Self == BothTransports {
    static var overBothTransports: Self { Self() }
}
