import LosslessJSON
import Sandbox
import Testing

@Suite("Pages of a list")
struct PaginationTests {
    /// The identifiers of a page and its pagination.
    private func page(_ sandbox: Harness, _ query: String) async throws -> (ids: [String], reply: JSON) {
        let reply = try await sandbox.request("POST", "/list?\(query)", body: "{}")
        #expect(reply.status == 200, "\(query): \(reply.text)")
        let json = try #require(reply.json)
        return (json["results"]?.array?.compactMap { $0["webhook_id"]?.string } ?? [], json)
    }

    private func everything(_ sandbox: Harness) async throws -> [String] {
        try await sandbox.listAll().compactMap { $0["webhook_id"]?.string }
    }

    @Test("following next_cursor gives every webhook once, whatever the cursor's parameter is called", arguments: 0..<6)
    func byCursor(seed: Int) async throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let count = [0, 1, 7, 46, 120, 250][seed]
        try await Harness.run(seed: .generated(count: count)) { sandbox in
            let all = try await everything(sandbox)
            #expect(all.count == count)
            for name in ["cursor", "next_cursor", "after"] {
                let size = Int.random(in: 1...60, using: &generator)
                let sizeName = Bool.random(using: &generator) ? "limit" : "page_size"
                var seen: [String] = []
                var cursor: String?
                repeat {
                    let query = "\(sizeName)=\(size)" + (cursor.map { "&\(name)=\($0)" } ?? "")
                    let (ids, reply) = try await page(sandbox, query)
                    #expect(ids.count <= size)
                    seen += ids
                    cursor = reply["pagination"]?["next_cursor"]?.string
                } while cursor != nil && seen.count <= count
                #expect(seen == all, "\(name) by \(size)")
            }
        }
    }

    @Test("pages by offset and by number give every webhook once", arguments: 0..<4)
    func byOffsetAndNumber(seed: Int) async throws {
        var generator = SeededGenerator(seed: UInt64(seed) + 100)
        let count = Int.random(in: 1...150, using: &generator)
        try await Harness.run(seed: .generated(count: count)) { sandbox in
            let all = try await everything(sandbox)
            let size = Int.random(in: 1...40, using: &generator)
            var byOffset: [String] = []
            var byNumber: [String] = []
            for number in 0...count / size {
                byOffset += try await page(sandbox, "limit=\(size)&offset=\(number * size)").ids
                byNumber += try await page(sandbox, "page_size=\(size)&page=\(number + 1)").ids
            }
            #expect(byOffset == all)
            #expect(byNumber == all)
        }
    }

    @Test("next_page is followed from the first page to the last")
    func byLink() async throws {
        try await Harness.run(seed: .generated(count: 25)) { sandbox async throws in
            var seen: [String] = []
            var target: String? = "\(Harness.base)/list?page_size=10"
            var pages = 0
            while let path = target {
                let reply = try #require(try await sandbox.request("POST", path, body: "{}").json)
                seen += reply["results"]?.array?.compactMap { $0["webhook_id"]?.string } ?? []
                #expect(reply["pagination"]?["page"]?.number?.int == pages + 1)
                #expect((reply["pagination"]?["previous_page"]?.isNull == true) == (pages == 0))
                target = reply["pagination"]?["next_page"]?.string
                pages += 1
            }
            #expect(pages == 3)
            #expect(try await everything(sandbox) == seen)
        }
    }

    @Test("webhooks created and deleted on the way leave a cursor's other webhooks once each")
    func cursorUnderChange() async throws {
        try await Harness.run(seed: .generated(count: 20)) { sandbox in
            let all = try await everything(sandbox)
            let (first, reply) = try await page(sandbox, "limit=10")
            let cursor = try #require(reply["pagination"]?["next_cursor"]?.string)
            for id in [all[9], all[3], all[15]] { _ = try await sandbox.request("DELETE", "/\(id)") }
            let new = try await sandbox.create(sampleDocument("new"))
            let (second, _) = try await page(sandbox, "limit=100&cursor=\(cursor)")
            #expect(first + second == all.filter { $0 != all[15] } + [new])
        }
    }

    @Test("counts are null unless asked for, the total is always there")
    func counts() async throws {
        try await Harness.run(seed: .generated(count: 25)) { sandbox in
            for (query, expected) in [("limit=10", nil), ("limit=10&include_total=true", 25)] as [(String, Int?)] {
                let (_, reply) = try await page(sandbox, query)
                #expect(reply["total"]?.number?.int == 25)
                #expect(reply["pagination"]?["total"]?.number?.int == expected)
                #expect(reply["pagination"]?["total_pages"]?.number?.int == expected.map { _ in 3 })
                #expect(reply["pagination"]?["page_size"]?.number?.int == 10)
            }
        }
    }

    @Test("totals follow what is created, switched, left as it is and deleted", arguments: 0..<4)
    func totalsUnderChange(seed: Int) async throws {
        var generator = SeededGenerator(seed: UInt64(seed) + 200)
        try await Harness.run(seed: .generated(count: 5)) { sandbox async throws in
            for step in 0..<40 {
                let id = try await everything(sandbox).randomElement(using: &generator)
                let body = sampleDocument("\(step)", active: Bool.random(using: &generator)).text(.compact)
                switch (Int.random(in: 0..<4, using: &generator), id) {
                case (0, let id?): _ = try await sandbox.request("DELETE", "/\(id)")
                case (1...2, let id?): _ = try await sandbox.request("PUT", "/\(id)", body: body)
                default: _ = try await sandbox.request("POST", "/", body: body)
                }
                let all = try await sandbox.listAll()
                let active = all.count { $0["is_active"] == true }
                let expected = [
                    "{}": all.count, #"{"is_active":true}"#: active, #"{"is_active":false}"#: all.count - active,
                ]
                for (filter, count) in expected {
                    let reply = try await sandbox.request("POST", "/list?limit=1", body: filter)
                    #expect(reply.json?["total"]?.number?.int == count, "step \(step), \(filter)")
                }
            }
        }
    }

    @Test("the total counts what a cursor has passed, too")
    func totalBehindCursor() async throws {
        try await Harness.run(seed: .generated(count: 12)) { sandbox in
            let cursor = try #require(try await page(sandbox, "limit=5").reply["pagination"]?["next_cursor"]?.string)
            let (_, reply) = try await page(sandbox, "limit=5&include_total=true&cursor=\(cursor)")
            #expect(reply["total"] == 12)
            #expect(reply["pagination"]?["page"] == .null)
        }
    }

    @Test(
        "a parameter out of range or of another kind is answered 422 and named",
        arguments: [
            ("limit=0", "limit", "greater_than_equal"), ("limit=1001", "limit", "less_than_equal"),
            ("limit=", "limit", "int_parsing"), ("limit=ten", "limit", "int_parsing"),
            ("limit=99999999999999999999", "limit", "int_parsing"), ("offset=-1", "offset", "greater_than_equal"),
            ("offset=10001", "offset", "less_than_equal"), ("page=0", "page", "greater_than_equal"),
            ("page_size=1001", "page_size", "less_than_equal"),
            ("include_total=maybe", "include_total", "bool_parsing"),
        ])
    func badParameters(query: String, name: String, type: String) async throws {
        try await Harness.run { sandbox in
            let reply = try await sandbox.request("POST", "/list?\(query)", body: "{}")
            #expect(reply.status == 422)
            let problem = reply.json?["error"]?["details"]?["validation_errors"]?[0]
            #expect(problem?["location"] == ["query", JSON(name)])
            #expect(problem?["type"]?.string == type)
        }
    }

    @Test("a cursor that was never given out is a bad request", arguments: ["x", "c", "c-1", "C1", "c1%20", "c0001"])
    func badCursor(cursor: String) async throws {
        try await Harness.run { sandbox in
            let reply = try await sandbox.request("POST", "/list?cursor=\(cursor)")
            #expect(reply.status == 400)
            #expect(reply.errorType == "BadRequestError")
        }
    }

    @Test("pages past the end are empty, however far")
    func pastTheEnd() async throws {
        try await Harness.run(seed: .generated(count: 3)) { sandbox in
            for query in ["offset=10000", "page=4&page_size=1", "page=9223372036854775807&page_size=1000"] {
                let (ids, reply) = try await page(sandbox, query)
                #expect(ids.isEmpty)
                #expect(reply["pagination"]?["next_cursor"] == .null)
            }
        }
    }

    @Test("unknown parameters are ignored, and of one given twice the last counts")
    func oddQueries() async throws {
        try await Harness.run(seed: .generated(count: 9)) { sandbox in
            let ids = try await page(sandbox, "colour=red&limit=2&limit=4&&=&%zz=1").ids
            #expect(ids.count == 4)
        }
    }

    @Test("a long bare list arrives whole and in order")
    func longBareList() async throws {
        try await Harness.run(seed: .generated(count: 2_345)) { sandbox in
            let ids = try await everything(sandbox)
            #expect(ids.count == 2_345)
            #expect(Set(ids).count == 2_345)
            var paged: [String] = []
            var cursor = ""
            repeat {
                let (part, reply) = try await page(sandbox, "limit=1000&cursor=\(cursor)")
                paged += part
                cursor = reply["pagination"]?["next_cursor"]?.string ?? ""
            } while !cursor.isEmpty
            #expect(paged == ids)
        }
    }
}
