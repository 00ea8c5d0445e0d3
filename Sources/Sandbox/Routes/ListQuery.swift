/// The query of a list page, all of its spellings over the API's dates understood.
///
/// `limit` or `page_size` (1…1000) says how many; `cursor`, `next_cursor` or `after` where to go on; else `offset`
/// (0…10000) or `page` (from 1). Of a parameter given twice the last counts, of two that say the same thing the first
/// named here; unknown ones are ignored.
struct ListQuery: Hashable, Sendable {
    static let defaultLimit = 100

    var limit = Self.defaultLimit
    var start = ListStart.offset(0)
    var includeTotal = false

    /// Reads the part of a request's target behind `?`.
    init(parsing query: Substring) throws(APIProblem) {
        var reader = QueryReader(query)
        let limit = reader.integer("limit", in: 1...1000)
        let pageSize = reader.integer("page_size", in: 1...1000)
        let offset = reader.integer("offset", in: 0...10_000)
        let page = reader.integer("page", in: 1...Int.max)
        includeTotal = reader.boolean("include_total") ?? false
        let cursor = ["cursor", "next_cursor", "after"].lazy.compactMap { reader[$0] }.first { !$0.isEmpty }
        guard reader.problems.isEmpty else { throw .invalid(reader.problems) }

        self.limit = limit ?? pageSize ?? Self.defaultLimit
        if let cursor {
            guard let decoded = ListCursor(parsing: cursor) else { throw .badRequest("Invalid cursor") }
            start = .after(sequence: decoded.sequence)
        } else if let offset {
            start = .offset(offset)
        } else if let page {
            // SQLite's OFFSET is a signed 64-bit number; a page past it is as empty as any past the end.
            let (product, overflow) = (page - 1).multipliedReportingOverflow(by: self.limit)
            start = .offset(overflow ? Int.max : product)
        }
    }
}

/// Where a list goes on: behind the webhook of this place in the order of insertion. Opaque to clients.
struct ListCursor: Hashable, Sendable {
    let sequence: Int64

    init(sequence: Int64) {
        self.sequence = sequence
    }

    /// Nil for what `text` never gave.
    init?(parsing text: String) {
        guard text.utf8.first == UInt8(ascii: "c"), let sequence = Int64(text.dropFirst(), radix: 36), sequence >= 0
        else { return nil }
        guard Self(sequence: sequence).text == text else { return nil }
        self.sequence = sequence
    }

    var text: String { "c" + String(sequence, radix: 36) }
}
