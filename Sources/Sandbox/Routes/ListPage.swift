import LosslessJSON
import NIOCore

/// The answer to `POST …/webhooks/list`: `{results, pagination, total}`.
///
/// `total` is always the count of all that match, as its schema requires; the counts within `pagination` are null unless
/// asked for. `next_page` and `previous_page` are paths with their query; they are null where pages have no number:
/// behind a cursor, and at an offset that is no multiple of the limit.
struct ListPage {
    let query: ListQuery
    let slice: ListSlice
    let total: Int

    /// The answer, with every webhook as it is stored.
    var body: ByteBuffer {
        let end = "],\"pagination\":\(pagination.text(.compact)),\"total\":\(total)}"
        return ByteBuffer(array: "{\"results\":[", slice.documents, end)
    }

    private var pagination: JSON {
        let size = query.limit
        let nextCursor = slice.hasMore ? ListCursor(sequence: slice.lastSequence).text : nil
        return [
            "total": query.includeTotal ? JSON(total) : .null,
            "page": pageNumber.map { JSON($0) } ?? .null,
            "page_size": JSON(size),
            "total_pages": query.includeTotal ? JSON((total + size - 1) / size) : .null,
            "next_page": slice.hasMore ? path(ofPage: pageNumber.map { $0 + 1 }) : .null,
            "previous_page": path(ofPage: pageNumber.map { $0 - 1 }),
            "next_cursor": nextCursor.map { JSON($0) } ?? .null,
        ]
    }

    private var pageNumber: Int? {
        guard case .offset(let offset) = query.start, offset < Int.max, offset % query.limit == 0 else { return nil }
        return offset / query.limit + 1
    }

    private func path(ofPage number: Int?) -> JSON {
        guard let number, number >= 1 else { return .null }
        return JSON("\(Route.collection)/list?page=\(number)&page_size=\(query.limit)")
    }
}
