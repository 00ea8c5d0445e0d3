extension Parser {
    /// Parses a member's name and the colon behind it; then its value comes next.
    @inline(__always)
    mutating func parseName(_ expected: JSONSyntaxError.Expectation) throws(JSONSyntaxError) {
        guard position < source.count, source[position] == Byte.quote else { throw unexpected(expected) }
        try parseString()
        try noteName()
        skipWhiteSpace()
        guard position < source.count, source[position] == Byte.colon else { throw unexpected(.colon) }
        position += 1
        skipWhiteSpace()
    }

    /// Counts the name that was parsed last and refuses it if the object has it already. Small objects are compared name
    /// by name, and only when the name's bit is taken; large ones when they close (``ContainerTables``).
    @inline(__always)
    private mutating func noteName() throws(JSONSyntaxError) {
        let node = tape.count - 1
        let bit = nameBit(node)
        if frame.names & bit != 0, frame.count < ContainerTables.threshold { try compareName(node) }
        frame.names |= bit
        frame.count += 1
    }

    /// One of 64 bits, by the name's length and beginning. A name with escapes takes all, as it may equal any other; so does
    /// one too near the end of the text to load its beginning.
    @inline(__always)
    private func nameBit(_ node: Int) -> UInt64 {
        let entry = tape[node]
        // The quotes are counted and read along: they are the same for all names.
        let start = Int(entry.start)
        guard !entry.isEscaped, start + 8 <= source.count else { return ~0 }
        let excess = max(0, 8 - entry.length)
        let beginning = Word.load(source, at: start) << UInt64(truncatingIfNeeded: excess * 8)
        let hash = beginning ^ UInt64(truncatingIfNeeded: entry.length)
        return 1 << ((hash &* 0x9E37_79B9_7F4A_7C15) >> 58)
    }

    @inline(never)
    private func compareName(_ node: Int) throws(JSONSyntaxError) {
        let isDuplicate = tape.withUnsafeBufferPointer { tape in
            let reader = TapeReader(source: source, tape: tape)
            return reader.withName(node) {
                reader.member(named: $0, from: frame.open + 1, count: frame.count) != nil
            }
        }
        if isDuplicate { throw duplicateName(node) }
    }

    func duplicateName(_ node: Int) -> JSONSyntaxError {
        let name = StringToken(tape[node]).withDecoded(in: source, surrogates: .replaced) {
            String(decoding: $0, as: UTF8.self)
        }
        return failure(.duplicateName(name), at: Int(tape[node].start))
    }
}
