import LosslessJSON

/// The functions that need nothing but their arguments. Their results carry the arguments' taint.
enum FunctionLibrary {
    static func apply(
        _ function: Function, _ arguments: [Value], limits: Limits
    ) throws(OperationProblem) -> Value {
        let result = try untainted(function, arguments, limits)
        return result.tainted(by: Taint.union(arguments.map(\.combinedTaint)))
    }

    private static func untainted(
        _ function: Function, _ arguments: [Value], _ limits: Limits
    ) throws(OperationProblem) -> Value {
        let subject = arguments.first ?? .null
        switch function {
        case .type: return Value(subject.kind.rawValue)
        case .default: return subject.kind == .null ? arguments[1] : subject
        default: break
        }
        if subject.kind == .null { return .null }
        switch function {
        case .len: return Value(try length(subject))
        case .lower: return Value(try text(subject, function).lowercased())
        case .upper: return Value(try text(subject, function).uppercased())
        case .first: return try list(subject, function).first ?? .null
        case .last: return try list(subject, function).last ?? .null
        case .sum: return try sum(list(subject, function), limits)
        case .join: return try join(list(subject, function), try text(arguments[1], function), limits)
        case .split: return try split(text(subject, function), try text(arguments[1], function), limits)
        case .matches: return Value(try Comparison.holds(.matches, subject, arguments[1]))
        case .replace: return try replace(arguments, limits)
        case .host: return try host(of: text(subject, function))
        case .json: return try json(text(subject, function))
        default: throw .unsuited(function.rawValue, subject.kind)
        }
    }

    private static func text(_ value: Value, _ function: Function) throws(OperationProblem) -> String {
        guard let text = value.text else { throw .unsuited(function.rawValue + "()", value.kind) }
        return text
    }

    private static func list(_ value: Value, _ function: Function) throws(OperationProblem) -> [Value] {
        guard let list = value.list else { throw .unsuited(function.rawValue + "()", value.kind) }
        return list
    }

    private static func length(_ value: Value) throws(OperationProblem) -> Int {
        switch value.content {
        case .text(let text): text.count
        case .list(let list): list.count
        case .object(let object): object.count
        default: throw .unsuited("len()", value.kind)
        }
    }

    private static func sum(_ values: [Value], _ limits: Limits) throws(OperationProblem) -> Value {
        guard var total = values.first else { return Value(0) }
        guard total.kind == .number || total.kind == .duration else { throw .unsuited("sum()", total.kind) }
        for value in values.dropFirst() { total = try Arithmetic.apply(.plus, total, value, limits: limits) }
        return total
    }

    private static func join(
        _ values: [Value], _ separator: String, _ limits: Limits
    ) throws(OperationProblem) -> Value {
        var size = separator.utf8.count * max(0, values.count - 1)
        let texts = values.map(\.revealedText)
        for text in texts { size += text.utf8.count }
        guard size <= limits.textBytes else { throw .limit(.textBytes, allowed: limits.textBytes) }
        return Value(texts.joined(separator: separator))
    }

    private static func split(
        _ text: String, _ separator: String, _ limits: Limits
    ) throws(OperationProblem) -> Value {
        let parts = pieces(of: text, between: separator)
        guard parts.count <= limits.listElements else { throw .limit(.listElements, allowed: limits.listElements) }
        return Value(parts.map { Value($0) })
    }

    /// What stands between the occurrences of a separator; every character by itself for an empty one.
    private static func pieces(of text: String, between separator: String) -> [String] {
        if separator.isEmpty { return text.map(String.init) }
        let bytes = Array(text.utf8)
        let wanted = Array(separator.utf8)
        var pieces: [String] = []
        var start = 0
        for found in ByteSearch.occurrences(of: wanted, in: bytes) {
            pieces.append(String(decoding: bytes[start..<found], as: UTF8.self))
            start = found + wanted.count
        }
        return pieces + [String(decoding: bytes[start...], as: UTF8.self)]
    }

    private static func replace(_ arguments: [Value], _ limits: Limits) throws(OperationProblem) -> Value {
        let (subject, old) = (try text(arguments[0], .replace), try text(arguments[1], .replace))
        let new = try text(arguments[2], .replace)
        if old.isEmpty { return arguments[0] }
        let parts = pieces(of: subject, between: old)
        let size = subject.utf8.count + (parts.count - 1) * max(0, new.utf8.count - old.utf8.count)
        guard size <= limits.textBytes else { throw .limit(.textBytes, allowed: limits.textBytes) }
        return Value(parts.joined(separator: new))
    }

    private static func json(_ text: String) throws(OperationProblem) -> Value {
        do throws(JSONSyntaxError) {
            return Value(try JSON(parsing: text))
        } catch {
            throw .notJSON
        }
    }

    /// The host of a URL (RFC 3986 §3.2.2), lower case, without user, port or brackets.
    private static func host(of url: String) throws(OperationProblem) -> Value {
        let bytes = Array(url.utf8)
        guard let colon = bytes.firstIndex(of: .colon), colon > 0, bytes[(colon + 1)...].starts(with: "//".utf8) else {
            throw .notURL
        }
        var authority = bytes[(colon + 3)...].prefix { $0 != .slash && $0 != UInt8(ascii: "?") && $0 != .hash }
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) { authority = authority[(at + 1)...] }
        if authority.first == .openBracket {
            authority = authority.dropFirst().prefix { $0 != .closeBracket }
        } else if let port = authority.lastIndex(of: .colon) {
            authority = authority[..<port]
        }
        if authority.isEmpty { throw .notURL }
        return Value(String(decoding: authority, as: UTF8.self).lowercased())
    }
}

/// Finding bytes in bytes in linear time (Knuth, Morris, Pratt).
enum ByteSearch {
    /// Where a sequence occurs, from left to right, without overlap.
    static func occurrences(of wanted: [UInt8], in bytes: [UInt8]) -> [Int] {
        guard !wanted.isEmpty, wanted.count <= bytes.count else { return [] }
        let failure = failureTable(wanted)
        var found: [Int] = []
        var matched = 0
        for (index, byte) in bytes.enumerated() {
            while matched > 0, byte != wanted[matched] { matched = failure[matched - 1] }
            if byte == wanted[matched] { matched += 1 }
            if matched == wanted.count {
                found.append(index + 1 - matched)
                matched = 0
            }
        }
        return found
    }

    private static func failureTable(_ wanted: [UInt8]) -> [Int] {
        var table = Array(repeating: 0, count: wanted.count)
        var matched = 0
        for index in 1..<max(1, wanted.count) {
            while matched > 0, wanted[index] != wanted[matched] { matched = table[matched - 1] }
            if wanted[index] == wanted[matched] { matched += 1 }
            table[index] = matched
        }
        return table
    }
}
