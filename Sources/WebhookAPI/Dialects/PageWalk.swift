import WebhookModel

/// The way through a list's pages: an answer goes in, the next question comes out.
///
/// Cursors are followed where the server gives them, else offsets, else page numbers. The walk ends by itself against a
/// server that repeats a cursor, gives new cursors without webhooks, ignores where it is asked to go on, or has no last
/// page. Where pages are found by counting and the server's count changes on the way, one may have been passed over: the
/// walk begins anew.
struct PageWalk: Sendable {
    /// What to ask for next.
    enum Question: Hashable, Sendable {
        case first
        case cursor(String)
        case offset(Int)
        case page(Int)
    }

    /// Why a list can't be had whole.
    enum Stuck: Error, Hashable {
        /// A cursor that was followed before.
        case cursorRepeats
        /// This many pages in a row without anything new, each with a new cursor.
        case nothingNew(pages: Int)
        /// The server speaks of more webhooks than it gives.
        case incomplete(got: Int, of: Int)
        /// More pages than any organization's list has.
        case endless(pages: Int)
    }

    /// Webhooks asked for in a page; the API takes 1…1000.
    let pageSize: Int
    private(set) var collection = WebhookCollection()
    private var question = Question.first
    private var followed: Set<String> = []
    /// Webhooks received, repeated ones included: what an offset counts.
    private var received = 0
    private var barren = 0
    /// What the server counted last.
    private var total: Int?
    private var restarts = 0
    private var pages = 0

    init(pageSize: Int) {
        self.pageSize = min(max(1, pageSize), Self.largestPage)
    }

    /// Takes an answer; what to ask next, or nil when the list is whole.
    mutating func take(_ page: ListPage) throws(Stuck) -> Question? {
        if hasShifted(page), restarts < Self.restartsAtMost {
            restart()
            return .first
        }
        pages += 1
        guard pages <= Self.pagesAtMost else { throw .endless(pages: Self.pagesAtMost) }
        let fresh = collection.add(page.documents.lazy.map { Webhook(document: $0) })
        received += page.documents.count
        guard let next = try following(page, fresh: fresh) else { return nil }
        question = next
        return next
    }

    /// Whether webhooks came or went since the page before, so that places are no longer what they were.
    private mutating func hasShifted(_ page: ListPage) -> Bool {
        guard followed.isEmpty, let now = page.wholeTotal else { return false }
        defer { total = now }
        return question != .first && total.map { $0 != now } ?? false
    }

    private mutating func restart() {
        let count = restarts + 1
        self = PageWalk(pageSize: pageSize)
        restarts = count
    }

    private mutating func following(_ page: ListPage, fresh: Int) throws(Stuck) -> Question? {
        if page.isWhole { return nil }
        if let cursor = page.nextCursor { return try following(cursor, fresh: fresh) }
        // The last of a server that gives cursors, or an end that nobody can mistake.
        if !followed.isEmpty || page.documents.isEmpty { return nil }
        if fresh == 0, question != .first { return try goingElsewhere(page) }
        guard hasMore(page) else { return nil }
        if case .page(let number) = question { return .page(number + 1) }
        return received <= Self.largestOffset ? .offset(received) : pageAfter(page)
    }

    private mutating func following(_ cursor: String, fresh: Int) throws(Stuck) -> Question {
        guard followed.insert(cursor).inserted else { throw .cursorRepeats }
        barren = fresh == 0 ? barren + 1 : 0
        guard barren <= Self.barrenPages else { throw .nothingNew(pages: barren) }
        return .cursor(cursor)
    }

    /// The page held nothing new: the server does not know offsets, or page numbers either.
    private mutating func goingElsewhere(_ page: ListPage) throws(Stuck) -> Question? {
        let got = collection.webhooks.count
        let total = max(page.countedTotal ?? 0, page.claimedTotal ?? 0, self.total ?? 0)
        guard total > got else { return nil }
        if case .offset = question {
            // The first page again, which must not count as another one.
            received -= page.documents.count
            return .page(2)
        }
        throw .incomplete(got: got, of: total)
    }

    private func hasMore(_ page: ListPage) -> Bool {
        if page.hasNextPage { return true }
        if let number = page.page, let pages = page.totalPages, pages > 0 { return number < pages }
        if let total = page.countedTotal { return received < total }
        if let total = page.claimedTotal, received < total { return true }
        return page.documents.count >= min(page.pageSize ?? pageSize, pageSize)
    }

    /// The page number after what was received, for lists beyond the largest offset.
    private func pageAfter(_ page: ListPage) -> Question {
        .page(received / max(1, page.pageSize ?? pageSize) + 1)
    }

    /// The query of a question, escaped, without `?`.
    func query(for question: Question) -> String {
        switch question {
        // Counted: a list of exactly one page needs no second question to know its end.
        case .first: "limit=\(pageSize)&include_total=true"
        case .cursor(let cursor): "limit=\(pageSize)&cursor=\(PercentEncoding.encodingAll(cursor))"
        // Counted each time: that the count changed is all that tells that places have shifted.
        case .offset(let offset): "limit=\(pageSize)&offset=\(offset)&include_total=true"
        case .page(let number): "page_size=\(pageSize)&page=\(number)&include_total=true"
        }
    }

    /// The API's bounds: `limit` 1…1000, `offset` 0…10000.
    private static let largestPage = 1000
    private static let largestOffset = 10_000
    private static let barrenPages = 10
    /// A hundred thousand webhooks in pages of ten; no time-out of a request ends a list whose pages never end.
    private static let pagesAtMost = 10_000
    /// A list that never comes to rest is taken as it comes.
    private static let restartsAtMost = 4
}
