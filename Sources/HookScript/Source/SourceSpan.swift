/// A range of bytes in a ``SourceText``: `start` is the first byte, `end` the one after the last.
///
/// An empty span is a place between two bytes. Offsets are 32-bit, which ``Limits/sourceBytes`` keeps safe.
package struct SourceSpan: Hashable, Sendable {
    private let low: UInt32
    private let high: UInt32

    package var start: Int { Int(low) }
    package var end: Int { Int(high) }
    package var count: Int { Int(high - low) }

    package init(_ start: Int, _ end: Int) {
        low = UInt32(truncatingIfNeeded: max(0, start))
        high = UInt32(truncatingIfNeeded: max(start, end, 0))
    }

    /// The smallest span that holds both.
    package func joined(with other: SourceSpan) -> SourceSpan {
        SourceSpan(min(start, other.start), max(end, other.end))
    }
}
