import LosslessJSON
import PluginProtocol
import WebhookModel

/// Prints documents for a plugin with tokens in place of what it may not see.
///
/// Works on the printed bytes, in one pass: a policy sees ten thousand webhooks, and what this takes they wait.
struct DocumentEncoder {
    /// What may be seen as it is.
    struct Visibility {
        var recipients = false
        /// Places, by paths from the value that is encoded, whose secrets are shown.
        var revealed: [PathGlob] = []

        static let tokensOnly = Visibility()
    }

    private struct Frame {
        let isObject: Bool
        let secrecy: NameSecrecy
    }

    private let visibility: Visibility
    private var names = NameSecrecyCache()
    private var frames: [Frame] = []
    private(set) var output: [UInt8] = []

    init(visibility: Visibility = .tokensOnly) { self.visibility = visibility }

    /// What was printed since the last time.
    mutating func take() -> [UInt8] {
        defer { output = [] }
        return output
    }

    mutating func write(_ bytes: some Sequence<UInt8>) { output.append(contentsOf: bytes) }

    /// Prints a value. Its own members count; it is not itself at a secret place.
    mutating func write(_ value: JSON, _ writer: inout SecretTokens.Writer) {
        var value = value
        var kept: [(path: JSONPath, value: JSON)] = []
        if !visibility.revealed.isEmpty { kept = Self.take(visibility.revealed, from: &value) }
        if kept.isEmpty { return encode(value.bytes(), &writer) }
        // What is revealed goes around the encoder and is put where it stood.
        let outer = take()
        encode(value.bytes(), &writer)
        var encoded = (try? JSON(parsing: take())) ?? .null
        for (path, original) in kept { try? encoded.set(original, at: path) }
        output = outer + encoded.bytes()
    }

    /// Takes the revealed scalars out, leaving null.
    private static func take(_ globs: [PathGlob], from value: inout JSON) -> [(path: JSONPath, value: JSON)] {
        var found: [(path: JSONPath, value: JSON)] = []
        var rest: [(path: JSONPath, value: JSON)] = [(.root, value)]
        while let (path, value) = rest.popLast() {
            if value.kind.isContainer {
                rest += value.children.map { (path.appending($0.component), $0.value) }
            } else if globs.contains(where: { $0.covers(path) }) {
                found.append((path, value))
            }
        }
        for (path, _) in found { try? value.set(.null, at: path) }
        return found
    }

    // MARK: Bytes

    private mutating func encode(_ bytes: [UInt8], _ writer: inout SecretTokens.Writer) {
        bytes.withUnsafeBufferPointer { encode($0, &writer) }
    }

    private mutating func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ writer: inout SecretTokens.Writer) {
        frames.removeAll(keepingCapacity: true)
        var expectsName = false
        /// Of the value that comes next.
        var secrecy = NameSecrecy.plain
        var position = 0
        /// Bytes before this are printed.
        var printed = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                let isObject = bytes[position] == UInt8(ascii: "{")
                frames.append(Frame(isObject: isObject, secrecy: secrecy))
                expectsName = isObject
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                frames.removeLast()
                position += 1
            case UInt8(ascii: ","):
                if let frame = frames.last {
                    expectsName = frame.isObject
                    secrecy = frame.secrecy
                }
                position += 1
            case UInt8(ascii: ":"):
                position += 1
            case UInt8(ascii: "\""):
                let end = Self.endOfString(bytes, from: position)
                if expectsName {
                    expectsName = false
                    let name = UnsafeBufferPointer(rebasing: bytes[position + 1..<end - 1])
                    let own = names.secrecy(of: name)
                    secrecy = Self.stronger(own, frames.last?.secrecy ?? .plain)
                } else if let replaced = replacement(bytes, position..<end, secrecy, &writer) {
                    flush(bytes, &printed, upTo: position, then: end)
                    output.append(contentsOf: replaced)
                }
                position = end
            default:
                let end = Self.endOfScalar(bytes, from: position)
                if secrecy == .secret, bytes[position] != UInt8(ascii: "n") {
                    flush(bytes, &printed, upTo: position, then: end)
                    output.append(contentsOf: writer.hidden(Array(bytes[position..<end])))
                }
                position = end
            }
        }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[printed...]))
    }

    private mutating func flush(
        _ bytes: UnsafeBufferPointer<UInt8>, _ printed: inout Int, upTo position: Int, then next: Int
    ) {
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[printed..<position]))
        printed = next
    }

    /// What stands for a string, or nil where it stands for itself.
    private func replacement(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ secrecy: NameSecrecy,
        _ writer: inout SecretTokens.Writer
    ) -> [UInt8]? {
        let isEmpty = range.count == 2
        let isHidden = secrecy == .secret || secrecy == .recipients && !visibility.recipients
        if isHidden { return isEmpty ? nil : writer.hidden(Array(bytes[range])) }
        guard Self.mayHoldURL(bytes, range) else { return nil }
        let spelling = Array(bytes[range])
        return writer.sent(spelling) { Self.withoutURLSecrets(spelling, &$0) }
    }

    /// The JSON of a text whose URLs have tokens in place of their secrets; the text itself where they have none.
    private static func withoutURLSecrets(_ spelling: [UInt8], _ writer: inout SecretTokens.Writer) -> [UInt8] {
        guard let text = (try? JSON(parsing: spelling))?.string else { return spelling }
        let decoded = Array(text.utf8)
        let ranges = URLSecrets.ranges(in: decoded)
        guard !ranges.isEmpty else { return spelling }
        var shown: [UInt8] = []
        var position = 0
        for range in ranges {
            shown += decoded[position..<range.lowerBound]
            shown += writer.token(for: JSON(String(decoding: decoded[range], as: UTF8.self)).bytes())
            position = range.upperBound
        }
        shown += decoded[position...]
        writer.remember(shown, for: spelling)
        return JSON(String(decoding: shown, as: UTF8.self)).bytes()
    }

    // MARK: Scanning

    private static func stronger(_ own: NameSecrecy, _ outer: NameSecrecy) -> NameSecrecy {
        own == .secret || outer == .secret ? .secret : own == .plain ? outer : own
    }

    /// The position behind the closing quote.
    private static func endOfString(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var position = start + 1
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") { return position + 1 }
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        return bytes.count
    }

    private static func endOfScalar(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var position = start
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"): return position
            default: position += 1
            }
        }
        return position
    }

    /// Whether `://` may be in a string, slashes escaped or not.
    private static func mayHoldURL(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        var position = range.lowerBound
        while position + 2 < range.upperBound {
            if bytes[position] == UInt8(ascii: ":") || bytes[position] == UInt8(ascii: "\\") {
                let next = bytes[position + 1]
                if next == UInt8(ascii: "/") || next == UInt8(ascii: "\\") || next == UInt8(ascii: "u") { return true }
            }
            position += 1
        }
        return false
    }
}

extension SecretTokens {
    /// A value as the plugin sees it.
    func encoded(_ value: JSON, _ visibility: DocumentEncoder.Visibility) -> JSON {
        let bytes = withWriter { writer in
            var encoder = DocumentEncoder(visibility: visibility)
            encoder.write(value, &writer)
            return encoder.take()
        }
        return (try? JSON(parsing: bytes)) ?? .null
    }
}
