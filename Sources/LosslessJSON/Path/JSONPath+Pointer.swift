extension JSONPath {
    /// Reads a JSON pointer (RFC 6901): empty for the whole value, else `/` before each token, in which `~1` is `/` and `~0`
    /// is `~`. A token that is a number without leading zeros becomes an index.
    package init(pointer text: String) throws(JSONPathError) {
        let bytes = Array(text.utf8)
        self.init()
        guard let first = bytes.first else { return }
        guard first == Byte.slash else { throw JSONPathError(reason: .pointerWithoutSlash, offset: 0) }
        var start = 1
        while start <= bytes.count {
            let end = bytes[start...].firstIndex(of: Byte.slash) ?? bytes.count
            let token = String(decoding: try Self.unescape(bytes[start..<end]), as: UTF8.self)
            components.append(Component.arrayIndex(token).map { .index($0) } ?? .name(token))
            start = end + 1
        }
    }

    private static func unescape(_ token: ArraySlice<UInt8>) throws(JSONPathError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(token.count)
        var position = token.startIndex
        while position < token.endIndex {
            guard token[position] == tilde else {
                bytes.append(token[position])
                position += 1
                continue
            }
            switch position + 1 < token.endIndex ? token[position + 1] : nil {
            case Byte.zero: bytes.append(tilde)
            case Byte.zero + 1: bytes.append(Byte.slash)
            default: throw JSONPathError(reason: .invalidPointerEscape, offset: position)
            }
            position += 2
        }
        return bytes
    }

    private static let tilde: UInt8 = 0x7E

    /// As a JSON pointer, or nil if the path holds ``Component/any``, which pointers lack.
    package var pointer: String? {
        var bytes: [UInt8] = []
        for component in components {
            guard let name = component.memberName else { return nil }
            bytes.append(Byte.slash)
            for byte in name.utf8 {
                switch byte {
                case Self.tilde: bytes.append(contentsOf: "~0".utf8)
                case Byte.slash: bytes.append(contentsOf: "~1".utf8)
                default: bytes.append(byte)
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
