/// A request as it came over the wire.
struct WireRequest: Sendable {
    let method: String
    /// Path and query, untouched.
    let target: String
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    var path: String { String(target.prefix { $0 != "?" }) }

    /// The query's parameters as spelt; the last of a name counts.
    var query: [String: String] {
        let pairs = target.split(separator: "?", maxSplits: 1).dropFirst().first?.split(separator: "&") ?? []
        return pairs.reduce(into: [:]) { result, pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            result[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
        }
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// Every value of a header.
    subscript(name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    /// Reads one request off the front of `bytes`, removing it; nil while it is not whole.
    static func take(from bytes: inout [UInt8]) -> WireRequest? {
        guard let end = endOfHead(bytes) else { return nil }
        var lines = String(decoding: bytes[..<end], as: UTF8.self).components(separatedBy: "\r\n")
        let words = lines.removeFirst().split(separator: " ").map(String.init)
        let headers = lines.filter { !$0.isEmpty }.map { line in
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            return (name: String(line[..<colon]), value: String(line[colon...].dropFirst().drop { $0 == " " }))
        }
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
        guard words.count == 3, bytes.count >= end + length else { return nil }
        let body = Array(bytes[end..<(end + length)])
        bytes.removeFirst(end + length)
        return WireRequest(method: words[0], target: words[1], headers: headers, body: body)
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (4...bytes.count).first { bytes[($0 - 4)..<$0].elementsEqual("\r\n\r\n".utf8) }
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] {
        var result: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            result.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return result + [String(rest)]
    }
}
