import LosslessJSON
import PluginProtocol
import Synchronization

/// Stands in for secrets in what a plugin is sent, for one session and one plugin.
///
/// A token is a text without meaning. The same value has the same token wherever it stands, so that a plugin can tell
/// that two are equal; nothing else can be learnt from it. Where a token may be put back, ``EditReview`` says.
///
/// Never prints what it knows.
package final class SecretTokens: Sendable {
    /// What is known: values as they were spelt in JSON.
    fileprivate struct Table {
        /// What a string or scalar is sent as, by its spelling; both in JSON. The same value stands in a webhook's document
        /// before and after a change, so that most are found here.
        var sent: [Spelling: [UInt8]] = [:]
        /// A number for each value that has a token.
        var indices: [Spelling: Int] = [:]
        var values: [[UInt8]] = []
        /// Texts with tokens inside, URLs that is, to what they were.
        var texts: [String: [UInt8]] = [:]
    }

    /// The beginning of every token of this session.
    let prefix: String
    private let prefixBytes: [UInt8]
    private let table = Mutex(Table())

    /// - Parameter nonce: random letters and digits that nobody can guess, at least 16.
    package init(nonce: String) {
        prefix = "\(Self.mark)\(nonce)_"
        prefixBytes = Array(prefix.utf8)
    }

    /// How a token of any session begins.
    private static let mark = "hks_"

    /// Whether a text holds a token of this session, anywhere.
    package func areIn(_ text: String) -> Bool { Self.holds(text, prefixBytes) }

    /// Whether a text may hold a token of any session: one that a plugin kept means nothing now.
    static func mayBeIn(_ text: String) -> Bool { holds(text, Array(mark.utf8)) }

    /// A token is ASCII: comparing bytes is comparing characters.
    private static func holds(_ text: String, _ beginning: [UInt8]) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count > beginning.count else { return false }
        return (0...(bytes.count - beginning.count)).contains { start in
            bytes[start] == beginning[0] && bytes[start...].starts(with: beginning)
        }
    }

    /// What a text stood for, if it is one that was sent: a token, or a URL with tokens.
    func original(of text: String) -> JSON? {
        let spelling: [UInt8]? = table.withLock { table in
            if let known = table.texts[text] { return known }
            guard text.hasPrefix(prefix), let index = Int(text.dropFirst(prefix.count)) else { return nil }
            return table.values.indices.contains(index) ? table.values[index] : nil
        }
        return spelling.flatMap { try? JSON(parsing: $0) }
    }

    /// Writes tokens while the table is held.
    func withWriter<R>(_ body: (inout Writer) -> R) -> R {
        table.withLock { table in
            var writer = Writer(prefix: prefixBytes, table: table)
            // Not two owners of one table, or every write would copy it.
            table = Table()
            defer { table = writer.table }
            return body(&writer)
        }
    }

    /// Bytes as a key, hashed as a whole.
    struct Spelling: Hashable, Sendable {
        let bytes: [UInt8]

        func hash(into hasher: inout Hasher) {
            bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        }
    }

    struct Writer {
        fileprivate let prefix: [UInt8]
        fileprivate var table: Table

        /// The token of a value as it is spelt in JSON, without quotes.
        mutating func token(for spelling: [UInt8]) -> [UInt8] {
            let key = Spelling(bytes: spelling)
            let index: Int
            if let known = table.indices[key] {
                index = known
            } else {
                index = table.values.count
                table.indices[key] = index
                table.values.append(spelling)
            }
            return prefix + Array(String(index).utf8)
        }

        /// The JSON that a hidden value is sent as: its token, quoted.
        mutating func hidden(_ spelling: [UInt8]) -> [UInt8] {
            // Apart from what is sent for a text that is not hidden and has the same spelling.
            let key = Spelling(bytes: spelling + [0])
            if let known = table.sent[key] { return known }
            let quote = UInt8(ascii: "\"")
            let quoted = [quote] + token(for: spelling) + [quote]
            table.sent[key] = quoted
            return quoted
        }

        /// What was sent for a text, or what `body` makes of it, to be remembered.
        mutating func sent(_ spelling: [UInt8], _ body: (inout Writer) -> [UInt8]) -> [UInt8] {
            let key = Spelling(bytes: spelling)
            if let known = table.sent[key] { return known }
            let made = body(&self)
            table.sent[key] = made
            return made
        }

        /// Remembers that a text with tokens stands for a value.
        mutating func remember(_ text: [UInt8], for spelling: [UInt8]) {
            table.texts[String(decoding: text, as: UTF8.self)] = spelling
        }
    }
}

extension SecretTokens: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "SecretTokens" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
