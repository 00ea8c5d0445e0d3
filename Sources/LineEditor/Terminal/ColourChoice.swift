/// `--color auto|always|never`, and how it is decided.
package enum ColourChoice: String, Hashable, Sendable, CaseIterable {
    case auto, always, never

    /// Whether to colour what goes to one stream. The flag wins; then `NO_COLOR` (no-color.org: set and not empty),
    /// then `CLICOLOR_FORCE` (set, not empty and not 0), then whether it is a terminal that is not dumb.
    package func allowsColour(onTerminal: Bool, type: String?, environment: [String: String]) -> Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .auto: break
        }
        if let value = environment["NO_COLOR"], !value.isEmpty { return false }
        if let value = environment["CLICOLOR_FORCE"], !value.isEmpty, value != "0" { return true }
        return onTerminal && !Terminal(type: type).isDumb
    }
}
