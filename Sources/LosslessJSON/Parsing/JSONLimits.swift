/// How much a parser takes before it refuses.
///
/// A parsed value needs memory for its text and 8 bytes for each scalar and name, 16 for each array and object: less than
/// the text again for documents, and seven times the text for the worst there is, a list of single digits.
package struct JSONLimits: Hashable, Sendable {
    /// Deepest nesting of arrays and objects; `[]` has depth 1, a scalar 0.
    package var maximumDepth: Int
    /// Longest text in bytes. What a document can address, 2³¹ − 1 bytes, is the upper bound whatever is asked.
    package var maximumSize: Int

    /// The largest size any limit can allow: offsets and lengths are kept in 31 bits.
    package static let addressableSize = Int(Int32.max)

    package init(maximumDepth: Int = 512, maximumSize: Int = 1 << 30) {
        self.maximumDepth = max(0, maximumDepth)
        self.maximumSize = min(max(0, maximumSize), Self.addressableSize)
    }

    /// 512 levels, 1 GiB.
    package static let standard = JSONLimits()
}
