import LosslessJSON
import Testing

@testable import HookScript

@Suite("Secrets in values")
struct TaintTests {
    private let secret = Value("hunter2", taint: Taint(reference: "secret:A"))

    @Test("a secret does not print, however it is printed")
    func printing() {
        for value in [secret, Value([Value("a"), secret]), Value([Value([secret])])] {
            #expect(value.isTainted)
            for text in ["\(value)", value.debugDescription, String(reflecting: value), "\([value])"] {
                #expect(!text.contains("hunter2"), "\(text)")
            }
            var dumped = ""
            dump(value, to: &dumped)
            #expect(!dumped.contains("hunter2"))
            #expect(value.json == nil)
        }
    }

    @Test("what is computed from a secret is one")
    func derived() throws {
        let limits = Limits.standard
        for function in [Function.lower, .upper, .len, .json, .first] {
            let subject =
                function == .json ? Value("5", taint: secret.taint) : function == .first ? Value([secret]) : secret
            #expect(try FunctionLibrary.apply(function, [subject], limits: limits).isTainted, "\(function)")
        }
        #expect(try FunctionLibrary.apply(.replace, [Value("a"), Value("a"), secret], limits: limits).isTainted)
        #expect(try FunctionLibrary.apply(.join, [Value([Value("a"), secret]), Value(",")], limits: limits).isTainted)
        #expect(try FunctionLibrary.apply(.split, [secret, Value("t")], limits: limits).isTainted)
        #expect(try Arithmetic.apply(.plus, Value("a"), secret, limits: limits).isTainted)
        #expect(try Arithmetic.apply(.plus, Value([Value("a")]), Value([secret]), limits: limits).isTainted)
    }

    @Test("a member's taint is its own, of what is above it and of what is below it")
    func members() throws {
        let taint = try #require(
            Taint(members: [Taint.Member(path: ["channels", 0, "token"], taint: Taint(reference: "secret:A"))]))
        #expect(taint.member(at: ["name"]) == nil)
        #expect(taint.member(at: ["channels", 1]) == nil)
        #expect(taint.member(at: ["channels", 0])?.members.map(\.path) == [["token"]])
        #expect(taint.member(at: ["channels", 0, "token"])?.recipe == [.reference("secret:A")])
        #expect(taint.member(at: ["channels", 0, "token", "x"])?.origins == ["secret:A"])
    }

    @Test("a list of JSON hands the taint of its elements on")
    func lists() {
        let taint = Taint(members: [Taint.Member(path: [1], taint: Taint(reference: "secret:A"))])
        let value = Value(["a", "b"] as JSON, taint: taint)
        #expect(value.list?.map(\.isTainted) == [false, true])
        #expect(value.jsonTaint?.members.map(\.path) == [[1]])
    }
}
