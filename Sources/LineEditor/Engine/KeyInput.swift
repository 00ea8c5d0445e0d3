/// The terminal's bytes as keys. A key is read a byte at a time, so that what is typed ahead stays in the terminal for
/// whoever reads next; only a paste is read in pieces.
struct KeyInput {
    private var unread: ArraySlice<UInt8> = []
    private var accumulator = UTF8Accumulator()
    private var ready: ArraySlice<Unicode.Scalar> = []
    private let poll: InputPoll

    private static let pieceSize = 4096

    init(poll: InputPoll) {
        self.poll = poll
    }

    enum Event {
        case scalar(Unicode.Scalar)
        case wake([UInt8])
        case end
        case failed(Int32)
    }

    /// Waits for the next character, or for something else to do.
    mutating func next() -> Event {
        while true {
            if let scalar = ready.popFirst() { return .scalar(scalar) }
            switch nextBytes(limit: 1) {
            case .bytes(let bytes): ready = bytes.flatMap { accumulator.add($0) }[...]
            case .wake(let bytes): return .wake(bytes)
            case .end: return .end
            case .failed(let number): return .failed(number)
            }
        }
    }

    enum Piece {
        case bytes(ArraySlice<UInt8>)
        case wake([UInt8])
        case end
        case failed(Int32)
    }

    /// Waits for a piece of a paste.
    mutating func nextPiece() -> Piece { nextBytes(limit: Self.pieceSize) }

    /// Gives back what was behind a paste.
    mutating func putBack(_ bytes: ArraySlice<UInt8>) { unread = bytes + unread }

    private mutating func nextBytes(limit: Int) -> Piece {
        if !unread.isEmpty {
            defer { unread = unread.dropFirst(limit) }
            return .bytes(unread.prefix(limit))
        }
        while true {
            switch poll.wait() {
            case .silence: continue
            case .wake(let bytes): return .wake(bytes)
            case .input: break
            }
            switch poll.read(limit: limit) {
            case nil: continue
            case .bytes(let bytes): return .bytes(bytes[...])
            case .end: return .end
            case .failed(let number): return .failed(number)
            }
        }
    }
}
