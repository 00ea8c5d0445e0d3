import HookScript

/// Flags that several commands share, declared once.
extension [DeclaredFlag] {
    /// How data is written: every command that returns webhooks has them.
    package static let output: [DeclaredFlag] =
        [
            DeclaredFlag("format", value: "FORMAT", .format, "write the data in this format, or in one of a plugin's")
        ] + OutputFormat.allCases.map { DeclaredFlag($0.rawValue, "the same as --format \($0.rawValue)") }

    package static let secrets = [DeclaredFlag("show-secrets", "show secrets instead of ••••")]

    /// Which webhooks an edit is for, when neither the selection nor the current one is meant.
    package static let target = [
        DeclaredFlag(
            "on", value: "WEBHOOK", .webhook, isList: true,
            "edit this webhook instead of the selection or the current one")
    ]

}

extension ArgumentKind {
    /// An exact id, an exact name, a unique prefix of an id, or `new:N`.
    package static let webhook = ArgumentKind.name("webhook")
    package static let eventType = ArgumentKind.name("event")
    package static let channelKind = ArgumentKind.name("channel-kind")
    /// An index, a kind, or `kind:key=value`.
    package static let channelMatch = ArgumentKind.name("channel")
    package static let field = ArgumentKind.name("field")
    package static let profile = ArgumentKind.name("profile")
    /// The number of a run in the journal.
    package static let run = ArgumentKind.name("run")
    package static let alias = ArgumentKind.name("alias")
    /// A format of hookline's own or of a plugin.
    package static let format = ArgumentKind.name("format")
    package static let transform = ArgumentKind.name("transform")
    package static let plugin = ArgumentKind.name("plugin")
    package static let secretName = ArgumentKind.name("secret")
}
