import HookScript

/// Every command, in the order that `help` shows them within their groups.
package enum CommandTable {
    private static let all: [any Command.Type] = [
        LsCommand.self, GetCommand.self, ShowCommand.self, CountCommand.self, GrepCommand.self, EventsCommand.self,
        HealthCommand.self, RefreshCommand.self, WhoamiCommand.self, DoctorCommand.self,
        UseCommand.self, SelectCommand.self, DeselectCommand.self,
        SetCommand.self, UnsetCommand.self, AddEventCommand.self, RemoveEventCommand.self, SetEventsCommand.self,
        RenameEventCommand.self, AddChannelCommand.self, SetChannelCommand.self, RemoveChannelCommand.self,
        ReplaceCommand.self, CreateCommand.self, CloneCommand.self, DeleteCommand.self, EditCommand.self,
        ApplyCommand.self, TransformCommand.self,
        StatusCommand.self, DiffCommand.self, UndoCommand.self, RedoCommand.self, DiscardCommand.self,
        DraftCommand.self,
        PlanCommand.self, CommitCommand.self, LogCommand.self, ResumeCommand.self, RollbackCommand.self,
        ExportCommand.self, ImportCommand.self, CopyCommand.self,
        RunCommand.self, FmtCommand.self, EchoCommand.self, AliasCommand.self, UnaliasCommand.self, TimeCommand.self,
        OptionCommand.self, RecordCommand.self,
        ProfileCommand.self, LoginCommand.self, SecretCommand.self, SandboxCommand.self, ListenCommand.self,
        FormatCommand.self, HistoryCommand.self, PluginCommand.self, HelpCommand.self, QuitCommand.self,
    ]

    private static let byName: [String: any Command.Type] = {
        var table: [String: any Command.Type] = [:]
        for command in all {
            for name in [command.declaration.name] + command.declaration.aliases { table[name] = command }
        }
        return table
    }()

    private static let signatures = byName.mapValues { $0.declaration.signature }

    /// Every declaration, for help, completion and the reference.
    package static var declarations: [CommandDeclaration] { all.map { $0.declaration } }

    /// Every name and alias.
    package static let names: [String] = byName.keys.sorted()

    static func command(named name: String) -> (any Command.Type)? { byName[name] }

    static func declaration(named name: String) -> CommandDeclaration? { byName[name]?.declaration }

    static func signature(of name: String) -> CommandSignature? { signatures[name] }
}
