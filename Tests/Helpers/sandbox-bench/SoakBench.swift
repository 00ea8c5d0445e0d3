import Sandbox

/// Requests of every kind, over and over: whether memory stays as it is.
enum SoakBench {
    static func run() async throws {
        try await SandboxBench.withFile { storage in
            var configuration = SandboxBench.configuration(storage, webhooks: 200)
            configuration.delivery.keptEvents = 2_000
            let server = SandboxServer(configuration)
            let address = try await server.start()
            try await LoadClient.with(address.base) { client in
                for round in 1...6 {
                    let rate = try await client.rate(3_000, tasks: 8) { client, number in
                        let id = "wh_abc123def4"
                        switch number % 5 {
                        case 0: try await client.send(.POST, "/v1/organizations/webhooks/list?limit=200")
                        case 1:
                            let document = String(
                                buffer: try await client.send(.GET, "/v1/organizations/webhooks/\(id)"))
                            try await client.send(.PUT, "/v1/organizations/webhooks/\(id)", document)
                        case 2:
                            try await client.send(.POST, "/v1/sandbox/events", #"{"event_type":"taxonomy.created"}"#)
                        case 3: try await client.send(.GET, "/v1/sandbox/deliveries?limit=50")
                        default: try await client.send(.GET, "/metrics")
                        }
                    }
                    SandboxBench.print("round \(round): \(Int(rate)) requests a second, \(residentMegabytes()) MiB")
                }
            }
            await server.stop()
        }
    }
}
