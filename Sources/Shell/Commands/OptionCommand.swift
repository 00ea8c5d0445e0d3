import HookScript
import LosslessJSON
import WebhookModel

/// `option`: how this session behaves.
enum OptionCommand: Command {
    private enum Name: String, CaseIterable {
        case steps, prompt, pager
    }

    static let declaration = CommandDeclaration(
        "option", .script, "shows or sets how this session behaves",
        positionals: [
            DeclaredPositional("NAME", .choice(Name.allCases.map(\.rawValue)), .optional, "the option"),
            DeclaredPositional("VALUE", .text, .optional, "its value from now on"),
        ],
        flags: .output,
        details: [
            "steps: statements and turns of loops that one run may take.",
            "prompt: what the prompt is made of. {profile} {host} {chosen} {name} {staged} {recording} {status} are values; "
                + "what stands beside a name inside its braces goes with it, and what follows {right} is shown at the right.",
            "pager: auto, which is $PAGER; off; or a command line for output longer than the window.",
            "What is to last goes into rc.hook.",
        ],
        examples: [
            .init("option prompt '{profile}{ +staged}% '", "a short prompt"),
            .init("option pager 'less -S'", "for wide tables"),
            .init("option", "all of them"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        guard let name = call.text("NAME").flatMap(Name.init) else { return list(Name.allCases, call) }
        guard let argument = call.invocation.argument("VALUE") else { return list([name], call) }
        switch name {
        case .steps:
            guard let steps = try argument.typed(as: .integer).integer, steps > 0 else {
                throw call.usage("steps is a number from 1")
            }
            call.shell.preferences.steps = steps
            for interpreter in call.shell.runningInterpreters { await interpreter.limitSteps(to: steps) }
        case .prompt: call.shell.preferences.prompt = try PromptTemplate(argument.revealedText)
        case .pager:
            let paging = paging(argument.revealedText)
            if case .command = paging, !call.shell.isInStartupScript {
                try call.shell.checkMayRunPrograms("choose the pager")
            }
            call.shell.preferences.paging = paging
        }
        return .nothing
    }

    private static func paging(_ text: String) -> Preferences.Paging {
        switch text {
        case "auto": .environment
        case "off", "": .never
        default: .command(text)
        }
    }

    private static func list(_ names: [Name], _ call: CommandCall) -> CommandOutput {
        let preferences = call.shell.preferences
        let rows = names.map { name -> [JSON] in
            switch name {
            case .steps: [JSON(name.rawValue), JSON(preferences.steps)]
            case .prompt: [JSON(name.rawValue), JSON(preferences.prompt.text)]
            case .pager: [JSON(name.rawValue), JSON(text(preferences.paging))]
            }
        }
        return .records(columns: [RecordColumn("name", isRigid: true), RecordColumn("value")], rows: rows)
    }

    private static func text(_ paging: Preferences.Paging) -> String {
        switch paging {
        case .environment: "auto"
        case .never: "off"
        case .command(let line): line
        }
    }
}
