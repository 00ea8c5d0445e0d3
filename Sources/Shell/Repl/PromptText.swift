import LineEditor
import Session

/// The prompt: profile, what is chosen, how much is staged, and the last status when it was not 0.
struct PromptText {
    var profile: Profile
    /// nil before anything was read.
    var state: SessionState?
    var lastExit = ExitStatus.done

    /// `sandbox wh_abc123def4 +2> `, `production@api.mixpeek.com> `
    var prompt: Prompt {
        var parts = [Prompt.Part(profile.name, profileStyle)]
        if !profile.isSandbox { parts.append(Prompt.Part("@" + profile.host, TextStyle(dim: true))) }
        if let chosen { parts.append(Prompt.Part(" " + chosen, TextStyle(.cyan))) }
        if let count = state?.stagedCount, count > 0 { parts.append(Prompt.Part(" +\(count)", TextStyle(.yellow))) }
        if lastExit != .done { parts.append(Prompt.Part(" [\(lastExit.rawValue)]", TextStyle(.red))) }
        parts.append(Prompt.Part("> "))
        return Prompt(parts)
    }

    private var chosen: String? {
        guard let state else { return nil }
        if !state.selection.isEmpty { return "\(state.selection.count) selected" }
        return state.current?.description
    }

    private var profileStyle: TextStyle {
        if profile.isProduction { return TextStyle(.red, bold: true) }
        return profile.isSandbox ? TextStyle(.green) : TextStyle(bold: true)
    }
}
