import LosslessJSON
import PluginProtocol

/// Lays the items of a batch out in parts that keep to the limit. One item that is longer by itself is a part by itself.
struct BatchParts {
    private let limit: Int
    private var parts: [(bytes: [UInt8], count: Int)] = []

    init(limit: Int) { self.limit = limit }

    mutating func add(_ item: [UInt8]) {
        if let last = parts.indices.last, parts[last].bytes.count + item.count < limit {
            parts[last].bytes.append(UInt8(ascii: ","))
            parts[last].bytes += item
            parts[last].count += 1
        } else {
            parts.append((item, 1))
        }
    }

    /// How many items each part holds; one empty part where there are none.
    var counts: [Int] { parts.isEmpty ? [0] : parts.map(\.count) }

    /// The `params` of each part: `{"part":1,"of":2,…head…,"name":[items]}`.
    func params(_ name: String, head: JSONObject = [:]) -> [[UInt8]] {
        let bodies = parts.isEmpty ? [[]] : parts.map(\.bytes)
        return bodies.enumerated().map { index, body in
            var members: JSONObject = ["part": JSON(index + 1), "of": JSON(bodies.count)]
            for (name, value) in head { members[name] = value }
            var bytes = JSON(members).bytes()
            bytes.reserveCapacity(bytes.count + body.count + name.utf8.count + 8)
            bytes.removeLast()
            bytes += ",\"\(name)\":[".utf8
            bytes += body
            bytes += "]}".utf8
            return bytes
        }
    }
}
