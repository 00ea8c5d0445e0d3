import LosslessJSON

/// The schemas of what the server takes and gives, in JSON Schema 2020-12.
enum OpenAPISchemas {
    static let all: JSON = [
        "Any": [:],
        "Text": ["type": "string"],
        "Error": error,
        "Webhook": webhook,
        "WebhookBody": body,
        "Webhooks": ["type": "array", "items": reference("Webhook")],
        "WebhookPage": page,
        "ListFilter": [
            "type": ["object", "null"],
            "properties": ["event_type": nullable("string"), "is_active": nullable("boolean")],
        ],
        "EventRequest": ["anyOf": [reference("RepeatedEvent"), events]],
        "Event": object(eventMembers, required: ["event_type"], isOpen: false),
        "RepeatedEvent": repeatedEvent,
        "Emission": emission,
        "Deliveries": list("Delivery"),
        "Delivery": delivery,
        "Outbox": list("OutboxMessage"),
        "OutboxMessage": outbox,
        "ReplayRequest": replay,
        "Replay": object(["deliveries": integer], required: ["deliveries"]),
        "FaultPlan": plan,
        "FaultRule": rule,
        "Health": object(
            ["status": text, "uptime_seconds": integer, "channels_waiting": integer],
            required: ["status", "uptime_seconds"]),
    ]

    private static let text: JSON = ["type": "string"]
    private static let integer: JSON = ["type": "integer"]
    private static let boolean: JSON = ["type": "boolean"]
    private static let texts: JSON = ["type": "array", "items": text]
    private static let anyObject: JSON = ["type": "object"]

    private static func reference(_ name: String) -> JSON { ["$ref": JSON("#/components/schemas/\(name)")] }
    private static func nullable(_ type: String) -> JSON { ["type": [JSON(type), "null"]] }

    private static func object(_ properties: JSONObject, required: [String] = [], isOpen: Bool = true) -> JSON {
        var schema: JSONObject = ["type": "object", "properties": JSON(properties)]
        if !required.isEmpty { schema["required"] = JSON(required.map { JSON($0) }) }
        if !isOpen { schema["additionalProperties"] = false }
        return JSON(schema)
    }

    private static func list(_ name: String) -> JSON {
        object(
            ["results": ["type": "array", "items": reference(name)], "since": text], required: ["results", "since"])
    }

    private static let channel = object(["channel": text, "configs": anyObject], required: ["channel", "configs"])

    private static let body: JSON = object(
        [
            "webhook_name": ["type": "string", "minLength": 1, "maxLength": 200],
            "event_types": ["type": "array", "items": text, "minItems": 1],
            "channels": ["type": "array", "items": channel, "minItems": 1],
            "is_active": ["type": "boolean", "default": true],
        ], required: ["webhook_name", "event_types", "channels"])

    private static let webhook = object(
        [
            "webhook_id": text, "webhook_name": text, "event_types": texts,
            "channels": ["type": "array", "items": channel], "is_active": boolean, "created_at": text,
            "updated_at": text,
            "delivery_health": health,
        ],
        required: [
            "webhook_id", "webhook_name", "event_types", "channels", "is_active", "created_at", "updated_at",
        ])

    private static let health = object([
        "consecutive_failures": integer, "first_failure_at": nullable("string"), "last_failure_at": nullable("string"),
        "last_failure_cause": nullable("string"), "paused_at": nullable("string"), "paused_reason": nullable("string"),
    ])

    private static let page = object(
        [
            "results": ["type": "array", "items": reference("Webhook")], "total": integer,
            "pagination": object([
                "total": nullable("integer"), "page": nullable("integer"), "page_size": integer,
                "total_pages": nullable("integer"), "next_page": nullable("string"),
                "previous_page": nullable("string"), "next_cursor": nullable("string"),
            ]),
        ], required: ["results", "pagination", "total"])

    private static let error = object(
        [
            "success": ["const": false], "status": integer,
            "error": object(["type": text, "message": text, "details": anyObject], required: ["type", "message"]),
        ], required: ["success", "status", "error"])

    /// A text without control characters.
    private static let clean: JSON = #"^[^\u0000-\u001F\u007F-\u009F]*$"#
    private static let time: JSON = ["type": "string", "format": "date-time"]
    private static let nullableTime: JSON = ["type": ["string", "null"], "format": "date-time"]
    private static let nullableTexts: JSON = ["type": ["array", "null"], "items": text]

    /// Names are separated by dots, and at most 16 of them.
    private static let fields: JSON = [
        "type": ["object", "null"], "maxProperties": 256, "propertyNames": ["pattern": "^[^.]+([.][^.]+){0,15}$"],
        "properties": ["namespace_id": text, "occurred_at": time],
    ]

    private static let eventMembers: JSONObject = [
        "event_type": ["type": "string", "minLength": 1, "maxLength": 200, "pattern": clean],
        "event_id": ["type": ["string", "null"], "pattern": "^[A-Za-z0-9_-]{1,64}$"], "occurred_at": nullableTime,
        "namespace_id": ["type": ["string", "null"], "maxLength": 200, "pattern": clean],
        "subject": ["type": ["object", "null"], "properties": ["type": text, "id": text]],
        "metadata": nullable("object"), "cache_scope": nullable("object"), "resource_types": nullableTexts,
        "fields": fields,
    ]

    private static let repeatedEvent: JSON = {
        var members = eventMembers
        members["count"] = ["type": ["integer", "null"], "minimum": 1, "maximum": 10_000]
        var schema = object(members, required: ["event_type"], isOpen: false).object ?? [:]
        // An event with an identifier of its own happens once.
        schema["not"] = object(
            ["event_id": text, "count": ["type": "integer", "minimum": 2]], required: ["event_id", "count"])
        return JSON(schema)
    }()

    private static let events = object(
        ["events": ["type": "array", "items": reference("Event"), "minItems": 1, "maxItems": 1_000]],
        required: ["events"], isOpen: false)

    private static let emission = object(
        [
            "results": [
                "type": "array",
                "items": object(
                    ["event_id": text, "event_type": text, "deliveries": integer, "is_new": boolean],
                    required: ["event_id", "event_type", "deliveries", "is_new"]),
            ], "total": integer,
            "warnings": ["type": "array", "items": object(["event_type": text, "nearest": nullable("string")])],
        ], required: ["results", "total", "warnings"])

    private static let delivery = object(
        [
            "delivery_id": text, "event_id": text, "event_type": text, "webhook_id": text, "channel": text,
            "status": ["type": "string", "enum": JSON(DeliveryStatus.allCases.map { JSON($0.name) })],
            "attempts": integer, "last_attempt_at": nullable("string"), "last_error": nullable("string"),
        ], required: ["delivery_id", "event_id", "webhook_id", "channel", "status", "attempts"])

    private static let outbox = object(
        [
            "event_id": text, "event_type": text, "webhook_id": text, "delivery_id": text, "captured_at": text,
            "message": object(["kind": text], required: ["kind"]),
        ], required: ["event_id", "webhook_id", "message"])

    private static let replay: JSON = [
        "anyOf": [
            object(
                [
                    "event_id": ["type": "string", "minLength": 1, "maxLength": 64, "pattern": clean],
                    "dead": ["enum": [false, JSON.null]], "webhook_id": ["type": "null"],
                ], required: ["event_id"], isOpen: false),
            object(
                [
                    "dead": ["const": true], "event_id": ["type": "null"],
                    "webhook_id": ["type": ["string", "null"], "maxLength": 200, "pattern": clean],
                ], required: ["dead"], isOpen: false),
        ]
    ]

    private static let plan = object(
        [
            "seed": number("integer", from: 0, to: Int.max),
            "rules": ["type": "array", "items": reference("FaultRule"), "maxItems": 64],
        ], required: ["rules"], isOpen: false)

    private static let rule = object(
        [
            "fault": ["type": "string", "enum": JSON(FaultKind.allCases.map { JSON($0.rawValue) })],
            "rate": number("number", from: 0, to: 1), "count": number("integer", from: 0, to: Int.max),
            "operations": [
                "type": ["array", "null"],
                "items": ["type": "string", "enum": JSON(RouteDeclaration.faultyIDs.map { JSON($0) })],
            ],
            "status": number("integer", from: 500, to: 599), "retry_after": number("integer", from: 0, to: 3_600),
            "milliseconds": number("integer", from: 0, to: 60_000), "fields": nullableTexts,
            "happened": number("integer", from: 0, to: Int.max),
        ], required: ["fault"], isOpen: false)

    /// Null stands for what is left out.
    private static func number(_ type: String, from least: Int, to most: Int) -> JSON {
        ["type": [JSON(type), "null"], "minimum": JSON(least), "maximum": JSON(most)]
    }
}
