import LosslessJSON
import PluginProtocol

/// Webhooks to try plugins on: every kind of channel, odd names, what no schema knows.
enum ConformanceSamples {
    static let webhooks: [KeyedDocument] = [
        KeyedDocument(
            key: "wh_abc123def4",
            value: [
                "webhook_id": "wh_abc123def4", "webhook_name": "Team Search", "is_active": true,
                "event_types": ["object.created", "cluster.execution.failed"],
                "channels": [
                    [
                        "channel": "slack",
                        "configs": ["bot_token": "hks_sample_0", "channel_id": "C0123456789", "workspace_id": "T1"],
                    ],
                    ["channel": "email", "configs": ["to_addresses": ["hks_sample_1"], "subject_template": "x"]],
                ],
                "created_at": "2025-11-02T10:00:00Z", "member_nobody_knows": ["kept": [1.50]],
            ]),
        KeyedDocument(
            key: "wh_xyz789ghi0",
            value: [
                "webhook_id": "wh_xyz789ghi0", "webhook_name": "Überwachung \"監視\" | <b>\\", "is_active": false,
                "event_types": ["*"],
                "channels": [
                    ["channel": "webhook", "configs": ["url": "http://example.com/in?hks_sample_2", "timeout": 10]]
                ],
                "delivery_health": ["consecutive_failures": 12, "paused_at": "2026-10-01T00:00:00Z"],
            ]),
        KeyedDocument(
            key: "new:1",
            value: [
                "webhook_name": "New", "event_types": ["alert.triggered"],
                "channels": [["channel": "carrier_pigeon", "configs": [:]]],
            ]),
    ]

    static let changes: JSON = [
        [
            "key": "wh_abc123def4", "op": "update", "before": webhooks[0].value, "after": webhooks[0].value,
            "paths": ["webhook_name"],
        ],
        ["key": "wh_xyz789ghi0", "op": "delete", "before": webhooks[1].value, "after": nil, "paths": []],
        ["key": "new:1", "op": "create", "before": nil, "after": webhooks[2].value, "paths": []],
    ]
}
