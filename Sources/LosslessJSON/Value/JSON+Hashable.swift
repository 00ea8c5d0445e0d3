extension JSON: Hashable {
    /// Agrees with `==`: members are combined so that their order does not count, numbers by their exact value.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(digest)
    }

    /// A container whose children are being hashed.
    private struct Frame {
        var elements: Elements
        var members: Members
        let isObject: Bool
        /// Of an array: its elements in order.
        var sequence = Hasher()
        /// Of an object: the sum over its members, which does not know their order.
        var sum = 0
        /// Of an object: the name of the member whose value is being hashed.
        var name: JSON = .null

        init(_ json: JSON) {
            isObject = json.kind == .object
            elements = json.elements
            members = json.members
            sequence.combine(isObject)
            sequence.combine(json.count)
        }

        mutating func nextChild() -> JSON? {
            guard isObject else { return elements.next() }
            guard let member = members.next() else { return nil }
            name = member.name
            return member.value
        }

        mutating func add(_ child: Int) {
            guard isObject else { return sequence.combine(child) }
            var member = Hasher()
            member.combine(string: name, surrogates: .replaced)
            member.combine(child)
            sum &+= member.finalize()
        }

        consuming func finish() -> Int {
            sequence.combine(sum)
            return sequence.finalize()
        }
    }

    private var digest: Int {
        var frames: [Frame] = []
        var value = self
        while true {
            var digest = 0
            if value.kind.isContainer {
                frames.append(Frame(value))
            } else {
                digest = value.scalarDigest
                guard !frames.isEmpty else { return digest }
                frames[frames.count - 1].add(digest)
            }
            // Close what is exhausted, then go on with the next child.
            var child = frames[frames.count - 1].nextChild()
            while child == nil {
                digest = frames.removeLast().finish()
                guard !frames.isEmpty else { return digest }
                frames[frames.count - 1].add(digest)
                child = frames[frames.count - 1].nextChild()
            }
            value = child ?? .null
        }
    }

    private var scalarDigest: Int {
        var hasher = Hasher()
        switch kind {
        case .boolean: hasher.combine(boolean)
        case .number: hasher.combine(exactDecimal)
        case .string: hasher.combine(string: self, surrogates: .kept)
        case .null, .array, .object: break
        }
        return hasher.finalize()
    }
}

extension Hasher {
    fileprivate mutating func combine(string: JSON, surrogates: LoneSurrogates) {
        string.withStringBytes(surrogates: surrogates) {
            combine($0.count)
            combine(bytes: UnsafeRawBufferPointer($0))
        }
    }
}
