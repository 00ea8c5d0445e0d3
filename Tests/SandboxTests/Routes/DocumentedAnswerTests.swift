import LosslessJSON
import Testing

@testable import Sandbox

@Suite("Answers and the document that declares them")
struct DocumentedAnswerTests {
    private static let bodies: [String: [String]] = [
        "create_webhook": [#"{"webhook_name":"n","event_types":["*"],"channels":[{"channel":"sms","configs":{}}]}"#],
        "emit_events": [
            #"{"event_type":"object.created","metadata":{"n":1}}"#, #"{"events":[{"event_type":"cluster.created"}]}"#,
        ],
        "set_faults": [#"{"rules":[],"seed":3}"#, #"{"rules":[{"fault":"delivery_failure","rate":0.5}]}"#],
        "replay": [#"{"dead":true}"#, #"{"event_id":"evt_none"}"#],
        "list_webhooks_page": ["", "{}", #"{"is_active":true}"#],
    ]

    private static let odd = [
        "", "null", "[]", "{}", "7", "\"x\"", "{", #"{"a":1}"#, #"{"event_type":null}"#, #"{"rules":7}"#, "\u{0}",
        #"{"webhook_name":"","event_types":[],"channels":[{}]}"#, #"{"dead":"yes"}"#, #"{"event_types":"*"}"#,
        #"{"event_type":"x","count":-1}"#, #"{"event_type":"x","fields":[]}"#, #"{"is_active":"x"}"#,
    ]

    private static let queries = [
        "", "limit=1", "limit=0", "limit=x", "since=0", "since=%00", "status=dead", "status=?", "page=2&page_size=3",
        "cursor=zzz", "include_total=true", "offset=10001", "webhook_id=%F0%9F%98%80", "settle=1", "&&=&=",
        "limit=1&limit=2",
    ]

    @Test("every answer has a status that is declared for its operation, and the body that is declared for it")
    func answers() async throws {
        try await Harness.run(seed: .samples) { sandbox async throws in
            let document = OpenAPIDocument(dialect: .both).json
            let checker = SchemaChecker(document: document)
            for route in RouteDeclaration.all {
                let known = Self.bodies[route.id] ?? Self.bodies["create_webhook"] ?? []
                let bodies = route.body == nil ? [nil] : (known + Self.odd).map { Optional($0) }
                let queries = route.parameters.isEmpty ? [""] : Self.queries
                let ids = route.path.contains("{identifier}") ? ["wh_abc123def4", "wh_none", "%00", "a%2Fb"] : [""]
                for (body, query, id) in bodies.flatMap({ body in
                    queries.flatMap { query in ids.map { (body, query, $0) } }
                }) {
                    let path = route.path.split(separator: "{identifier}", omittingEmptySubsequences: false)
                        .joined(separator: id)
                    let target = query.isEmpty ? path : "\(path)?\(query)"
                    let reply = try await sandbox.request(route.method.rawValue, target, body: body)
                    let declared = route.answers.first { $0.status == reply.status }
                    guard let declared else {
                        Issue.record("\(route.id) answered \(reply.status) to \(target) \(body ?? "")")
                        continue
                    }
                    guard let schema = declared.schema else {
                        #expect(reply.body.isEmpty)
                        continue
                    }
                    #expect(reply.header("content-type")?.hasPrefix(declared.contentType) == true)
                    guard declared.contentType == "application/json" else { continue }
                    let value = try JSON(parsing: reply.body)
                    let faults = checker.faults(of: value, schema: ["$ref": JSON("#/components/schemas/\(schema)")])
                    #expect(faults.isEmpty, "\(route.id) to \(target) \(body ?? ""): \(faults)")
                }
            }
        }
    }

    @Test("what the schema of a body calls wrong is refused, where it is strict about its members")
    func bodies() async throws {
        try await Harness.run { sandbox async throws in
            let checker = SchemaChecker(document: OpenAPIDocument(dialect: .both).json)
            for route in RouteDeclaration.all where route.body != nil && route.isBodyRequired {
                for body in Self.odd {
                    guard let value = try? JSON(parsing: body) else { continue }
                    let faults = checker.faults(
                        of: value, schema: ["$ref": JSON("#/components/schemas/\(route.body ?? "")")])
                    guard !faults.isEmpty else { continue }
                    let path = route.path.split(separator: "{identifier}", omittingEmptySubsequences: false)
                        .joined(separator: "wh_abc123def4")
                    let reply = try await sandbox.request(route.method.rawValue, path, body: body)
                    #expect(reply.status == 422, "\(route.id): \(body)")
                }
            }
        }
    }
}
