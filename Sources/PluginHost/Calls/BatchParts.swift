import LosslessJSON
import PluginProtocol

/// Lays the items of a batch out in parts that keep to the limit. One item that is longer by itself is a part by itself.
struct BatchParts {
    private let limit: Int
    private var parts: [[UInt8]] = []

    init(limit: Int) { self.limit = limit }

    mutating func add(_ item: [UInt8]) {
        if let last = parts.indices.last, parts[last].count + item.count < limit {
            parts[last].append(UInt8(ascii: ","))
            parts[last] += item
        } else {
            parts.append(item)
        }
    }

    /// The `params` of each part, one empty part where there are no items: `{"part":1,"of":2,…head…,"name":[items]}`.
    func params(_ name: String, head: JSONObject = [:]) -> [[UInt8]] {
        let bodies = parts.isEmpty ? [[]] : parts
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
