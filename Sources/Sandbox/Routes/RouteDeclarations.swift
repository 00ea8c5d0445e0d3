extension RouteDeclaration {
    /// Every route of the server.
    static let all: [RouteDeclaration] = webhooks + system + server

    /// The operations that faults happen to: on an organization, apart from those by which faults are set and ended.
    static let faultyIDs = all.filter { $0.access == .key && $0.path != faults }.map(\.id)

    private static let faults = "/v1/sandbox/faults"
    private static let unauthorized = Answer(
        status: 401, description: "No key, or none of this server's", schema: "Error")
    private static let invalid = Answer(status: 422, description: "What was sent fits no schema", schema: "Error")
    private static let badRequest = Answer(status: 400, description: "What was sent is unreadable", schema: "Error")
    private static let notFound = Answer(status: 404, description: "There is none", schema: "Error")
    private static let tooLarge = Answer(status: 413, description: "The body is too long", schema: "Error")
    private static let limited = Answer(status: 429, description: "Too many requests", schema: "Error")

    private static func webhook(_ status: Int) -> Answer {
        Answer(status: status, description: "The webhook", schema: "Webhook")
    }

    private static let webhooks: [RouteDeclaration] = [
        RouteDeclaration(
            id: "list_webhooks", method: .get, path: "\(Route.collection)/", summary: "All webhooks",
            dialects: [.both, .getList],
            answers: [
                Answer(status: 200, description: "All webhooks, in the order of creation", schema: "Webhooks"),
                unauthorized, limited,
            ]
        ) { _ in .listAll },
        RouteDeclaration(
            id: "list_webhooks_page", method: .post, path: "\(Route.collection)/list", summary: "A page of webhooks",
            dialects: [.both, .postList], parameters: page, body: "ListFilter", isBodyRequired: false,
            answers: [
                Answer(status: 200, description: "A page", schema: "WebhookPage"), badRequest, unauthorized, tooLarge,
                invalid, limited,
            ]
        ) { _ in .listPage },
        RouteDeclaration(
            id: "create_webhook", method: .post, path: "\(Route.collection)/", summary: "Create a webhook",
            body: "WebhookBody", answers: [webhook(201), badRequest, unauthorized, tooLarge, invalid, limited]
        ) { _ in .create(status: 201) },
        RouteDeclaration(
            id: "create_webhook_without_slash", method: .post, path: Route.collection, summary: "Create a webhook",
            dialects: [.both, .postList], body: "WebhookBody",
            answers: [webhook(200), badRequest, unauthorized, tooLarge, invalid, limited]
        ) { _ in .create(status: 200) },
        RouteDeclaration(
            id: "get_webhook", method: .get, path: "\(Route.collection)/{identifier}", summary: "A webhook",
            answers: [webhook(200), unauthorized, notFound, limited]
        ) { .get(id: $0) },
        RouteDeclaration(
            id: "update_webhook", method: .put, path: "\(Route.collection)/{identifier}", summary: "Replace a webhook",
            body: "WebhookBody",
            answers: [webhook(200), badRequest, unauthorized, notFound, tooLarge, invalid, limited]
        ) { .update(id: $0) },
        RouteDeclaration(
            id: "delete_webhook", method: .delete, path: "\(Route.collection)/{identifier}",
            summary: "Delete a webhook, if it is there",
            answers: [Answer(status: 204, description: "It is gone"), unauthorized, limited]
        ) { .delete(id: $0) },
    ]

    private static let system: [RouteDeclaration] = [
        RouteDeclaration(
            id: "emit_events", method: .post, path: "/v1/sandbox/events", summary: "Tell of something that happened",
            body: "EventRequest",
            answers: [
                Answer(status: 201, description: "The events are stored", schema: "Emission"), badRequest, unauthorized,
                tooLarge, invalid, limited,
            ]
        ) { _ in .emit },
        RouteDeclaration(
            id: "list_deliveries", method: .get, path: "/v1/sandbox/deliveries",
            summary: "Deliveries, the latest changes first; behind `since`, in the order of changes",
            parameters: [
                webhookID, eventID,
                Parameter(
                    name: "status", shape: .oneOf(DeliveryStatus.allCases.map(\.name)), description: "Only these"),
                since, limit, settle,
            ],
            answers: [
                Answer(status: 200, description: "Deliveries", schema: "Deliveries"), unauthorized, invalid, limited,
            ]
        ) { _ in .deliveries },
        RouteDeclaration(
            id: "list_dead", method: .get, path: "/v1/sandbox/dead", summary: "Deliveries that were given up",
            parameters: [webhookID, eventID, since, limit, settle],
            answers: [
                Answer(status: 200, description: "Deliveries", schema: "Deliveries"), unauthorized, invalid, limited,
            ]
        ) { _ in .dead },
        RouteDeclaration(
            id: "list_outbox", method: .get, path: "/v1/sandbox/outbox",
            summary: "What would have been sent, the latest first; behind `since`, in its order",
            parameters: [webhookID, since, limit],
            answers: [Answer(status: 200, description: "Messages", schema: "Outbox"), unauthorized, invalid, limited]
        ) { _ in .outbox },
        RouteDeclaration(
            id: "replay", method: .post, path: "/v1/sandbox/replay",
            summary: "Deliver an event, or what was given up, once more", body: "ReplayRequest",
            answers: [
                Answer(status: 200, description: "So many deliveries", schema: "Replay"), badRequest, unauthorized,
                notFound, tooLarge, invalid, limited,
            ]
        ) { _ in .replay },
        RouteDeclaration(
            id: "get_faults", method: .get, path: faults, summary: "What goes wrong on purpose",
            answers: [Answer(status: 200, description: "The plan", schema: "FaultPlan"), unauthorized, limited]
        ) { _ in .faults },
        RouteDeclaration(
            id: "set_faults", method: .post, path: faults, summary: "Let things go wrong on purpose",
            body: "FaultPlan",
            answers: [
                Answer(status: 200, description: "The plan in force", schema: "FaultPlan"), badRequest, unauthorized,
                tooLarge, invalid, limited,
            ]
        ) { _ in .setFaults },
        RouteDeclaration(
            id: "clear_faults", method: .delete, path: faults, summary: "Let nothing go wrong",
            answers: [Answer(status: 204, description: "There are none"), unauthorized, limited]
        ) { _ in .clearFaults },
    ]

    private static let server: [RouteDeclaration] = [
        RouteDeclaration(
            id: "health", method: .get, path: "/v1/health", summary: "Whether the server does its work",
            access: .anybody,
            answers: [
                Answer(status: 200, description: "It does", schema: "Health"),
                Answer(status: 503, description: "It does not", schema: "Error"),
            ]
        ) { _ in .health },
        RouteDeclaration(
            id: "openapi", method: .get, path: "/openapi.json", summary: "This document", access: .anybody,
            answers: [Answer(status: 200, description: "An OpenAPI document", schema: "Any")]
        ) { _ in .openAPI },
        RouteDeclaration(
            id: "metrics", method: .get, path: "/metrics", summary: "Counts, for Prometheus", access: .local,
            answers: [
                Answer(status: 200, description: "Counts", schema: "Text", contentType: "text/plain"),
                Answer(status: 401, description: "No key, where the server listens to other machines", schema: "Error"),
            ]
        ) { _ in .metrics },
    ]

    private static let page = [
        Parameter(name: "limit", shape: .integer(1...1000), description: "How many; 100 without it"),
        Parameter(name: "page_size", shape: .integer(1...1000), description: "The same"),
        Parameter(name: "offset", shape: .integer(0...10_000), description: "Behind so many"),
        Parameter(name: "page", shape: .integer(1...Int.max), description: "The page of that number, from 1"),
        Parameter(name: "cursor", shape: cursor, description: "Where the page before said to go on"),
        Parameter(name: "next_cursor", shape: cursor, description: "The same"),
        Parameter(name: "after", shape: cursor, description: "The same"),
        Parameter(name: "include_total", shape: .boolean, description: "Count within `pagination`, too"),
    ]
    private static let cursor = Parameter.Shape.form("^(c(0|[1-9a-z][0-9a-z]{0,11}))?$")
    private static let webhookID = Parameter(name: "webhook_id", shape: .text, description: "Only of this webhook")
    private static let eventID = Parameter(name: "event_id", shape: .text, description: "Only of this event")
    private static let since = Parameter(
        name: "since", shape: .form("^[0-9]{0,18}$"),
        description: "Only what came later: the `since` of the answer before")
    private static let limit = Parameter(
        name: "limit", shape: .integer(1...1000), description: "How many; 100 without it")
    private static let settle = Parameter(
        name: "settle", shape: .boolean, description: "Wait until nothing is due, for up to 5 seconds")
}
