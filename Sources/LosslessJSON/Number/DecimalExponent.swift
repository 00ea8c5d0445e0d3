/// A power of ten of any size, since a spelling's exponent may have any number of digits.
struct DecimalExponent: Hashable {
    /// From here on the digits are kept; below, an integer does.
    private static let hugeFrom = 1_000_000_000_000_000_000

    private let isNegative: Bool
    /// The magnitude's digits, values 0…9 without leading zeros, if it is 10¹⁸ or more; else empty.
    private let huge: [UInt8]
    private let small: Int

    /// The exponent, unless it is 10¹⁸ or more either way.
    var int: Int? { huge.isEmpty ? small : nil }

    init(_ value: Int) {
        if value.magnitude < UInt(Self.hugeFrom) {
            self.init(isNegative: value < 0, huge: [], small: value)
        } else {
            self.init(isNegative: value < 0, huge: String(value.magnitude).utf8.map { $0 - Byte.zero }, small: 0)
        }
    }

    private init(isNegative: Bool, huge: [UInt8], small: Int) {
        self.isNegative = isNegative
        self.huge = huge
        self.small = small
    }

    /// The sum of what stands behind `e` (empty for none) and `places`, which is far below 10¹⁸.
    init(spelling: UnsafeBufferPointer<UInt8>, plus places: Int) {
        let isNegative = spelling.first == Byte.minus
        let magnitude = spelling.drop { !Byte.isDigit($0) || $0 == Byte.zero }
        guard magnitude.count > 18 else {
            let value = magnitude.reduce(0) { $0 * 10 + Int($1 - Byte.zero) }
            self.init((isNegative ? -value : value) + places)
            return
        }
        let digits = Self.add(isNegative ? -places : places, to: magnitude.map { $0 - Byte.zero })
        if digits.count <= 18 {
            let value = digits.reduce(0) { $0 * 10 + Int($1) }
            self.init(isNegative ? -value : value)
        } else {
            self.init(isNegative: isNegative, huge: digits, small: 0)
        }
    }

    /// `digits` (a number larger than `addend`'s magnitude) plus `addend`, without leading zeros.
    private static func add(_ addend: Int, to digits: [UInt8]) -> [UInt8] {
        var digits = digits
        var carry = addend
        var position = digits.count - 1
        while carry != 0, position >= 0 {
            let sum = Int(digits[position]) + carry
            let digit = (sum % 10 + 10) % 10
            digits[position] = UInt8(digit)
            carry = (sum - digit) / 10
            position -= 1
        }
        while carry > 0 {
            digits.insert(UInt8(carry % 10), at: 0)
            carry /= 10
        }
        return Array(digits.drop { $0 == 0 })
    }
}

extension DecimalExponent: Comparable {
    static func < (a: DecimalExponent, b: DecimalExponent) -> Bool {
        if a.rank != b.rank { return a.rank < b.rank }
        if a.rank == 0 { return a.small < b.small }
        return a.isNegative ? isSmaller(b.huge, a.huge) : isSmaller(a.huge, b.huge)
    }

    private var rank: Int { huge.isEmpty ? 0 : isNegative ? -1 : 1 }

    private static func isSmaller(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        a.count != b.count ? a.count < b.count : a.lexicographicallyPrecedes(b)
    }
}
