import Testing

@testable import LosslessJSON

@Suite("Limits")
struct LimitsTests {
    private func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test("depth is allowed up to the limit and refused beyond it, at the bracket that exceeds it")
    func depth() throws {
        for depth in [0, 1, 2, 512] {
            let limits = JSONLimits(maximumDepth: depth)
            #expect(throws: Never.self) { try JSON(parsing: depth == 0 ? "1" : nested(depth), limits: limits) }
            let error = #expect(throws: JSONSyntaxError.self) { try JSON(parsing: nested(depth + 1), limits: limits) }
            #expect(error?.reason == .tooDeep(limit: depth))
            #expect(error?.offset == depth)
        }
    }

    @Test("objects count as levels like arrays")
    func objectDepth() {
        let limits = JSONLimits(maximumDepth: 3)
        #expect(throws: Never.self) { try JSON(parsing: #"{"a":[{"b":1}]}"#, limits: limits) }
        let error = #expect(throws: JSONSyntaxError.self) { try JSON(parsing: #"{"a":[{"b":[]}]}"#, limits: limits) }
        #expect(error?.reason == .tooDeep(limit: 3))
    }

    @Test("the standard depth is 512")
    func standardDepth() {
        #expect(throws: Never.self) { try JSON(parsing: nested(512)) }
        #expect(throws: JSONSyntaxError.self) { try JSON(parsing: nested(513)) }
    }

    @Test("size is allowed up to the limit and refused beyond it, unread")
    func size() {
        let limits = JSONLimits(maximumSize: 4)
        #expect(throws: Never.self) { try JSON(parsing: "1234", limits: limits) }
        let error = #expect(throws: JSONSyntaxError.self) { try JSON(parsing: "{{{{{", limits: limits) }
        #expect(error?.reason == .tooLarge(size: 5, limit: 4))
        #expect(error?.offset == 0)
    }

    @Test("limits beyond what can be addressed, or below zero, are brought into range")
    func clamped() {
        #expect(JSONLimits(maximumSize: .max).maximumSize == JSONLimits.addressableSize)
        #expect(JSONLimits(maximumDepth: -1, maximumSize: -1) == JSONLimits(maximumDepth: 0, maximumSize: 0))
    }

    @Test("a million opening brackets are one error, not a crash", arguments: ["[", "{\"a\":"])
    func manyBrackets(_ bracket: String) {
        let error = #expect(throws: JSONSyntaxError.self) {
            try JSON(parsing: String(repeating: bracket, count: 1_000_000))
        }
        #expect(error?.reason == .tooDeep(limit: 512))
    }
}
