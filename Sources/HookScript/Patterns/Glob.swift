/// A glob: `*` stands for any characters, none included, `?` for one, and `\` takes the special meaning of the next away.
/// It has to cover the whole text, and case counts. Work is at most the product of the lengths.
package struct Glob: Hashable, Sendable {
    private enum Piece: Hashable, Sendable {
        case byte(UInt8)
        case one
        case any
    }

    private let pieces: [Piece]

    package init(_ pattern: String) {
        var pieces: [Piece] = []
        var isEscaped = false
        for byte in pattern.utf8 {
            switch byte {
            case .backslash where !isEscaped:
                isEscaped = true
                continue
            case .star where !isEscaped: if pieces.last != .any { pieces.append(.any) }
            case UInt8(ascii: "?") where !isEscaped: pieces.append(.one)
            default: pieces.append(.byte(byte))
            }
            isEscaped = false
        }
        if isEscaped { pieces.append(.byte(.backslash)) }
        self.pieces = pieces
    }

    package func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches($0) }
    }

    private func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var piece = 0
        var place = 0
        /// Where to go on if what follows the last `*` fails: one byte further on.
        var retry: (piece: Int, place: Int)?
        while place < bytes.count || piece < pieces.count {
            if piece < pieces.count {
                switch pieces[piece] {
                case .any:
                    retry = (piece, place + 1)
                    piece += 1
                    continue
                case .byte(let byte) where place < bytes.count && bytes[place] == byte:
                    piece += 1
                    place += 1
                    continue
                case .one where place < bytes.count:
                    piece += 1
                    place += 1
                    while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
                    continue
                default: break
                }
            }
            guard let (retryPiece, retryPlace) = retry, retryPlace <= bytes.count else { return false }
            (piece, place) = (retryPiece, retryPlace)
        }
        return true
    }
}
