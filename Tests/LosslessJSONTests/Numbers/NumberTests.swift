import Testing

@testable import LosslessJSON

@Suite("Numbers")
struct NumberTests {
    private func number(_ spelling: String) throws -> JSONNumber { try #require(JSONNumber(spelling: spelling)) }

    @Test(
        "a spelling that RFC 8259 has is kept",
        arguments: ["0", "-0", "1.0", "1e3", "1E+3", "9007199254740993", "0.10", "-1.5e-10", "1e999999999"])
    func kept(_ spelling: String) throws {
        #expect(JSONNumber(spelling: spelling)?.spelling == spelling)
        #expect(try JSON(parsing: spelling).number?.spelling == spelling)
        #expect(try JSON(parsing: " [\(spelling)] ").text() == "[\(spelling)]")
    }

    @Test(
        "any other spelling is none",
        arguments: [
            "", " 1", "1 ", "01", "+1", ".5", "1.", "1e", "-", "NaN", "inf", "1,5", "0x1", "1\u{0}", "１", "1 2", "true",
        ])
    func refused(_ spelling: String) {
        #expect(JSONNumber(spelling: spelling) == nil)
    }

    @Test(
        "numbers are equal if they are the same exact decimal, and then have the same hash",
        arguments: [
            ["1", "1.0", "1.00", "1e0", "10e-1", "0.1e1", "0.01E+2", "100e-02", "1e-0"],
            ["0", "-0", "0.0", "0e5", "-0.00e-999999999999999999999", "0e999999999999999999999"],
            ["1000", "1e3", "1E3", "1.0e+3", "1000.000", "0.001e6"],
            ["-12.5", "-125e-1", "-0.125e2", "-12.50"],
            ["1e1000000000000000000", "10e999999999999999999", "0.1e1000000000000000001", "1e+01000000000000000000"],
            ["1e99999999999999999999999999", "100e99999999999999999999999997", "0.001e100000000000000000000000002"],
            ["1e-1000000000000000000", "10e-1000000000000000001", "0.1e-999999999999999999"],
            ["9007199254740993", "9007199254740993.0", "9.007199254740993e15"],
        ])
    func equal(_ spellings: [String]) throws {
        let numbers = try spellings.map(number)
        for (a, b) in numbers.flatMap({ a in numbers.map { (a, $0) } }) {
            #expect(a == b)
            #expect(a.hashValue == b.hashValue)
            #expect(!(a < b))
        }
    }

    @Test("numbers stand in the order of their values, however close or far")
    func ordered() throws {
        let ascending = try [
            "-1e99999999999999999999999999", "-1e999999999", "-9007199254740993", "-9007199254740992", "-2", "-1.5",
            "-1",
            "-1e-999999999", "-1e-99999999999999999999999999", "0", "1e-99999999999999999999999999",
            "1e-99999999999999999999999998", "1e-1000000000000000000", "1e-999999999", "0.1", "0.10000000000000000001",
            "0.5", "1", "1.5", "2", "10", "9007199254740992", "9007199254740993", "12345678901234567890", "1e999999999",
            "1e1000000000000000000", "1e99999999999999999999999998", "1e99999999999999999999999999",
            "2e99999999999999999999999999", "1e100000000000000000000000000",
        ].map(number)
        for (i, a) in ascending.enumerated() {
            for (j, b) in ascending.enumerated() {
                #expect((a < b) == (i < j), "\(a) < \(b)")
                #expect((a == b) == (i == j), "\(a) == \(b)")
            }
        }
    }

    @Test(
        "a whole number in range has an Int, however it is spelt",
        arguments: [
            ("0", 0), ("-0", 0), ("-0.0e7", 0), ("42", 42), ("-42", -42), ("1.0", 1), ("1e3", 1000), ("1.5e1", 15),
            ("9223372036854775807", .max), ("-9223372036854775808", .min), ("9.223372036854775807e18", .max),
            ("-9.223372036854775808e18", .min), ("100e-2", 1), ("0e999999999999999999999", 0),
        ])
    func int(_ spelling: String, _ value: Int) throws {
        #expect(try number(spelling).int == value)
    }

    @Test(
        "any other number has none",
        arguments: [
            "0.5", "1.5", "1e-1", "9223372036854775808", "-9223372036854775809", "9.223372036854775808e18", "1e19",
            "1e999999999",
            "1e99999999999999999999999", "1e-99999999999999999999999", "99999999999999999999e-1",
        ])
    func noInt(_ spelling: String) throws {
        #expect(try number(spelling).int == nil)
    }

    @Test("a Double is the nearest, infinite or zero beyond the range")
    func double() throws {
        #expect(try number("1.5").double == 1.5)
        #expect(try number("-0").double.sign == .minus)
        #expect(try number("9007199254740993").double == 9_007_199_254_740_992)
        #expect(try number("1e999999999").double == .infinity)
        #expect(try number("-1e999999999").double == -.infinity)
        #expect(try number("1e-999999999").double == 0)
        #expect(try number("1e99999999999999999999999").double == .infinity)
        #expect(try number("1e-99999999999999999999999").double == 0)
    }

    @Test("a Double's spelling reads back as it; what is not finite has none")
    func fromDouble() throws {
        for value in [
            0.0, -0.0, 1, 0.1, 1e20, 1.5e-300, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 123456789.125,
        ] {
            let made = try #require(JSONNumber(value))
            #expect(try number(made.spelling).double == value)
        }
        #expect(JSONNumber(.infinity) == nil)
        #expect(JSONNumber(-.infinity) == nil)
        #expect(JSONNumber(.nan) == nil)
    }

    @Test("generated spellings compare as their Doubles do where those differ", arguments: 0..<20)
    func agreesWithDouble(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let (a, b) = (try number(generator.numberSpelling()), try number(generator.numberSpelling()))
            if a.double < b.double { #expect(a < b, "\(a) < \(b)") }
            if a.double > b.double { #expect(b < a, "\(b) < \(a)") }
            #expect((a == b) == (!(a < b) && !(b < a)))
        }
    }

    @Test("hundreds of thousands of digits, in the number or its exponent, are compared in passable time")
    func long() throws {
        let digits = String(repeating: "7", count: 300_000)
        #expect(try number(digits) < number(digits + "0"))
        #expect(try number(digits + ".0") == number(digits))
        #expect(try number("1e\(digits)") == number("10e\(digits.dropLast())6"))
        #expect(try number("1e-\(digits)") < number("1e\(digits)"))
        #expect(try number("1" + String(repeating: "0", count: 300_000)) == number("1e300000"))
    }
}
