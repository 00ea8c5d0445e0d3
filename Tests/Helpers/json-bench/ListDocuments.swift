/// Lists of webhooks like those an API answers with: the members, kinds and lengths of a real one, each document a little
/// different.
struct ListDocuments {
    enum Layout: String, CaseIterable {
        case compact, indented
    }

    /// A list of about `size` bytes: documents of about 600 bytes compact, 1,000 indented.
    static func list(size: Int, layout: Layout) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size + 2048)
        let newline = layout == .indented ? "\n" : ""
        bytes.append(contentsOf: "[\(newline)".utf8)
        var number = 0
        while bytes.count < size {
            if number > 0 { bytes.append(contentsOf: ",\(newline)".utf8) }
            bytes.append(contentsOf: document(number, layout).utf8)
            number += 1
        }
        bytes.append(contentsOf: "\(newline)]".utf8)
        return bytes
    }

    private static func document(_ number: Int, _ layout: Layout) -> String {
        let day = 10 + number % 18
        let id = String(number + 1_000_000, radix: 36)
        let text = """
              {
                "channels": [
                  {
                    "channel": "slack",
                    "configs": {
                      "bot_token": "xoxb-\(number)-abcdefghijkl",
                      "channel_id": "C0\(1_000_000 + number)",
                      "workspace_id": "T0123456789"
                    }
                  },
                  {
                    "channel": "webhook",
                    "configs": {
                      "url": "https://hooks.example.com/in/\(id)",
                      "headers": {"X-Team": "\(teams[number % teams.count])"},
                      "timeout": 10
                    }
                  }
                ],
                "created_at": "2025-01-\(day)T00:00:00Z",
                "description": "Notifications for object lifecycle",
                "event_types": [
                  "object.created",
                  "object.updated",
                  "object.deleted"
                ],
                "is_active": \(number % 5 != 0),
                "updated_at": "2025-02-\(day)T12:34:56Z",
                "webhook_id": "wh_\(id)abcdef",
                "webhook_name": "\(teams[number % teams.count]) alerts \(number)"
              }
            """
        guard layout == .compact else { return text }
        // No string here has two blanks in a row, or one behind a colon or comma.
        return text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined()
            .replacing("\": ", with: "\":")
    }

    private static let teams = [
        "Engineering", "Platform", "Données", "Search", "Ops", "Поддержка", "Billing", "Field \\u2013 West",
    ]
}
