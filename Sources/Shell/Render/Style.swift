import LineEditor

/// The few meanings that colour has here; plain text where colour is off.
package struct Style: Hashable, Sendable {
    package var isColoured: Bool

    package init(isColoured: Bool) { self.isColoured = isColoured }

    package static let plain = Style(isColoured: false)

    package enum Role: Hashable, Sendable {
        case heading, muted, added, removed, changed, warning, failure, identifier
    }

    package func callAsFunction(_ role: Role, _ text: String) -> String {
        isColoured && !text.isEmpty ? Style.appearance(of: role).applied(to: text) : text
    }

    private static func appearance(of role: Role) -> TextStyle {
        switch role {
        case .heading: TextStyle(bold: true)
        case .muted: TextStyle(dim: true)
        case .added: TextStyle(.green)
        case .removed: TextStyle(.red)
        case .changed, .warning: TextStyle(.yellow)
        case .failure: TextStyle(.red, bold: true)
        case .identifier: TextStyle(.cyan)
        }
    }
}
