/// A parsed text: the bytes as they came and a flat tape of what stands where. Immutable, so that views of it share
/// freely between tasks; it lives as long as the last view.
///
/// The tape holds one entry per scalar and per member name and two per container (its opening and closing bracket), in
/// source order. A member's name stands right before its value.
final class Document: Sendable {
    /// One entry of the tape. What it means hangs on the byte at `start`:
    /// - a scalar or name: `info` is its length in bytes, bit 31 set if it is a string that holds an escape;
    /// - `[` or `{`: `info` is the tape index of the closing entry;
    /// - `]` or `}`: `info` is the number of elements or members.
    struct Entry: Sendable {
        var start: UInt32
        var info: UInt32

        static let escaped: UInt32 = 1 << 31

        @inline(__always)
        var length: Int { Int(info & ~Self.escaped) }
        @inline(__always)
        var isEscaped: Bool { info & Self.escaped != 0 }
    }

    let source: [UInt8]
    let tape: [Entry]
    /// Random access and name lookup for containers too large to walk.
    let tables: ContainerTables

    init(source: [UInt8], tape: [Entry], tables: ContainerTables) {
        self.source = source
        self.tape = tape
        self.tables = tables
    }

    func kind(at node: Int) -> JSON.Kind {
        switch source[Int(tape[node].start)] {
        case Byte.openBrace: .object
        case Byte.openBracket: .array
        case Byte.quote: .string
        case Byte.lowerT, Byte.lowerF: .boolean
        case Byte.lowerN: .null
        default: .number
        }
    }

    @inline(__always)
    func isContainer(at node: Int) -> Bool {
        let byte = source[Int(tape[node].start)]
        return byte == Byte.openBrace || byte == Byte.openBracket
    }

    /// Where the value's text stands in the source.
    func range(at node: Int) -> Range<Int> {
        let entry = tape[node]
        let start = Int(entry.start)
        return isContainer(at: node) ? start..<Int(tape[Int(entry.info)].start) + 1 : start..<start + entry.length
    }

    /// The tape index after the value at `node` and all it holds.
    @inline(__always)
    func next(after node: Int) -> Int {
        isContainer(at: node) ? Int(tape[node].info) + 1 : node + 1
    }

    /// The number of elements or members of the container at `node`.
    func count(at node: Int) -> Int {
        Int(tape[Int(tape[node].info)].info)
    }

    /// The node of the array's element at `position`, which must exist.
    func element(_ position: Int, of array: Int) -> Int {
        if let table = tables.table(closing: tape[array].info) { return Int(tables.storage[table + position]) }
        var node = array + 1
        for _ in 0..<position { node = next(after: node) }
        return node
    }

    /// The node of the name of the object's member at `position`, which must exist; its value is the next node.
    func memberName(_ position: Int, of object: Int) -> Int {
        if let table = tables.table(closing: tape[object].info) { return Int(tables.storage[table + position]) }
        var node = object + 1
        for _ in 0..<position { node = next(after: node + 1) }
        return node
    }

    /// The position and name node of the member whose decoded name is `name` in UTF-8.
    func member(named name: UnsafeBufferPointer<UInt8>, of object: Int) -> (position: Int, name: Int)? {
        let count = count(at: object)
        return withReader { reader in
            if let table = tables.table(closing: tape[object].info) {
                return tables.member(named: name, table: table, count: count, in: reader)
            }
            return reader.member(named: name, from: object + 1, count: count)
        }
    }

    private func withReader<R>(_ body: (TapeReader) -> R) -> R {
        source.withUnsafeBufferPointer { source in
            tape.withUnsafeBufferPointer { tape in body(TapeReader(source: source, tape: tape)) }
        }
    }
}
