/// Keeps the secrets of documents sealed while they lie in a database.
///
/// What is stored is the document with `"[sealed]"` in each secret's place, and apart from it one sealed list of what
/// stood there, each with its place. Nothing is sealed in memory.
struct DocumentVault: Sendable {
    private static let placeholder = Array("\"[sealed]\"".utf8)

    /// Nil for a database that never leaves memory.
    let box: SecretBox?

    struct Stored: Sendable {
        let document: String
        /// Nil where the document holds no secret.
        let secrets: [UInt8]?
    }

    /// A document's text as it is to be stored for its owner.
    func store(_ document: String, for owner: String) -> Stored {
        guard let box else { return Stored(document: document, secrets: nil) }
        let text = Array(document.utf8)
        let ranges = SecretScanner.ranges(in: text)
        guard !ranges.isEmpty else { return Stored(document: document, secrets: nil) }
        var shown: [UInt8] = []
        var secret: [UInt8] = []
        var end = 0
        for range in ranges {
            shown += text[end..<range.lowerBound]
            secret += bytes(UInt32(shown.count)) + bytes(UInt32(range.count)) + text[range]
            shown += Self.placeholder
            end = range.upperBound
        }
        shown += text[end...]
        return Stored(document: String(decoding: shown, as: UTF8.self), secrets: box.seal(secret, for: owner))
    }

    /// The document's text as it was given to `store`. Throws `SecretBox.Failure` where it doesn't open.
    func document(_ stored: String, secrets: [UInt8]?, for owner: String) throws -> String {
        guard let secrets else { return stored }
        guard let box else { throw SecretBox.Failure() }
        var opened = try box.open(secrets, for: owner)[...]
        let text = Array(stored.utf8)
        var document: [UInt8] = []
        document.reserveCapacity(text.count + opened.count)
        var end = 0
        while !opened.isEmpty {
            guard let place = takeNumber(&opened), let length = takeNumber(&opened), length <= opened.count,
                place >= end, place + Self.placeholder.count <= text.count
            else { throw SecretBox.Failure() }
            document += text[end..<place]
            document += opened.prefix(length)
            opened = opened.dropFirst(length)
            end = place + Self.placeholder.count
        }
        document += text[end...]
        return String(decoding: document, as: UTF8.self)
    }

    private func bytes(_ number: UInt32) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }

    private func takeNumber(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= 4 else { return nil }
        defer { bytes = bytes.dropFirst(4) }
        return bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
}
