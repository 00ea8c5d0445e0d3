import LineEditor
import Session
import WebhookModel

/// What a prompt says: profile, what is chosen, how much is staged, the last status when it was not 0.
struct PromptText {
    var profile: Profile
    /// nil before anything was read.
    var state: SessionState?
    var lastExit = ExitStatus.done
    /// The mark of a recording that goes on.
    var recording: String?
    var template = PromptTemplate.standard

    /// `sandbox wh_abc123def4 +2> `, `production@api.mixpeek.com> `
    var prompt: Prompt { Prompt(template.left.compactMap(part)) }

    /// The name of the current webhook, where there is room.
    var rightPrompt: Prompt { Prompt(template.right.compactMap(part)) }

    private func part(_ piece: PromptTemplate.Piece) -> Prompt.Part? {
        switch piece {
        case .text(let text): Prompt.Part(text)
        case .field(let field, let before, let after):
            value(field).map { Prompt.Part(before + $0 + after, style(field)) }
        }
    }

    private func value(_ field: PromptTemplate.Field) -> String? {
        switch field {
        case .profile: profile.name
        case .host: profile.isSandbox ? nil : profile.host
        case .chosen: chosen
        case .name: name
        case .staged: state.flatMap { $0.stagedCount > 0 ? String($0.stagedCount) : nil }
        case .recording: recording
        case .status: lastExit == .done ? nil : String(lastExit.rawValue)
        }
    }

    /// A choice that holds nothing is shown, too: edits are refused then.
    private var chosen: String? {
        guard let state else { return nil }
        if state.isSelecting || !state.selection.isEmpty { return "\(state.selection.count) selected" }
        return state.current?.description
    }

    private static let longestName = 30

    private var name: String? {
        guard let state, !state.isSelecting, let key = state.current else { return nil }
        guard let name = (state.webhook(key) ?? state.live(key))?.name, !name.isEmpty else { return nil }
        return DisplayWidth.cut(Printable.escaped(Masking.shown(name)), to: Self.longestName)
    }

    private func style(_ field: PromptTemplate.Field) -> TextStyle {
        switch field {
        case .profile where profile.isProduction: TextStyle(.red, bold: true)
        case .profile: profile.isSandbox ? TextStyle(.green) : TextStyle(bold: true)
        case .host where profile.isProduction: TextStyle(.red)
        case .host, .name: TextStyle(dim: true)
        case .chosen: TextStyle(.cyan)
        case .staged: TextStyle(.yellow)
        case .recording, .status: TextStyle(.red)
        }
    }
}
