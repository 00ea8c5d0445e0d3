extension JSON {
    /// Whether two numbers are the same exact decimal; read where they stand.
    static func equalNumbers(_ a: JSON, _ b: JSON) -> Bool {
        a.withNumberBytes { a in
            b.withNumberBytes { b in sameBytes(a, b) || ExactDecimal(spelling: a) == ExactDecimal(spelling: b) }
        }
    }

    /// A number's value; of other kinds, zero.
    var exactDecimal: ExactDecimal { withNumberBytes { ExactDecimal(spelling: $0) } }

    /// Calls `body` with a number's spelling; with nothing for other kinds.
    private func withNumberBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        switch storage {
        case .number(let number):
            var spelling = number.spelling
            return spelling.withUTF8(body)
        case .view(let document, let node) where document.kind(at: Int(node)) == .number:
            let range = document.range(at: Int(node))
            return document.source.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
        default:
            return body(UnsafeBufferPointer(start: nil, count: 0))
        }
    }
}
