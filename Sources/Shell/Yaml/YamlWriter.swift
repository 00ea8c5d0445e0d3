import LosslessJSON
import WebhookModel

/// A JSON value as block YAML: order and number spelling kept, every text readable as the same text.
package struct YamlWriter {
    private var text = ""
    /// Whether what stands in place of a secret is written as `!keep`, so that reading the file back keeps the stored one.
    private let keepsMasked: Bool

    /// `value` as a YAML document without a `---` line; ends in a line end.
    package static func text(of value: JSON, keepsMasked: Bool = false) -> String {
        var writer = YamlWriter(keepsMasked: keepsMasked)
        writer.write(value, indent: 0, afterDash: false)
        return writer.text
    }

    private init(keepsMasked: Bool) { self.keepsMasked = keepsMasked }

    /// Writes a value that begins on a line of its own, or right after `- ` where `afterDash` is true.
    private mutating func write(_ value: JSON, indent: Int, afterDash: Bool) {
        if let object = value.object, !object.isEmpty {
            for (index, member) in object.enumerated() {
                if index > 0 || !afterDash { pad(indent) }
                text += YamlText.scalar(member.name) + ":"
                writeNested(member.value, indent: indent, deeper: 2)
            }
        } else if let array = value.array, !array.isEmpty {
            for (index, element) in array.enumerated() {
                if index > 0 || !afterDash { pad(indent) }
                text += "- "
                write(element, indent: indent + 2, afterDash: true)
            }
        } else {
            if !afterDash { pad(indent) }
            text += scalar(value) + "\n"
        }
    }

    private mutating func writeNested(_ value: JSON, indent: Int, deeper: Int) {
        let isBlock = !(value.object?.isEmpty ?? true) || !(value.array?.isEmpty ?? true)
        guard isBlock else {
            text += " " + scalar(value) + "\n"
            return
        }
        text += "\n"
        write(value, indent: value.object == nil ? indent : indent + deeper, afterDash: false)
    }

    private mutating func pad(_ count: Int) { text += String(repeating: " ", count: count) }

    private func scalar(_ value: JSON) -> String {
        if let string = value.string {
            let isMasked = keepsMasked && StandIn.isIn(string)
            return (isMasked ? "!keep " : "") + YamlText.scalar(string)
        }
        return value.text(.compact)
    }
}
