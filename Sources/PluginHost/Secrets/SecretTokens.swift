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
        var indices: [[UInt8]: Int] = [:]
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
        prefix = "hks_\(nonce)_"
        prefixBytes = Array(prefix.utf8)
    }

    /// Whether a text holds a token of this session, anywhere.
    package func areIn(_ text: String) -> Bool {
        // A token is ASCII and so is its prefix: comparing bytes is comparing characters.
        let bytes = Array(text.utf8)
        guard bytes.count > prefixBytes.count else { return false }
        return (0...(bytes.count - prefixBytes.count)).contains { start in
            bytes[start] == prefixBytes[0] && bytes[start...].starts(with: prefixBytes)
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

    struct Writer {
        fileprivate let prefix: [UInt8]
        fileprivate var table: Table

        /// The token of a value as it is spelt in JSON, without quotes.
        mutating func token(for spelling: [UInt8]) -> [UInt8] {
            let index: Int
            if let known = table.indices[spelling] {
                index = known
            } else {
                index = table.values.count
                table.indices[spelling] = index
                table.values.append(spelling)
            }
            return prefix + Array(String(index).utf8)
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
