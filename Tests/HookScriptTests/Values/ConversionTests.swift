import LosslessJSON
import Testing

@testable import HookScript

@Suite("Kinds of arguments")
struct ConversionTests {
    @Test("literal text is read as the declared kind, and refused where it does not read")
    func literal() throws {
        #expect(try Value("5").converted(to: .integer, isLiteral: true).integer == 5)
        #expect(try Value("true").converted(to: .boolean, isLiteral: true).boolean == true)
        #expect(throws: ConversionError.self) { try Value("5.5").converted(to: .integer, isLiteral: true) }
        #expect(throws: ConversionError.self) { try Value("1").converted(to: .boolean, isLiteral: true) }
        #expect(throws: ConversionError.self) { try Value("blue").converted(to: .choice(["red"]), isLiteral: true) }
    }

    @Test("only literal text is guessed")
    func guessed() throws {
        #expect(try Value("5").converted(to: .inferred, isLiteral: true).kind == .number)
        #expect(try Value("5").converted(to: .inferred, isLiteral: false).kind == .text)
        #expect(try Value("{}").converted(to: .json, isLiteral: false).kind == .text)
        #expect(try Value("{}").converted(to: .json, isLiteral: true).kind == .object)
        #expect(try Value("text:5").converted(to: .inferred, isLiteral: true) == Value("5"))
    }

    @Test("numbers keep their spelling on the way to text")
    func spelling() throws {
        let number = try Value("1.0").converted(to: .inferred, isLiteral: true)
        #expect(try number.converted(to: .text, isLiteral: false) == Value("1.0"))
    }

    @Test("a converted secret stays one, and an error about it does not show it")
    func taint() throws {
        let secret = Value("5", taint: Taint(reference: "secret:A"))
        #expect(try secret.converted(to: .integer, isLiteral: false).isTainted)
        do throws(ConversionError) {
            _ = try secret.converted(to: .boolean, isLiteral: false)
            Issue.record("it was converted")
        } catch {
            #expect(error.found == "••••")
        }
    }
}
