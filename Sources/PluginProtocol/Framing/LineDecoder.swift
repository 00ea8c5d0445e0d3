import Glibc

/// Splits a stream of bytes into lines, whatever pieces it comes in.
///
/// A line ends at LF; a CR before it is dropped, and lines without content are passed over. A line longer than the limit
/// ends the decoding: what was buffered is let go, and nothing more is taken.
package struct LineDecoder: Sendable {
    package enum Event: Hashable, Sendable {
        /// A line without its end.
        case line([UInt8])
        /// A line grew beyond so many bytes. Nothing follows.
        case overflow(limit: Int)
    }

    package let limit: Int
    private var pending: [UInt8] = []
    private var hasOverflowed = false

    /// - Parameter limit: the longest line, in bytes without its end.
    package init(limit: Int = Limits.lineLength) { self.limit = limit }

    /// The lines that these bytes complete, in order.
    package mutating func feed(_ bytes: some Collection<UInt8>) -> [Event] {
        let events: [Event]? = bytes.withContiguousStorageIfAvailable { take($0) }
        return events ?? Array(bytes).withUnsafeBufferPointer { take($0) }
    }

    /// What came behind the last line end: a line that was cut off, or nil.
    package mutating func finish() -> [UInt8]? {
        defer { pending = [] }
        return pending.isEmpty ? nil : pending
    }

    private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) -> [Event] {
        var events: [Event] = []
        var start = 0
        while start < bytes.count, !hasOverflowed {
            let rest = UnsafeBufferPointer(rebasing: bytes[start...])
            let end = Self.lineEnd(in: rest)
            let piece = UnsafeBufferPointer(rebasing: rest[..<(end ?? rest.count)])
            guard pending.count + piece.count <= limit else {
                hasOverflowed = true
                pending = []
                events.append(.overflow(limit: limit))
                break
            }
            pending.append(contentsOf: piece)
            guard let end else { break }
            if let line = takeLine() { events.append(.line(line)) }
            start += end + 1
        }
        return events
    }

    private static func lineEnd(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let start = UnsafeRawPointer(bytes.baseAddress) else { return nil }
        return memchr(start, Int32(UInt8(ascii: "\n")), bytes.count).map { UnsafeRawPointer($0) - start }
    }

    private mutating func takeLine() -> [UInt8]? {
        if pending.last == UInt8(ascii: "\r") { pending.removeLast() }
        let isBlank = pending.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        defer { pending = [] }
        return isBlank ? nil : pending
    }
}
