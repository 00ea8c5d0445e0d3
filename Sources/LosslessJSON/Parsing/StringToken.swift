/// A string's token in a source: its place, and whether reading it needs decoding.
struct StringToken {
    /// Of the content, without the quotes.
    let start: Int
    let end: Int
    let isEscaped: Bool

    @inline(__always)
    init(_ entry: Document.Entry) {
        start = Int(entry.start) + 1
        end = Int(entry.start) + entry.length - 1
        isEscaped = entry.isEscaped
    }

    /// The content as spelt.
    @inline(__always)
    func spelling(in source: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: source[start..<end])
    }

    /// Calls `body` with the decoded content.
    @inline(__always)
    func withDecoded<R>(
        in source: UnsafeBufferPointer<UInt8>, surrogates: LoneSurrogates,
        _ body: (UnsafeBufferPointer<UInt8>) -> R
    ) -> R {
        guard isEscaped else { return body(spelling(in: source)) }
        return StringDecoding.decode(spelling(in: source), surrogates: surrogates).withUnsafeBufferPointer(body)
    }

    /// Whether the token, read as a member's name, is `name`.
    @inline(__always)
    func isName(_ name: UnsafeBufferPointer<UInt8>, in source: UnsafeBufferPointer<UInt8>) -> Bool {
        guard isEscaped else { return sameBytes(spelling(in: source), name) }
        return withDecoded(in: source, surrogates: .replaced) { sameBytes($0, name) }
    }
}
