import Glibc

/// Many texts one behind another in one piece of memory, a NUL behind each.
struct TextBlock: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Where each begins; one more for the end.
    private(set) var starts: [Int] = [0]

    var count: Int { starts.count - 1 }

    /// A NUL within would end the text: it becomes a control character like any other.
    mutating func append(_ text: some Sequence<UInt8>) {
        for byte in text { bytes.append(byte == 0 ? 1 : byte) }
        bytes.append(0)
        starts.append(bytes.count)
    }

    func text(_ place: Int) -> String { String(decoding: bytes[starts[place]..<end(place)], as: UTF8.self) }

    func end(_ place: Int) -> Int { starts[place + 1] - 1 }

    /// The beginning of a text against as many bytes.
    func compare(_ place: Int, with wanted: [UInt8]) -> Int32 {
        bytes.withUnsafeBufferPointer { bytes in
            // The NUL behind a shorter text is smaller than any byte that could be wanted.
            memcmp(bytes.baseAddress! + starts[place], wanted, min(wanted.count, starts[place + 1] - starts[place]))
        }
    }

    /// Whether two texts are the same.
    func areEqual(_ left: Int, _ right: Int) -> Bool {
        let count = starts[left + 1] - starts[left]
        guard starts[right + 1] - starts[right] == count else { return false }
        return bytes.withUnsafeBufferPointer {
            memcmp($0.baseAddress! + starts[left], $0.baseAddress! + starts[right], count) == 0
        }
    }

    /// The places in the order of their bytes.
    func sorted() -> [Int] {
        bytes.withUnsafeBufferPointer { bytes in
            starts.withUnsafeBufferPointer { starts in
                (0..<count).sorted { left, right in
                    let leftCount = starts[left + 1] - starts[left]
                    let rightCount = starts[right + 1] - starts[right]
                    let base = bytes.baseAddress!
                    let order = memcmp(base + starts[left], base + starts[right], min(leftCount, rightCount))
                    return order == 0 ? leftCount < rightCount : order < 0
                }
            }
        }
    }

    func reordered(_ places: [Int]) -> TextBlock {
        var block = TextBlock()
        block.bytes.reserveCapacity(bytes.count)
        block.starts.reserveCapacity(starts.count)
        for place in places {
            block.bytes += bytes[starts[place]..<starts[place + 1]]
            block.starts.append(block.bytes.count)
        }
        return block
    }

    /// How many bytes all texts at these places begin with, in whole scalars; not looked at further once that is `known`.
    func commonLength(_ places: [Int], known: Int) -> Int {
        guard let first = places.first else { return 0 }
        return bytes.withUnsafeBufferPointer { bytes in
            let start = starts[first]
            var length = end(first) - start
            for place in places.dropFirst() where length > known {
                let other = starts[place]
                var same = 0
                while same < length, bytes[start + same] == bytes[other + same] { same += 1 }
                length = same
            }
            while length > 0, bytes[start + length] & 0b1100_0000 == 0b1000_0000 { length -= 1 }
            return length
        }
    }

    /// The places of the texts that hold some bytes, in order.
    func places(holding wanted: [UInt8]) -> [Int] {
        guard let first = wanted.first else { return Array(0..<count) }
        var found: [Int] = []
        bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            var place = 0
            var offset = 0
            while bytes.count - offset >= wanted.count,
                let hit = memchr(base + offset, Int32(first), bytes.count - offset - wanted.count + 1)
            {
                offset = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
                guard memcmp(base + offset, wanted, wanted.count) == 0 else {
                    offset += 1
                    continue
                }
                place = self.place(at: offset, from: place)
                found.append(place)
                offset = starts[place + 1]
            }
        }
        return found
    }

    /// Which text a byte belongs to.
    private func place(at offset: Int, from known: Int) -> Int {
        var low = known
        var high = count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
