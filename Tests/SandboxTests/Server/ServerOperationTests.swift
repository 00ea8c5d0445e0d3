import Glibc
import LosslessJSON
import Testing

@testable import Sandbox

@Suite("The server's own operations")
struct ServerOperationTests {
    @Test("health needs no key and says how the server is")
    func health() async throws {
        try await Harness.run { sandbox async throws in
            sandbox.surroundings.advance(by: .seconds(7))
            let reply = try await sandbox.request("GET", "/v1/health", key: nil)
            #expect(reply.status == 200)
            #expect(reply.json == ["status": "ok", "uptime_seconds": 7, "channels_waiting": 0])
        }
    }

    @Test("metrics count requests, events and deliveries; no organization and no name is in them")
    func metrics() async throws {
        try await Harness.run { sandbox async throws in
            let id = try await sandbox.create(sampleDocument("secret name"))
            _ = try await sandbox.emit(["event_type": "object.created", "fields": ["note": "private"]])
            #expect(try await sandbox.outbox().count == 1)
            _ = try await sandbox.request("GET", "/nowhere/at/all")
            let text = try await sandbox.request("GET", "/metrics", key: nil).text
            for line in [
                #"sandbox_requests_total{operation="create_webhook",status="201"} 1"#,
                #"sandbox_requests_total{operation="none",status="404"} 1"#, "sandbox_events_total 1",
                #"sandbox_delivery_attempts_total{kind="slack",outcome="captured"} 1"#, "sandbox_lanes_waiting 0",
                #"sandbox_request_seconds_bucket{le="+Inf"} 4"#, "sandbox_request_seconds_count 4",
            ] { #expect(text.contains(line + "\n"), "\(line)") }
            for word in [id, "secret", "private", "nowhere"] { #expect(!text.contains(word)) }
            for line in text.split(separator: "\n") where !line.hasPrefix("#") {
                #expect(line.split(separator: " ").count == 2 && Double(line.split(separator: " ")[1]) != nil)
            }
        }
    }

    @Test("where other machines can ask, metrics want a key")
    func metricsFromAfar() async throws {
        try await Harness.run(
            seed: .none,
            {
                $0.listener = .tcp(host: "0.0.0.0")
                $0.keys = [SandboxKey("sk_wide")!]
            }
        ) { sandbox async throws in
            #expect(try await sandbox.request("GET", "/metrics", key: nil).status == 401)
            #expect(try await sandbox.request("GET", "/metrics", key: "sk_wide").status == 200)
            #expect(try await sandbox.request("GET", "/v1/health", key: nil).status == 200)
        }
    }

    @Test("the document that is served names every route, and every reference in it leads somewhere")
    func openAPI() async throws {
        try await Harness.run { sandbox async throws in
            let document = try await sandbox.request("GET", "/openapi.json", key: nil).json
            #expect(document?["openapi"] == "3.1.0")
            for route in RouteDeclaration.all {
                let method = route.method.rawValue.lowercased()
                #expect(document?["paths"]?[route.path]?[method]?["operationId"]?.string == route.id)
            }
            func references(_ value: JSON) -> [String] {
                if let own = value["$ref"]?.string { return [own] }
                return (value.object?.map { references($0.value) } ?? value.array?.map(references) ?? []).flatMap { $0 }
            }
            for reference in references(document ?? .null) {
                let name = reference.split(separator: "/").last.map(String.init) ?? ""
                #expect(document?["components"]?["schemas"]?[name] != nil, "\(reference)")
            }
        }
    }

    @Test("docs/openapi.json is the document that is served")
    func document() throws {
        // The package's folder, though this file may be reached by a link.
        let real = realpath("\(#filePath)", nil).map { pointer in
            defer { free(pointer) }
            return String(cString: pointer)
        }
        let root = (real ?? #filePath).split(separator: "/").dropLast(4).joined(separator: "/")
        let kept = try JSON(parsing: PrivateFiles.read("/\(root)/docs/openapi.json", limit: 1 << 20))
        #expect(kept == OpenAPIDocument(dialect: .both).json)
    }

    @Test("each declared route is found by its own path, and by no other method than those declared for it")
    func declarations() {
        let ids = RouteDeclaration.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        for route in RouteDeclaration.all {
            let path = route.path.split(separator: "{identifier}", omittingEmptySubsequences: false)
                .joined(separator: "wh_1")
            for dialect in route.dialects {
                let found = Route.find(route.method, path, dialect: dialect)
                #expect(found == .operation(route.operation("wh_1")) && found.operationID == route.id)
                guard case .methodNotAllowed(let allowed) = Route.find(.patch, path, dialect: dialect) else {
                    Issue.record("PATCH \(path) was allowed")
                    continue
                }
                #expect(allowed.contains(route.method))
            }
        }
    }
}
