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
        "EventRequest": ["anyOf": [reference("Event"), events]],
        "Event": event,
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
            ["status": text, "version": text, "uptime_seconds": integer, "events_waiting": integer],
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

    private static let event = object(
        [
            "event_type": ["type": "string", "minLength": 1, "maxLength": 200],
            "event_id": ["type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"], "occurred_at": text,
            "namespace_id": text,
            "subject": object(["type": text, "id": text], required: ["type", "id"]), "metadata": anyObject,
            "cache_scope": anyObject, "resource_types": texts, "fields": anyObject,
            "count": ["type": "integer", "minimum": 1, "maximum": 10_000],
        ], required: ["event_type"], isOpen: false)

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
            object(["event_id": text], required: ["event_id"], isOpen: false),
            object(["dead": ["const": true], "webhook_id": text], required: ["dead"], isOpen: false),
        ]
    ]

    private static let plan = object(
        [
            "seed": ["type": "integer", "minimum": 0],
            "rules": ["type": "array", "items": reference("FaultRule"), "maxItems": 64],
        ], required: ["rules"], isOpen: false)

    private static let rule = object(
        [
            "fault": ["type": "string", "enum": JSON(FaultKind.allCases.map { JSON($0.rawValue) })],
            "rate": ["type": "number", "minimum": 0, "maximum": 1], "count": ["type": "integer", "minimum": 0],
            "operations": texts, "status": ["type": "integer", "minimum": 500, "maximum": 599],
            "retry_after": ["type": "integer", "minimum": 0, "maximum": 3_600],
            "milliseconds": ["type": "integer", "minimum": 0, "maximum": 60_000], "fields": texts,
            "happened": integer,
        ], required: ["fault"], isOpen: false)
}
