import TestSupport

/// A screen of the prompt's page: keys, and what is awaited before the screen is taken.
struct PromptScene: Sendable {
    enum Step: Sendable {
        case type(String)
        case paste(String)
        case resize(WindowShape)
        /// The line with the cursor.
        case line(String)
        /// A text anywhere.
        case text(String)
    }

    let name: String
    var size = PromptSession.sizes[0]
    let steps: [Step]

    /// What the screen shows at the end.
    func screen() async throws -> String {
        let home = try Home()
        try home.write("#!/bin/sh\nsed -i 's/wehre/where/' \"$1\"\n", to: "editor")
        let pty = try await PromptSession.start(
            home, ["--sandbox", "-q"], size: size, environment: ["EDITOR": "sh " + home.file("editor")])
        for step in steps {
            switch step {
            case .type(let keys):
                let row = pty.screen.scrolledOut.count + pty.screen.cursor.row
                try await pty.type(keys)
                // What was awaited before stands there still until Enter was taken.
                if keys.hasSuffix("\r") {
                    try await pty.wait(for: "Enter") { $0.scrolledOut.count + $0.cursor.row > row }
                }
            case .paste(let text): try await pty.paste(text)
            case .resize(let size): try pty.resize(columns: size.columns, rows: size.rows)
            case .line(let line): try await pty.wait(forInput: line)
            case .text(let text): try await pty.wait(for: text) { $0.text.contains(text) }
            }
        }
        return pty.screen.text
    }
}

extension PromptScene {
    private static let on = "sandbox wh_abc123def4"

    static let all = [
        PromptScene(
            name: "a first look",
            steps: [
                .type("count where active\r"), .line("sandbox>"), .type("use wh_abc123def4\r"), .line(on + ">"),
                .type("set active false\r"), .line(on + " +1>"), .type("add-event cluster.execution.failed\r"),
                .line(on + " +1>"), .type("get nothing\r"), .line(on + " +1 [1]>"), .type("undo\r"), .line(on + " +1>"),
            ]),
        PromptScene(
            name: "candidates",
            steps: [
                .type("co" + Key.tab), .text("count   counts"), .line("sandbox> co"),
                .type(Key.control("u") + "ls --form" + Key.tab + Key.tab), .text("jsonl"),
                .line("sandbox> ls --format"),
            ]),
        PromptScene(
            name: "pages", size: PromptSession.sizes[1],
            steps: [
                .type("count\r"), .text("46"), .line("sandbox>"), .type("use wh_" + Key.tab), .text(" of 46: Tab"),
                .line("sandbox> use wh_"),
            ]),
        PromptScene(
            name: "a condition",
            steps: [
                .type("count\r"), .text("46"), .line("sandbox>"), .type("ls where events " + Key.tab),
                .text("holds exactly"),
                .line("sandbox> ls where events"), .type("has trigger.exec" + Key.tab + Key.tab),
                .text("trigger.execution.failed"), .line("sandbox> ls where events has trigger.execution."),
            ]),
        PromptScene(
            name: "settings of a channel",
            steps: [
                .type("use wh_abc123def4\r"), .line(on + ">"), .type("set-channel slack ic" + Key.tab + Key.tab),
                .text("icon_url="), .line(on + "> set-channel slack icon_"),
            ]),
        PromptScene(
            name: "a block",
            steps: [
                .type("for i in 1..2\r"), .line("..."), .type("echo \"n $i\"\r"), .line("..."), .type("end\r"),
                .text("n 2"), .line("sandbox>"), .type(Key.up), .line("end"),
            ]),
        PromptScene(
            name: "a paste",
            steps: [
                .paste("echo one\necho two"), .line("echo two"), .type(Key.control("c")), .line("sandbox>"),
                .paste("echo one\necho two"), .line("echo two"), .type("\r"), .text("two\nsandbox>"), .line("sandbox>"),
            ]),
        PromptScene(
            name: "another editor",
            steps: [
                .type("count wehre active" + Key.control("x") + Key.control("e")), .line("sandbox> count where active"),
                .type("\r"), .line("sandbox>"),
            ]),
        PromptScene(
            name: "what there is", steps: [.type("?"), .text("Tab completes."), .line("sandbox>")]),
        PromptScene(
            name: "help in place", steps: [.type("undo ?"), .text("Exit status"), .line("sandbox> undo")]),
        PromptScene(
            name: "a mistake",
            steps: [
                .type("comit\r"), .line("sandbox [2]>"), .type("ls where actve\r"), .text("active?"),
                .line("sandbox [2]>"),
            ]),
        PromptScene(
            name: "history",
            steps: [
                .type("echo first\r"), .text("first\nsandbox>"), .type("echo xoxb-1234567890-abc\r"),
                .text("abc\nsandbox>"), .type(" echo not this one\r"), .text("this one\nsandbox>"),
                .type("history\r"), .line("sandbox>"), .text("••••"), .type("ec" + Key.up + Key.up),
                .line("sandbox> echo first"),
            ]),
        PromptScene(
            name: "a narrow window",
            steps: [
                .type("use wh_abc123def4\r"), .line(on + ">"), .type("set name 'Engineering Alerts'"),
                .line(on + "> set name 'Engineering Alerts'"), .resize(WindowShape(columns: 40, rows: 10)),
                .text("'Enginee\nring Alerts'"),
            ]),
    ]
}
