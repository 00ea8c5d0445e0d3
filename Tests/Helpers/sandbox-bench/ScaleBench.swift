import Sandbox

/// Many webhooks and more and more events (100,000 and a million): whether a list and the way of an event become slower as they gather.
enum ScaleBench {
    static func run(_ counts: [Int]) async throws {
        let (webhooks, events) = (counts[0], counts[1])
        try await SandboxBench.withFile { storage in
            let clock = ContinuousClock()
            let start = clock.now
            var configuration = SandboxBench.configuration(storage, webhooks: webhooks)
            configuration.delivery.keptEvents = events * 2
            let server = SandboxServer(configuration)
            let address = try await server.start()
            SandboxBench.print("\(webhooks) webhooks seeded in \(seconds(start.duration(to: clock.now)))")
            try await LoadClient.with(address.base) { client in
                _ = try await client.send(
                    .POST, "/v1/organizations/webhooks",
                    """
                    {"webhook_name":"bench","event_types":["bench.event"],"channels":[{"channel":"webhook",\
                    "configs":{"url":"https://bench.example.com/"}}]}
                    """)
                var stored = 0
                for goal in [events / 100, events / 4, events / 2, events] {
                    let begin = clock.now
                    while stored < goal {
                        try await client.send(
                            .POST, "/v1/sandbox/events", #"{"event_type":"bench.event","count":1000}"#)
                        stored += 1_000
                    }
                    let storing = begin.duration(to: clock.now)
                    while try await waiting(client) { try await Task.sleep(for: .milliseconds(20)) }
                    let dispatching = begin.duration(to: clock.now)
                    let list = try await client.rate(60, tasks: 2) { client, number in
                        try await client.send(
                            .POST, "/v1/organizations/webhooks/list?limit=1000&offset=\(number * 100)")
                    }
                    let deliveries = try await client.rate(200, tasks: 2) { client, _ in
                        try await client.send(.GET, "/v1/sandbox/deliveries?limit=100")
                    }
                    let single = try await client.rate(200, tasks: 1) { client, _ in
                        try await client.send(.POST, "/v1/sandbox/events", #"{"event_type":"bench.event"}"#)
                        try await client.send(.GET, "/v1/sandbox/outbox?limit=1")
                    }
                    SandboxBench.print(
                        "\(goal) events: last stored in \(seconds(storing)), dispatched by \(seconds(dispatching)); "
                            + "lists of 1,000 \(Int(list)) a second, of deliveries \(Int(deliveries)), "
                            + "event to outbox \(Int(single)); \(residentMegabytes()) MiB")
                }
            }
            await server.stop()
        }
    }

    private static func waiting(_ client: LoadClient) async throws -> Bool {
        let health = String(buffer: try await client.send(.GET, "/v1/health"))
        return !health.contains(#""channels_waiting":0"#)
    }

    private static func seconds(_ duration: Duration) -> String {
        "\(Double(Int(duration / .milliseconds(100))) / 10) s"
    }
}
