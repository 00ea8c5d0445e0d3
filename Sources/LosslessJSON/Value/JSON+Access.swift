extension JSON {
    package var kind: Kind {
        switch storage {
        case .null: .null
        case .boolean: .boolean
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        case .view(let document, let node): document.kind(at: Int(node))
        }
    }

    package var isNull: Bool { kind == .null }

    /// The value of a boolean, or nil.
    package var boolean: Bool? {
        switch storage {
        case .boolean(let value):
            return value
        case .view(let document, let node) where document.kind(at: Int(node)) == .boolean:
            return document.source[Int(document.tape[Int(node)].start)] == Byte.lowerT
        default:
            return nil
        }
    }

    /// A string's text with escapes decoded (a lone surrogate as U+FFFD), or nil for other kinds.
    ///
    /// Swift's `==` on the result takes canonically equivalent texts for equal; comparing JSON values does not.
    package var string: String? {
        switch storage {
        case .string(let value):
            return value
        case .view(let document, let node) where document.kind(at: Int(node)) == .string:
            return document.string(at: Int(node))
        default:
            return nil
        }
    }

    /// A number with its spelling, or nil.
    package var number: JSONNumber? {
        switch storage {
        case .number(let value):
            return value
        case .view(let document, let node) where document.kind(at: Int(node)) == .number:
            let spelling = document.source[document.range(at: Int(node))]
            return JSONNumber(validSpelling: String(decoding: spelling, as: UTF8.self))
        default:
            return nil
        }
    }

    /// An array's elements, or nil. Linear for a parsed array: keep the result for repeated use.
    package var array: [JSON]? {
        switch storage {
        case .array(let node): return node.elements
        case .view(_, _) where kind == .array: return Array(elements)
        default: return nil
        }
    }

    /// An object's members, or nil. Costs nothing: a parsed object's members are read when asked for.
    package var object: JSONObject? { JSONObject(self) }

    /// The number of an array's elements or an object's members; 0 for other kinds.
    package var count: Int {
        switch storage {
        case .array(let node): node.elements.count
        case .object(let node): node.members.count
        case .view(let document, let node) where document.isContainer(at: Int(node)): document.count(at: Int(node))
        default: 0
        }
    }

    /// The value of the object's member `key`, or nil if there is none or this is no object.
    package subscript(key: String) -> JSON? {
        switch storage {
        case .object(let node):
            return node.position(of: key).map { node.members[$0].value }
        case .view(let document, let node) where document.kind(at: Int(node)) == .object:
            return document.member(named: key, of: Int(node)).map { JSON(document, $0.name + 1) }
        default:
            return nil
        }
    }

    /// The array's element at `index` from 0, or nil if there is none or this is no array.
    package subscript(index: Int) -> JSON? {
        guard index >= 0, index < count else { return nil }
        switch storage {
        case .array(let node):
            return node.elements[index]
        case .view(let document, let node) where document.kind(at: Int(node)) == .array:
            return JSON(document, document.element(index, of: Int(node)))
        default:
            return nil
        }
    }

    /// The same value on bytes of its own, so that it does not keep a larger text alive. Spelling and white space stay.
    package func detached() -> JSON {
        let limits = JSONLimits(maximumDepth: .max, maximumSize: .max)
        // What was printed from a value parses; only an owned tree beyond 2 GiB would not, and stays as it is.
        return (try? JSON(parsing: bytes(.source), limits: limits)) ?? self
    }
}

extension Document {
    /// The decoded text of the string at `node`.
    func string(at node: Int) -> String {
        source.withUnsafeBufferPointer { source in
            StringToken(tape[node]).withDecoded(in: source, surrogates: .replaced) {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }

    func member(named name: String, of object: Int) -> (position: Int, name: Int)? {
        var name = name
        return name.withUTF8 { member(named: $0, of: object) }
    }
}
