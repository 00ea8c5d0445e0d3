/// The terminal's bytes as keys. A key is read a byte at a time, so that what is typed ahead stays in the terminal for
/// whoever reads next; only a paste is read in pieces.
///
/// With vi's keys Escape is a key of its own, which libedit cannot tell from the start of another key's sequence: then
/// sequences are recognized here, by their coming at once, and become the private keys of ``KeySequence``.
struct KeyInput {
    private var unread: ArraySlice<UInt8> = []
    private var accumulator = UTF8Accumulator()
    private var ready: ArraySlice<Unicode.Scalar> = []
    private var deferredWake: [UInt8] = []
    private let poll: InputPoll
    var recognizesSequences = false
    /// How many of the next bytes waited already when the terminal's modes changed.
    var typedAhead = 0

    private static let pieceSize = 4096
    /// How long the bytes of a key may be apart, in milliseconds. A person's next key comes later.
    private static let keyPatience: Int32 = 25
    private static let longestSequence = 16

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
            case .bytes(let bytes) where recognizesSequences && bytes.first == 0x1B:
                ready = restOfSequence()
            case .bytes(let bytes):
                // A control character beyond ASCII cannot be typed, and would be taken for a private key.
                ready = bytes.flatMap { accumulator.add($0) }.filter { !(0x80..<0xA0).contains($0.value) }[...]
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

    /// What comes behind an Escape: its key, nothing for a key that nobody knows, or Escape itself.
    private mutating func restOfSequence() -> ArraySlice<Unicode.Scalar> {
        guard let introducer = byteAtOnce() else { return ["\u{1B}"] }
        guard introducer == UInt8(ascii: "[") || introducer == UInt8(ascii: "O") else {
            putBack([introducer])
            return ["\u{1B}"]
        }
        var bytes = [introducer]
        while bytes.count < Self.longestSequence, let byte = byteAtOnce() {
            bytes.append(byte)
            if (0x40...0x7E).contains(byte) { break }
        }
        return KeySequence.all[String(decoding: bytes, as: UTF8.self)].map { [$0.privateKey] } ?? []
    }

    private mutating func byteAtOnce() -> UInt8? {
        if let byte = unread.popFirst() { return byte }
        while true {
            switch poll.wait(milliseconds: Self.keyPatience) {
            case .silence: return nil
            case .wake(let bytes): deferredWake += bytes
            case .input:
                guard case .bytes(let bytes) = read(limit: 1) else { return nil }
                return bytes[0]
            }
        }
    }

    /// Reads bytes, a NUL of those typed ahead as the Ctrl-D that it was: in its usual modes Linux keeps one as a NUL.
    private mutating func read(limit: Int) -> InputPoll.Bytes? {
        let found = poll.read(limit: limit)
        guard typedAhead > 0, case .bytes(var bytes)? = found else { return found }
        let count = min(typedAhead, bytes.count)
        typedAhead -= count
        for index in 0..<count where bytes[index] == 0 { bytes[index] = 0x04 }
        return .bytes(bytes)
    }

    private mutating func nextBytes(limit: Int) -> Piece {
        if !deferredWake.isEmpty {
            defer { deferredWake = [] }
            return .wake(deferredWake)
        }
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
            switch read(limit: limit) {
            case nil: continue
            case .bytes(let bytes): return .bytes(bytes[...])
            case .end: return .end
            case .failed(let number): return .failed(number)
            }
        }
    }
}
