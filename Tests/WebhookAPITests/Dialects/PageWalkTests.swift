import LosslessJSON
import Testing

@testable import WebhookAPI

@Suite("Walk through the pages of a list")
struct PageWalkTests {
    private func documents(_ range: some Sequence<Int>) -> JSON {
        JSON(range.map { ["webhook_id": JSON("wh_\($0)"), "n": JSON($0)] })
    }

    private func page(_ range: some Sequence<Int>, total: JSON = 0, _ pagination: JSON = [:]) throws -> ListPage {
        try ListPage(["results": documents(range), "pagination": pagination, "total": total])
    }

    private func ids(_ walk: PageWalk) -> [String] { walk.collection.webhooks.compactMap { $0.id?.rawValue } }

    @Test("a bare array is the whole list")
    func bareArray() throws {
        var walk = PageWalk(pageSize: 2)
        #expect(try walk.take(ListPage(documents(1...5))) == nil)
        #expect(walk.collection.webhooks.count == 5)
    }

    @Test("an empty organization needs one question")
    func empty() throws {
        var walk = PageWalk(pageSize: 1000)
        #expect(try walk.take(page([], total: 0, ["next_cursor": nil])) == nil)
        #expect(walk.collection.webhooks.isEmpty)
    }

    @Test("cursors are followed to the page without one, escaped in the query")
    func cursors() throws {
        var walk = PageWalk(pageSize: 2)
        #expect(walk.query(for: .first) == "limit=2&include_total=true")
        let next = try walk.take(page(1...2, ["next_cursor": "a/b+c=&é"]))
        #expect(next == .cursor("a/b+c=&é"))
        #expect(walk.query(for: next!) == "limit=2&cursor=a%2Fb%2Bc%3D%26%C3%A9")
        #expect(try walk.take(page(3...4, ["next_cursor": "z"])) == .cursor("z"))
        #expect(try walk.take(page(5...6, ["next_cursor": nil])) == nil)
        #expect(ids(walk) == (1...6).map { "wh_\($0)" })
    }

    @Test("pages that overlap give each webhook once, as last read, where first seen")
    func overlap() throws {
        var walk = PageWalk(pageSize: 3)
        _ = try walk.take(page(1...3, ["next_cursor": "a"]))
        let later: JSON = [["webhook_id": "wh_2", "n": 20], ["webhook_id": "wh_4", "n": 4]]
        _ = try walk.take(ListPage(["results": later, "pagination": ["next_cursor": nil], "total": 4]))
        #expect(ids(walk) == ["wh_1", "wh_2", "wh_3", "wh_4"])
        #expect(walk.collection.webhooks[1].document["n"] == 20)
    }

    @Test("webhooks without an id are all kept")
    func withoutID() throws {
        var walk = PageWalk(pageSize: 10)
        _ = try walk.take(ListPage([["webhook_name": "a"], ["webhook_name": "a"], ["webhook_id": 7]]))
        #expect(walk.collection.webhooks.count == 3)
    }

    @Test("a cursor that comes back is refused, however long its loop")
    func loops() throws {
        var walk = PageWalk(pageSize: 1)
        for (number, cursor) in ["a", "b", "c"].enumerated() {
            _ = try walk.take(page([number], ["next_cursor": JSON(cursor)]))
        }
        #expect(throws: PageWalk.Stuck.cursorRepeats) { try walk.take(page([9], ["next_cursor": "a"])) }
    }

    @Test("new cursors without new webhooks end")
    func barren() throws {
        var walk = PageWalk(pageSize: 1)
        #expect(throws: PageWalk.Stuck.nothingNew(pages: 11)) {
            for number in 0... { _ = try walk.take(page([1], ["next_cursor": JSON("c\(number)")])) }
        }
    }

    @Test("a list that never ends is given up")
    func endless() throws {
        var walk = PageWalk(pageSize: 1)
        #expect(throws: PageWalk.Stuck.endless(pages: 10_000)) {
            for number in 0... { _ = try walk.take(page([number], ["next_cursor": JSON("c\(number)")])) }
        }
    }

    @Test("without cursors offsets lead on while the server counts more, or fills its pages")
    func offsets() throws {
        var counted = PageWalk(pageSize: 2)
        #expect(try counted.take(page(1...2, total: 3)) == .offset(2))
        #expect(counted.query(for: .offset(2)) == "limit=2&offset=2&include_total=true")
        #expect(try counted.take(page([3], total: 3)) == nil)

        var full = PageWalk(pageSize: 2)
        #expect(try full.take(page(1...2, total: 2)) == .offset(2))
        #expect(try full.take(page([], total: 0)) == nil)

        var exact = PageWalk(pageSize: 2)
        #expect(try exact.take(page(1...2, total: 2, ["total": 2])) == nil)
    }

    @Test("a server that gives smaller pages than asked for is walked in its own")
    func smallerPages() throws {
        var walk = PageWalk(pageSize: 1000)
        #expect(try walk.take(page(1...100, total: 100, ["page_size": 100])) == .offset(100))
        #expect(try walk.take(page(101...150, total: 50, ["page_size": 100])) == nil)
    }

    @Test("a server that knows page numbers only is asked by them")
    func pageNumbers() throws {
        var walk = PageWalk(pageSize: 2)
        #expect(try walk.take(page(1...2, total: 5)) == .offset(2))
        #expect(try walk.take(page(1...2, total: 5)) == .page(2))
        #expect(walk.query(for: .page(2)) == "page_size=2&page=2&include_total=true")
        #expect(try walk.take(page(3...4, total: 5)) == .page(3))
        #expect(try walk.take(page([5], total: 5)) == nil)
        #expect(walk.collection.webhooks.count == 5)
    }

    @Test("the page that came twice, before page numbers were tried, doesn't count twice")
    func pageNumbersCounted() throws {
        var walk = PageWalk(pageSize: 2)
        #expect(try walk.take(page(1...2, ["total": 5])) == .offset(2))
        #expect(try walk.take(page(1...2, ["total": 5])) == .page(2))
        #expect(try walk.take(page(3...4, ["total": 5])) == .page(3))
        #expect(try walk.take(page([5], ["total": 5])) == nil)
        #expect(ids(walk) == (1...5).map { "wh_\($0)" })
    }

    @Test("page and total_pages end a walk")
    func totalPages() throws {
        var walk = PageWalk(pageSize: 2)
        #expect(try walk.take(page(1...2, ["page": 1, "total_pages": 2])) == .offset(2))
        #expect(try walk.take(page(3...4, ["page": 2, "total_pages": 2])) == nil)
    }

    @Test("a server that gives the same page whatever it is asked is refused, when it speaks of more")
    func stuck() throws {
        var walk = PageWalk(pageSize: 2)
        for _ in 0..<2 { _ = try walk.take(page(1...2, total: 5)) }
        #expect(throws: PageWalk.Stuck.incomplete(got: 2, of: 5)) { try walk.take(page(1...2, total: 5)) }

        var content = PageWalk(pageSize: 2)
        #expect(try content.take(page(1...2, total: 2)) == .offset(2))
        #expect(try content.take(page(1...2, total: 2)) == nil)
    }

    @Test("what only the first page counted still tells that webhooks are missing")
    func rememberedTotal() throws {
        var walk = PageWalk(pageSize: 2)
        #expect(try walk.take(page(1...2, ["total": 5])) == .offset(2))
        #expect(try walk.take(page(1...2)) == .page(2))
        #expect(throws: PageWalk.Stuck.incomplete(got: 2, of: 5)) { try walk.take(page(1...2)) }
    }

    @Test("a count that changes on the way begins the walk anew, for one may have been passed over")
    func shifted() throws {
        for counted in [true, false] {
            func next(_ walk: inout PageWalk, _ range: ClosedRange<Int>, of total: Int) throws -> PageWalk.Question? {
                counted
                    ? try walk.take(page(range, ["total": JSON(total)]))
                    : try walk.take(page(range, total: JSON(total)))
            }
            var walk = PageWalk(pageSize: 2)
            #expect(try next(&walk, 1...2, of: 6) == .offset(2))
            // The first was deleted: what stood third stands second now.
            #expect(try next(&walk, 4...5, of: 5) == .first)
            #expect(try next(&walk, 2...3, of: 5) == .offset(2))
            #expect(try next(&walk, 4...5, of: 5) == .offset(4))
            #expect(try walk.take(page([6], ["total": 5])) == nil)
            #expect(ids(walk) == (2...6).map { "wh_\($0)" })
        }
    }

    @Test("a list that never comes to rest is taken as it comes")
    func restless() throws {
        var walk = PageWalk(pageSize: 2)
        var questions: [PageWalk.Question?] = []
        for total in 0..<10 {
            let isFirst = questions.last.map { $0 == .first } ?? true
            questions.append(try walk.take(page(isFirst ? 1...2 : 3...4, ["total": JSON(100 + total)])))
        }
        #expect(questions.count { $0 == .first } == 4)
    }

    @Test("beyond the largest offset page numbers take over")
    func largestOffset() throws {
        var walk = PageWalk(pageSize: 1000)
        var next: PageWalk.Question?
        for number in 0..<11 { next = try walk.take(page((number * 1000)..<((number + 1) * 1000), total: 99_999)) }
        #expect(next == .page(12))
        #expect(walk.collection.webhooks.count == 11_000)
    }

    @Test("the page size stays within what the API takes", arguments: [(0, 1), (-5, 1), (7, 7), (5000, 1000)])
    func pageSize(_ asked: Int, _ used: Int) {
        #expect(PageWalk(pageSize: asked).pageSize == used)
    }

    @Test(
        "an answer of another shape is named",
        arguments: [
            "7", "null", "\"x\"", "{}", "{\"results\": {}}", "[1]", "[[]]", "{\"results\": [null]}",
            "{\"webhooks\": []}",
        ])
    func shapes(_ text: String) throws {
        let json = try JSON(parsing: text)
        #expect(throws: ListPage.ShapeError.self) { try ListPage(json) }
    }

    @Test("odd pagination is passed over rather than trusted")
    func oddPagination() throws {
        let odd: JSON = ["next_cursor": 7, "total": -1, "page_size": "x", "page": 1.5, "total_pages": nil, "new": []]
        let page = try page([1], total: "many", odd)
        #expect(page.nextCursor == nil && page.countedTotal == nil && page.pageSize == nil && page.claimedTotal == nil)
        #expect(try ListPage(["results": [], "pagination": nil]).nextCursor == nil)
        #expect(try self.page([1], ["next_cursor": ""]).nextCursor == nil)
    }

    @Test("a remembered dialect is asked first, a fixed one alone")
    func candidates() {
        #expect(DialectChoice.automatic(remembered: nil).candidates(learned: nil) == [.paged, .array])
        #expect(DialectChoice.automatic(remembered: .array).candidates(learned: nil) == [.array, .paged])
        #expect(DialectChoice.automatic(remembered: .array).candidates(learned: .paged) == [.paged, .array])
        #expect(DialectChoice.fixed(.array).candidates(learned: .paged) == [.array])
    }
}
