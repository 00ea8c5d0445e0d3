/// A number's value in the one form that every spelling of it shares: ± 0.d₁d₂…dₙ × 10^exponent, where d₁ and dₙ are not 0.
/// Zero has no digits, no sign and the exponent 0.
struct ExactDecimal: Hashable {
    let isNegative: Bool
    /// Values 0…9.
    let digits: [UInt8]
    let exponent: DecimalExponent

    init(_ number: JSONNumber) {
        var spelling = number.spelling
        self = spelling.withUTF8 { ExactDecimal(spelling: $0) }
    }

    /// `spelling` must be a valid number.
    init(spelling: UnsafeBufferPointer<UInt8>) {
        var position = spelling.first == Byte.minus ? 1 : 0
        let isNegative = position == 1
        var digits: [UInt8] = []
        digits.reserveCapacity(spelling.count)
        // How many places the point stands to the right of the first significant digit.
        var places = 0
        var isFraction = false
        while position < spelling.count, spelling[position] | 0x20 != Byte.lowerE {
            let byte = spelling[position]
            position += 1
            guard byte != Byte.point else {
                isFraction = true
                continue
            }
            if !digits.isEmpty || byte != Byte.zero {
                digits.append(byte - Byte.zero)
                if !isFraction { places += 1 }
            } else if isFraction {
                places -= 1
            }
        }
        while digits.last == 0 { digits.removeLast() }
        self.digits = digits
        self.isNegative = isNegative && !digits.isEmpty
        exponent =
            digits.isEmpty
            ? DecimalExponent(0)
            : DecimalExponent(
                spelling: UnsafeBufferPointer(rebasing: spelling[min(position + 1, spelling.count)...]), plus: places)
    }

    /// The value if it is whole and in `Int`'s range.
    var int: Int? {
        guard !digits.isEmpty else { return 0 }
        guard let exponent = exponent.int, exponent >= digits.count, exponent <= 19 else { return nil }
        var value = 0
        for position in 0..<exponent {
            // Gathered below zero, where the range is larger by one.
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
            let digit = position < digits.count ? Int(digits[position]) : 0
            let (sum, carry) = shifted.subtractingReportingOverflow(digit)
            guard !overflow, !carry else { return nil }
            value = sum
        }
        guard !isNegative else { return value }
        return value == .min ? nil : -value
    }
}

extension ExactDecimal: Comparable {
    static func < (a: ExactDecimal, b: ExactDecimal) -> Bool {
        if a.sign != b.sign { return a.sign < b.sign }
        return a.isNegative ? isSmallerMagnitude(b, a) : isSmallerMagnitude(a, b)
    }

    private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

    private static func isSmallerMagnitude(_ a: ExactDecimal, _ b: ExactDecimal) -> Bool {
        if a.exponent != b.exponent { return a.exponent < b.exponent }
        return a.digits.lexicographicallyPrecedes(b.digits)
    }
}
