/// A source and its tape, borrowed for a while: what the parser and a document both ask of them.
struct TapeReader {
    let source: UnsafeBufferPointer<UInt8>
    let tape: UnsafeBufferPointer<Document.Entry>

    /// The tape index after the value at `node` and all it holds.
    @inline(__always)
    func next(after node: Int) -> Int {
        let entry = tape[node]
        let byte = source[Int(entry.start)]
        return byte == Byte.openBrace || byte == Byte.openBracket ? Int(entry.info) + 1 : node + 1
    }

    /// Whether the string at `node`, read as a member's name, is `name`.
    @inline(__always)
    func isName(_ node: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        StringToken(tape[node]).isName(name, in: source)
    }

    /// The place of the first of `count` members, the first name at `node`, that has this name.
    @inline(__always)
    func member(named name: UnsafeBufferPointer<UInt8>, from node: Int, count: Int) -> (position: Int, name: Int)? {
        var node = node
        for position in 0..<count {
            if isName(node, name) { return (position, node) }
            node = next(after: node + 1)
        }
        return nil
    }

    /// Calls `body` with the decoded name at `node`.
    @inline(__always)
    func withName<R>(_ node: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        StringToken(tape[node]).withDecoded(in: source, surrogates: .replaced, body)
    }
}
