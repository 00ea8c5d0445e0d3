import LosslessJSON
import Shell

/// What is held for any bytes whatever, read as JSON and as YAML. Anything that does not hold stops the program.
enum FuzzDocuments {
    static func hold(_ bytes: [UInt8]) {
        holdJSON(bytes)
        holdYAML(String(decoding: bytes, as: UTF8.self))
    }

    /// What was read prints as text that reads as the same, in every style, and as YAML.
    private static func holdJSON(_ bytes: [UInt8]) {
        guard let value = try? JSON(parsing: bytes) else { return }
        let compact = value.bytes(.compact)
        for style in [JSONStyle.compact, .pretty, .source] {
            guard let again = try? JSON(parsing: value.bytes(style)) else {
                preconditionFailure("what was printed does not parse")
            }
            precondition(again == value && again.hashValue == value.hashValue, "what was printed is another value")
            precondition(again.bytes(.compact) == compact, "a spelling is lost")
        }
        holdChanges(value)
        holdWritten(value)
    }

    /// The changes from one value to another make the other of the one.
    private static func holdChanges(_ value: JSON) {
        guard let elements = value.array, elements.count >= 2 else { return }
        let changes = JSON.changes(from: elements[0], to: elements[1])
        let made = try? elements[0].applying(JSONPatchOperation.operations(for: changes))
        precondition(made == elements[1], "changes make something else")
    }

    /// A YAML text is read or refused; what was read is written as YAML that reads as the same.
    private static func holdYAML(_ text: String) {
        guard let documents = try? YamlReader.documents(in: text) else { return }
        for document in documents { holdWritten(document.value) }
    }

    private static func holdWritten(_ value: JSON) {
        // Half of a surrogate pair, which JSON may hold, is no text: YAML cannot say it.
        if value.isNull || value.bytes(.compact).holdsReplacement { return }
        let yaml = YamlWriter.text(of: value)
        do throws(YamlReader.Failure) {
            let again = try YamlReader.documents(in: yaml)
            precondition(again.map(\.value) == [value], "YAML that was written reads as something else")
            precondition(again.allSatisfy(\.kept.isEmpty), "YAML that was written has a mark of its own")
        } catch {
            preconditionFailure("YAML that was written is refused: \(error)")
        }
    }
}

extension [UInt8] {
    /// Whether U+FFFD, or an escape from which it may come, is in a JSON text.
    fileprivate var holdsReplacement: Bool {
        let text = String(decoding: self, as: UTF8.self)
        return text.unicodeScalars.contains("\u{FFFD}") || text.lowercased().contains("\\ud")
    }
}
