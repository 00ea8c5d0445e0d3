/// A number's value in the one form that every spelling of it shares: ± 0.d₁d₂…dₙ × 10^exponent, where d₁ and dₙ are not 0.
/// Zero has no digits, no sign and the exponent 0. Nothing is allocated for up to 19 digits.
struct ExactDecimal: Hashable {
    let isNegative: Bool
    /// The first 19 digits as an integer of 19 digits, filled up with zeros.
    private let leading: UInt64
    /// The digits behind those, values 0…9, without zeros at the end.
    private let rest: [UInt8]
    private let exponent: DecimalExponent

    private static let leadingDigits = 19

    /// `spelling` must be a valid number.
    init(spelling: UnsafeBufferPointer<UInt8>) {
        var digits = Digits()
        var position = spelling.first == Byte.minus ? 1 : 0
        while position < spelling.count, spelling[position] | 0x20 != Byte.lowerE {
            digits.append(spelling[position])
            position += 1
        }
        digits.finish()
        leading = digits.leading
        rest = digits.rest
        isNegative = spelling.first == Byte.minus && !digits.isZero
        let behindE = UnsafeBufferPointer(rebasing: spelling[min(position + 1, spelling.count)...])
        exponent = digits.isZero ? DecimalExponent(0) : DecimalExponent(spelling: behindE, plus: digits.places)
    }

    init(_ number: JSONNumber) {
        var spelling = number.spelling
        self = spelling.withUTF8 { ExactDecimal(spelling: $0) }
    }

    /// The digits of a spelling while it is read.
    private struct Digits {
        var leading: UInt64 = 0
        var rest: [UInt8] = []
        /// How many places the point stands to the right of the first significant digit.
        var places = 0
        private var count = 0
        private var isFraction = false

        var isZero: Bool { count == 0 }

        /// Takes a digit or the point.
        mutating func append(_ byte: UInt8) {
            guard byte != Byte.point else {
                isFraction = true
                return
            }
            if count == 0, byte == Byte.zero {
                if isFraction { places -= 1 }
                return
            }
            if count < ExactDecimal.leadingDigits {
                leading = leading * 10 + UInt64(byte - Byte.zero)
            } else {
                rest.append(byte - Byte.zero)
            }
            count += 1
            if !isFraction { places += 1 }
        }

        mutating func finish() {
            while count > 0, count < ExactDecimal.leadingDigits {
                leading *= 10
                count += 1
            }
            while rest.last == 0 { rest.removeLast() }
        }
    }

    /// The value if it is whole and in `Int`'s range.
    var int: Int? {
        guard leading != 0 else { return 0 }
        // Every `Int` has at most 19 digits before the point.
        guard rest.isEmpty, let exponent = exponent.int, 1...Self.leadingDigits ~= exponent else { return nil }
        var behindPoint: UInt64 = 1
        for _ in exponent..<Self.leadingDigits { behindPoint *= 10 }
        let (whole, fraction) = leading.quotientAndRemainder(dividingBy: behindPoint)
        guard fraction == 0 else { return nil }
        if isNegative, whole == Int.min.magnitude { return .min }
        return Int(exactly: whole).map { isNegative ? -$0 : $0 }
    }
}

extension ExactDecimal: Comparable {
    static func < (a: ExactDecimal, b: ExactDecimal) -> Bool {
        if a.sign != b.sign { return a.sign < b.sign }
        return a.isNegative ? isSmallerMagnitude(b, a) : isSmallerMagnitude(a, b)
    }

    private var sign: Int { leading == 0 ? 0 : isNegative ? -1 : 1 }

    private static func isSmallerMagnitude(_ a: ExactDecimal, _ b: ExactDecimal) -> Bool {
        if a.exponent != b.exponent { return a.exponent < b.exponent }
        if a.leading != b.leading { return a.leading < b.leading }
        return a.rest.lexicographicallyPrecedes(b.rest)
    }
}
