/// Cuts an HTTP/1.1 answer out of what has been received.
struct ReplyParser {
    let isHead: Bool
    var received: [UInt8] = []

    init(isHead: Bool) {
        self.isHead = isHead
    }

    /// The answer, once it is whole by its own measure.
    var reply: Reply? { parse(atEnd: false) }

    /// The answer, if the end of the connection ends it.
    var replyAtEnd: Reply? { parse(atEnd: true) }

    private func parse(atEnd: Bool) -> Reply? {
        guard let headEnd = firstRange(of: "\r\n\r\n", in: received[...]) else { return nil }
        var reply = Reply()
        let lines = String(decoding: received[..<headEnd.lowerBound], as: UTF8.self).split(separator: "\r\n")
        reply.status = Int(lines[0].split(separator: " ")[1]) ?? 0
        reply.headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), String(parts[1].drop { $0 == " " }))
        }
        let rest = received[headEnd.upperBound...]
        if isHead || reply.status == 204 || (100..<200).contains(reply.status) { return reply }
        if reply.header("transfer-encoding") == "chunked" {
            guard let body = unchunked(rest) else { return nil }
            reply.body = body
        } else if let length = reply.header("content-length").flatMap({ Int($0) }) {
            guard rest.count >= length else { return nil }
            reply.body = Array(rest.prefix(length))
        } else if atEnd {
            reply.body = Array(rest)
        } else {
            return nil
        }
        return reply
    }

    private func unchunked(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var body: [UInt8] = []
        var rest = bytes
        while let line = firstRange(of: "\r\n", in: rest) {
            guard let size = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16) else {
                return nil
            }
            rest = rest[line.upperBound...]
            guard rest.count >= size + 2 else { return nil }
            if size == 0 { return body }
            body += rest.prefix(size)
            rest = rest.dropFirst(size + 2)
        }
        return nil
    }

    private func firstRange(of text: String, in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        let pattern = Array(text.utf8)
        var start = bytes.startIndex
        while let candidate = bytes[start...].firstIndex(of: pattern[0]) {
            guard candidate + pattern.count <= bytes.endIndex else { return nil }
            if bytes[candidate..<candidate + pattern.count].elementsEqual(pattern) {
                return candidate..<candidate + pattern.count
            }
            start = candidate + 1
        }
        return nil
    }
}
