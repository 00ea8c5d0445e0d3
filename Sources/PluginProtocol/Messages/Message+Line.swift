import LosslessJSON

extension Message {
    /// The message as a line, with its end.
    package var line: [UInt8] {
        switch self {
        case .request(let id, let method, let params):
            Self.requestLine(id: id, method: method, params: params.bytes())
        case .notification(let method, let params):
            Self.line(id: nil) { Self.write(method: method, params: params.bytes(), to: &$0) }
        case .result(let id, let result):
            Self.line(id: id.json) { Self.write("result", result.bytes(), to: &$0) }
        case .failure(let id, let error):
            Self.line(id: id?.json ?? .null) { Self.write("error", error.json.bytes(), to: &$0) }
        }
    }

    /// A request whose `params` are printed already: compact JSON.
    package static func requestLine(id: RequestID, method: String, params: [UInt8]) -> [UInt8] {
        line(id: id.json, capacity: params.count) { write(method: method, params: params, to: &$0) }
    }

    private static func line(id: JSON?, capacity: Int = 0, _ body: (inout [UInt8]) -> Void) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(capacity + 96)
        line += #"{"jsonrpc":"2.0""#.utf8
        if let id { write("id", id.bytes(), to: &line) }
        body(&line)
        line += "}\n".utf8
        return line
    }

    private static func write(method: String, params: [UInt8], to line: inout [UInt8]) {
        write("method", JSON(method).bytes(), to: &line)
        write("params", params, to: &line)
    }

    private static func write(_ name: String, _ value: [UInt8], to line: inout [UInt8]) {
        line += ",\"\(name)\":".utf8
        line += value
    }
}
