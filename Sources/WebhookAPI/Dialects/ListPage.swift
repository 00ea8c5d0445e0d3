import LosslessJSON

/// One answer to a list, of either dialect.
struct ListPage: Sendable {
    /// The webhooks' documents, every one an object.
    var documents: [JSON] = []
    /// Whether this is the whole list: a bare array.
    var isWhole = false
    var nextCursor: String?
    /// `pagination.next_page`, which names a page of its own kind: only its presence says something.
    var hasNextPage = false
    /// `pagination.total`, counted by the server over the whole list.
    var countedTotal: Int?
    /// `total` beside the results; some servers count the page only.
    var claimedTotal: Int?
    /// The count over the whole list, where that is what it must be.
    var wholeTotal: Int? { countedTotal ?? claimedTotal.flatMap { $0 > documents.count ? $0 : nil } }
    var pageSize: Int?
    var page: Int?
    var totalPages: Int?

    /// Where an answer is not what the API's schema says.
    struct ShapeError: Error {
        let reason: String
    }

    init() {}

    /// Reads a bare array or `{results, pagination, total}`; unknown members are passed over.
    init(_ json: JSON) throws(ShapeError) {
        if let elements = json.array {
            documents = elements
            isWhole = true
        } else if json.kind == .object {
            guard let results = json["results"]?.array else { throw ShapeError(reason: "no list of results") }
            documents = results
            claimedTotal = Self.count(json["total"])
            if let pagination = json["pagination"] { read(pagination) }
        } else {
            throw ShapeError(reason: "\(json.kind.rawValue) instead of a list")
        }
        for (index, document) in documents.enumerated() where document.kind != .object {
            throw ShapeError(reason: "webhook \(index) of the page is of the kind \(document.kind.rawValue)")
        }
    }

    private mutating func read(_ pagination: JSON) {
        nextCursor = pagination["next_cursor"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        hasNextPage = pagination["next_page"].map { !$0.isNull && $0.string != "" } ?? false
        countedTotal = Self.count(pagination["total"])
        pageSize = Self.count(pagination["page_size"])
        page = Self.count(pagination["page"])
        totalPages = Self.count(pagination["total_pages"])
    }

    private static func count(_ json: JSON?) -> Int? {
        json?.number?.int.flatMap { $0 >= 0 ? $0 : nil }
    }
}
