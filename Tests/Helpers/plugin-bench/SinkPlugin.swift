import Glibc

/// Answers every call without reading it: only the id is looked at, which stands near the beginning of the line.
enum SinkPlugin {
    static func run() {
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var head: [UInt8] = []
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            guard count > 0 else { return }
            var rest = buffer[..<count]
            while !rest.isEmpty {
                if head.count < 128 { head += rest.prefix(128 - head.count) }
                guard let end = lineEnd(rest) else { break }
                answer(head)
                head = []
                rest = rest[(end + 1)...]
            }
        }
    }

    private static func lineEnd(_ bytes: ArraySlice<UInt8>) -> Int? {
        bytes.withUnsafeBytes { raw in
            guard let start = raw.baseAddress else { return nil }
            return memchr(start, 10, raw.count).map { UnsafeRawPointer($0) - start + bytes.startIndex }
        }
    }

    private static func answer(_ head: [UInt8]) {
        let text = String(decoding: head, as: UTF8.self)
        let id = text.split(separator: #""id":"#, maxSplits: 1).last?.prefix { $0.isNumber } ?? "0"
        let result =
            text.contains(#""method":"initialize""#)
            ? #"{"protocol":1,"version":"1","implements":["policy/check"]}"# : #"{"findings":[]}"#
        let line = Array("{\"jsonrpc\":\"2.0\",\"id\":\(id),\"result\":\(result)}\n".utf8)
        _ = write(STDOUT_FILENO, line, line.count)
    }
}
