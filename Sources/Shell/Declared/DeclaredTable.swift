import LosslessJSON
import WebhookModel

/// A CSV file (RFC 4180) of webhooks: a head with field names, and a webhook on each record.
///
/// The columns are `id`, `name`, `description`, `active`, `events` and `resource_types`; lists have commas between their
/// elements, as `ls --csv` writes them. An empty cell says nothing of its field. Channels don't fit in cells: the columns
/// `channel`, `channels`, `health`, `created`, `updated` and `staged` are passed over, so that what `ls` wrote can be
/// read.
enum DeclaredTable {
    struct Failure: Error, Sendable {
        enum Reason: Sendable {
            case empty
            case notText
            case openQuote
            case afterQuote
            case unknownColumn(String, nearest: String?)
            case repeatedColumn(String)
            case count(expected: Int, found: Int)
            case notBoolean(String)
        }

        let line: Int
        let reason: Reason
    }

    struct Record: Sendable {
        let document: JSON
        let line: Int
    }

    private static let columns: [String: String] = [
        "id": Member.id, "webhook_id": Member.id, "name": Member.name, "webhook_name": Member.name,
        "description": Member.description, "active": Member.isActive, "is_active": Member.isActive,
        "events": Member.eventTypes, "event_types": Member.eventTypes, "resource_types": Member.resourceTypes,
    ]
    private static let passedOver: Set<String> = ["channel", "channels", "health", "created", "updated", "staged"]

    static func documents(in bytes: [UInt8]) throws(Failure) -> [Record] {
        let rows = try rows(of: bytes)
        guard let head = rows.first else { throw Failure(line: 1, reason: .empty) }
        let members = try self.members(of: head.fields)
        var records: [Record] = []
        for (fields, line) in rows.dropFirst() where fields != [""] {
            guard fields.count == members.count else {
                throw Failure(line: line, reason: .count(expected: members.count, found: fields.count))
            }
            var document: JSONObject = [:]
            for (member, field) in zip(members, fields) {
                guard let member, !field.isEmpty else { continue }
                document[member] = try value(field, of: member, line)
            }
            records.append(Record(document: JSON(document), line: line))
        }
        return records
    }

    private static func members(of head: [String]) throws(Failure) -> [String?] {
        var members: [String?] = []
        for field in head {
            let name = trimmed(field[...]).lowercased()
            if passedOver.contains(name) {
                members.append(nil)
                continue
            }
            guard let member = columns[name] else {
                throw Failure(
                    line: 1, reason: .unknownColumn(field, nearest: Nearest.name(name, among: columns.keys.sorted())))
            }
            if members.contains(member) { throw Failure(line: 1, reason: .repeatedColumn(field)) }
            members.append(member)
        }
        return members
    }

    /// What a cell that isn't empty says of a member.
    static func value(_ field: String, of member: String, _ line: Int) throws(Failure) -> JSON {
        switch member {
        case Member.isActive:
            switch field.lowercased() {
            case "true", "yes": return true
            case "false", "no": return false
            default: throw Failure(line: line, reason: .notBoolean(field))
            }
        case Member.eventTypes, Member.resourceTypes:
            let elements = field.split { $0 == "," || $0 == ";" }
            return JSON(elements.map { JSON(trimmed($0)) })
        default: return JSON(field)
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        let rest = text.drop { $0 == " " }
        return String(rest.prefix(upTo: rest.lastIndex { $0 != " " }.map(rest.index(after:)) ?? rest.startIndex))
    }

    private static func rows(of bytes: [UInt8]) throws(Failure) -> [(fields: [String], line: Int)] {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Failure(line: 0, reason: .notText) }
        var reader = Reader(bytes: Array((text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text).utf8))
        return try reader.rows()
    }

    /// RFC 4180, with LF taken for CRLF.
    private struct Reader {
        let bytes: [UInt8]
        private var position = 0
        private var line = 1

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func rows() throws(Failure) -> [(fields: [String], line: Int)] {
            var rows: [(fields: [String], line: Int)] = []
            while position < bytes.count {
                let start = line
                var fields = [try field()]
                while position < bytes.count, bytes[position] == UInt8(ascii: ",") {
                    position += 1
                    fields.append(try field())
                }
                takeLineEnd()
                rows.append((fields, start))
            }
            return rows
        }

        private mutating func takeLineEnd() {
            if position < bytes.count, bytes[position] == 0x0D { position += 1 }
            if position < bytes.count, bytes[position] == 0x0A { position += 1 }
            line += 1
        }

        private mutating func field() throws(Failure) -> String {
            if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return try quoted() }
            let start = position
            while position < bytes.count, ![UInt8(ascii: ","), 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }

        private mutating func quoted() throws(Failure) -> String {
            let start = line
            var content: [UInt8] = []
            position += 1
            while true {
                guard position < bytes.count else { throw Failure(line: start, reason: .openQuote) }
                let byte = bytes[position]
                position += 1
                if byte == 0x0A { line += 1 }
                guard byte == UInt8(ascii: "\"") else {
                    content.append(byte)
                    continue
                }
                guard position < bytes.count, bytes[position] == byte else { break }
                content.append(byte)
                position += 1
            }
            if position < bytes.count, ![UInt8(ascii: ","), 0x0A, 0x0D].contains(bytes[position]) {
                throw Failure(line: line, reason: .afterQuote)
            }
            return String(decoding: content, as: UTF8.self)
        }
    }
}
