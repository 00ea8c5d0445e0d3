import HookScript
import Testing

@testable import Shell

@Suite("Words of a command that cannot stand together")
struct WordRuleTests {
    /// A declaration with the words that lead to it.
    struct Place: Sendable, CustomTestStringConvertible {
        let words: String
        let declaration: CommandDeclaration
        let flags: [DeclaredFlag]
        var testDescription: String { words }

        static let all = CommandTable.declarations.flatMap { command in
            [Place(words: command.name, declaration: command, flags: command.flags)]
                + command.subcommands.map {
                    Place(words: command.name + " " + $0.name, declaration: $0, flags: command.flags + $0.flags)
                }
        }
    }

    private static func value(_ kind: ArgumentKind) -> String {
        switch kind {
        case .integer, .number: "1"
        case .duration: "1h"
        case .choice(let words): words[0]
        case .format: "json"
        default: "x"
        }
    }

    /// A line with these words of a command and all that it needs beside them.
    private static func line(_ place: Place, _ names: [String]) -> String {
        let positionals = place.declaration.positionals.map(\.signature)
        let last = positionals.lastIndex { names.contains($0.name) || $0.arity.isRequired } ?? -1
        let flags = place.flags.map(\.signature).filter { names.contains($0.name) }.map { flag in
            "--" + flag.name + (flag.value.map { "=" + value($0.kind) } ?? "")
        }
        return ([place.words] + positionals.prefix(last + 1).map { value($0.kind) } + flags).joined(separator: " ")
    }

    @Test("every rule names words that its command declares, and is kept", arguments: Place.all)
    func rules(_ place: Place) async throws {
        let declared = Set(
            place.flags.map(\.signature.name) + place.declaration.positionals.map(\.signature.name))
        for rule in place.declaration.rules {
            let pairs: [(String, String, isTogether: Bool)] =
                switch rule {
                case .needs(let word, let other): [(word, other, false)]
                case .excludes(let word, let others): others.map { (word, $0, true) }
                }
            for (word, other, isTogether) in pairs {
                #expect(declared.contains(word) && declared.contains(other), "\(word) \(other)")
                let line = Self.line(place, isTogether ? [word, other] : [word])
                let run = try await ShellFixture().run(line)
                #expect(run.status == .usage, "\(line): \(run.errors)")
                let goes = isTogether ? "does not go with" : "goes with"
                #expect(run.errors.contains(goes), "\(line): \(run.errors)")
                #expect(run.output.isEmpty)
            }
        }
    }

    @Test(
        "no command takes two formats", arguments: Place.all.filter { $0.flags.contains { $0.signature.name == "csv" } }
    )
    func formats(_ place: Place) async throws {
        for names in [["csv", "yaml"], ["format", "ids"]] {
            let line = Self.line(place, names)
            let run = try await ShellFixture().run(line)
            #expect(run.status == .usage && run.errors.contains("exclude each other"), "\(line): \(run.errors)")
        }
    }

    @Test("an export is JSON or YAML, and says so of anything else")
    func export() async throws {
        for flags in [
            "--csv", "--ids", "--tsv", "--table", "--jsonl", "--format report", "a.json --csv", "a.json --yaml",
            "a.yml --json", "--force",
        ] {
            let fixture = try ShellFixture()
            let run = await fixture.run("export \(flags)")
            #expect(
                run.status == .usage && run.output.isEmpty && fixture.files.paths.isEmpty, "\(flags): \(run.errors)")
        }
        let fixture = try ShellFixture()
        #expect(await fixture.run("export --yaml").output.contains("webhook_name: Audit Trail Logger"))
        #expect(await fixture.run("export --format json").output.hasPrefix("["))
        #expect(await fixture.run("export a.yaml --yaml; export b --yaml; export c.json --json").status == .done)
        #expect(fixture.files.text("/work/b")?.hasPrefix("- ") == true)
        let yaml = try ShellFixture { $0.format = .yaml }
        #expect(await yaml.run("export").output.hasPrefix("- "))
        let csv = try ShellFixture { $0.format = .csv }
        #expect(await csv.run("export").status == .usage)
        #expect(await csv.run("export a.json").status == .done)
    }

    @Test("a report asked for as a table is one line for each value, and has no ids")
    func reports() async throws {
        let fixture = try ShellFixture()
        _ = await fixture.run("set active false --on wh_abc123def4")
        let csv = await fixture.run("diff --csv")
        #expect(csv.output.contains("wh_abc123def4\r\n"), "\(csv.output)")
        #expect(await fixture.run("diff").output.contains("wh_abc123def4  Engineering"))
        let ids = await fixture.run("status --ids")
        #expect(ids.status == .usage && ids.errors.contains("no ids"))
    }

    @Test("data for the whole command line is data from commit, resume and rollback, too")
    func global() async throws {
        let fixture = try ShellFixture { $0.format = .json }
        let commit = await fixture.run("set active false --on wh_abc123def4; commit --yes")
        #expect(commit.output.contains("\"wh_abc123def4\"") && commit.output.hasPrefix("["), "\(commit.output)")
        #expect(await fixture.run("rollback --yes").output.contains("\"wh_abc123def4\""))
        #expect(await fixture.run("commit --yes").output == "[]\n")
        let plain = try ShellFixture()
        #expect(await plain.run("set active false --on wh_abc123def4; commit --yes").output.isEmpty)
    }
}
