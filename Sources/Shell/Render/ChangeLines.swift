import LosslessJSON
import Session
import WebhookModel

/// Changes as people read them, one a line: `~ is_active  true → false`.
struct ChangeLines: Sendable {
    var style: Style
    var showsSecrets: Bool

    func lines(_ changes: [Change], indent: String = "  ") -> [String] {
        changes.map { indent + line($0) }
    }

    func line(_ change: Change) -> String {
        let shown = showsSecrets ? change : change.masked
        let path = Printable.escaped(shown.path.description)
        if change.kind == .removed, change.path.components.isEmpty { return style(.removed, "- the webhook") }
        switch change.kind {
        case .added: return style(.added, "+ \(path)  \(text(shown.after))")
        case .removed: return style(.removed, "- \(path)  \(text(shown.before))")
        case .changed: return style(.changed, "~ \(path)  \(text(shown.before)) → \(text(shown.after))")
        }
    }

    /// The same as data.
    func json(_ change: Change) -> JSON {
        let shown = showsSecrets ? change : change.masked
        var members: [(String, JSON)] = [
            ("path", JSON(shown.path.description)), ("change", JSON(change.kind.rawValue)),
        ]
        if let before = shown.before { members.append(("before", before)) }
        if let after = shown.after { members.append(("after", after)) }
        return JSON(JSONObject(members))
    }

    private func text(_ value: JSON?) -> String {
        guard let value else { return "" }
        return Printable.escapedJSON(value.string.map(quotedIfNeeded) ?? value.text(.compact))
    }

    /// Words stay words; what holds blanks or could be another type is quoted as JSON.
    private func quotedIfNeeded(_ text: String) -> String {
        let isWord = !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "\"" && $0 != "\\" }
        let looksTyped = JSONNumber(spelling: text) != nil || ["true", "false", "null"].contains(text)
        return isWord && !looksTyped ? text : JSON(text).text(.compact)
    }
}
