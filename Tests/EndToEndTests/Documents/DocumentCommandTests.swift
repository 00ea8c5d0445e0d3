import Glibc
import LosslessJSON
import TestSupport
import Testing

/// What the pages tell their readers to type does what they say: every line of a `sh` block is given to a shell, every
/// line of a `hookline` block to a prompt, in the order of the page and in one home.
@Suite("The commands of the documents")
struct DocumentCommandTests {
    private static let pages = DocumentPage.names.filter { name in
        let page = DocumentPage(name)
        return page.blocks.contains { ["sh", "hookline"].contains($0.language) }
            || page.inlineCode.contains { isCommand($0.text) }
    }

    /// Whether a text within a sentence is a whole command: with words and without words that stand for others.
    private static func isCommand(_ text: String) -> Bool {
        guard text.hasPrefix("hookline "), !text.contains("…"), !text.contains("[") else { return false }
        return !text.split(separator: " ").contains { word in word.allSatisfy { $0.isUppercase || $0 == "_" } }
    }

    private enum Item {
        case shell(String)
        case prompt([String])
        case script(String)
    }

    /// What a page has, in its order.
    private static func items(of page: DocumentPage) -> [(line: Int, item: Item)] {
        var items: [(line: Int, item: Item)] = page.inlineCode.filter { isCommand($0.text) }
            .map { ($0.line, .shell($0.text)) }
        for block in page.blocks {
            switch block.language {
            case "sh":
                var exports = ""
                for (offset, line) in block.lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
                    if line.hasPrefix("export ") {
                        exports += (line.firstRange(of: "  #").map { String(line[..<$0.lowerBound]) } ?? line) + "; "
                    } else {
                        items.append((block.line + offset, .shell(exports + line)))
                    }
                }
            case "hookline":
                let isScript = block.lines.contains { $0.hasPrefix("requires ") }
                items.append(
                    (block.line, isScript ? .script(block.lines.joined(separator: "\n")) : .prompt(block.lines)))
            default: break
            }
        }
        return items.sorted { $0.line < $1.line }
    }

    @Test("do what the page says", arguments: pages)
    func commands(_ name: String) async throws {
        let reader = try await DocumentReader()
        for line in DocumentLine.preparation(of: name) {
            let (status, shown) = try await reader.shell(line)
            #expect(status == 0, "\(line)\n\(shown)")
        }
        for (number, item) in Self.items(of: DocumentPage(name)) {
            switch item {
            case .shell(let line):
                try await Self.follow(line, reader, "\(name):\(number)")
            case .prompt(let lines):
                for complaint in try await reader.type(lines) { Issue.record("\(name):\(number): \(complaint)") }
            case .script(let text):
                try reader.home.write(text + "\n", to: "page.hook")
                let words = "team=Team old=C0123456789 new=C0987654321"
                let (status, shown) = try await reader.shell("hookline --sandbox run page.hook " + words)
                #expect(status == 0, "\(name):\(number)\n\(shown)")
            }
        }
    }

    private static func follow(_ line: String, _ reader: DocumentReader, _ place: String) async throws {
        let run = DocumentLine.run(line)
        switch DocumentLine.treatment(of: line) {
        case .leftOut: break
        case .run(let expected):
            let (status, shown) = try await reader.shell(run)
            #expect(status == expected, "\(place): \(line)\n\(shown)")
        case .untilInterrupted:
            let (status, shown) = try await reader.shellUntilInterrupted(run)
            #expect(status == 0, "\(place): \(line)\n\(shown)")
        }
    }

    @Test("docs/plugins.md: the prompt of the ten minutes")
    func greeter() async throws {
        let reader = try await DocumentReader()
        #expect(try await reader.shell("hookline plugin new greeter --lang python").status == 0)
        let lines = "plugin enable --dev greeter; greeter world; plugin log greeter; plugin reload"
        let (status, shown) = try await reader.shell("hookline --plugin-path . -c '\(lines)'")
        #expect(status == 0 && shown.contains("hello world"), "\(shown)")
    }

    @Test("docs/language.md: the error is that of its script with a slip in it")
    func mistake() async throws {
        let home = try Home()
        let blocks = DocumentPage("docs/language.md").blocks
        let script = try #require(blocks.first { $0.language == "hookline" }).lines.joined(separator: "\n")
        try home.write(script.replacing("channels.*", with: "chanels.*") + "\n", to: "move.hook")
        let shown = try await home.hookline("--sandbox", "run", "move.hook", "Team", "C0123456789", "C0987654321")
        let block = try #require(blocks.first { $0.language == "text" })
        #expect(shown.errors == block.lines.joined(separator: "\n") + "\n")
        #expect(shown.status == 2)
    }

    @Test("docs/migrations.md: its configuration is one")
    func configuration() async throws {
        let home = try Home()
        let block = try #require(DocumentPage("docs/migrations.md").blocks.first { $0.language == "yaml" })
        for folder in [".config", ".config/hookline"] { mkdir(home.file(folder), 0o700) }
        try home.write(block.lines.joined(separator: "\n") + "\n", to: ".config/hookline/config.yaml")
        chmod(home.file(".config/hookline/config.yaml"), 0o600)
        let run = try await home.hookline("profile", "ls", "--jsonl")
        #expect(run.status == 0 && run.output.contains("\"acme\"") && run.output.contains("127.0.0.1:40000"))
    }

    @Test("docs/prompt.md: the template is the standard one")
    func template() async throws {
        let home = try Home()
        let block = try #require(DocumentPage("docs/prompt.md").blocks.first { !$0.isMarked })
        #expect(try await home.hookline("option", "prompt").output.contains(block.lines[0]))
    }

    @Test("every block is of a kind that a test holds, and each block of JSON is JSON")
    func kinds() throws {
        // Figures are what a benchmark printed.
        let held = ["sh", "hookline", "json", "yaml", "ebnf", "figures"]
        // By page and first line: what is neither typed nor shown by the program, and what holds it.
        let others = [
            "docs/architecture.md Sources/": "folders",
            "docs/language.md move.hook:8:35: error: there is no field \"chanels.*.configs.channel_id\"": "mistake()",
            "docs/plugins.md import PluginKit": "would be a build of minutes; plugins/audit is such a program",
            "docs/prompt.md {profile}{@host}{ chosen}{ +staged}{ recording}{ [status]}> {right}{name}": "template()",
            "docs/prompt.md bind -v": "a file of libedit's",
            "docs/sandbox.md {{ subject.id }}                          a value; what is missing is empty":
                "TemplateTests",
            "docs/sandbox.md # /etc/systemd/system/hookline-sandbox.service": "wants systemd",
        ]
        for name in DocumentPage.names {
            for block in DocumentPage(name).blocks where !block.isMarked && !held.contains(block.language) {
                let key = "\(name) \(block.lines.first ?? "")"
                #expect(DocumentTranscript(block) != nil || others[key] != nil, "\(name):\(block.line)")
            }
            for block in DocumentPage(name).blocks where block.language == "json" {
                #expect(throws: Never.self, "\(name):\(block.line)") {
                    try JSON(parsing: block.lines.joined(separator: "\n"))
                }
            }
        }
    }

    @Test("a flag of a command that a sentence names is one")
    func flags() async throws {
        let home = try Home()
        let reference = try await home.hookline("--generate-commands-page").output
        let global = try await home.hookline("--help").output
        let serve = try await home.hookline("sandbox", "serve", "--help").output
        #expect(serve.contains("--deliver"))
        var sections: [String: String] = [:]
        for section in reference.split(separator: "\n## ").dropFirst() {
            sections[String(section.prefix { $0 != "\n" })] = String(section)
        }
        #expect(sections.count > 40)
        for name in DocumentPage.names {
            for (line, text) in DocumentPage(name).inlineCode {
                let words = text.split(separator: " ").drop { $0 == "hookline" }
                guard let command = words.first, let section = sections[String(command)] else { continue }
                for word in words where word.hasPrefix("--") && word != "--" {
                    let flag = word.prefix { $0.isLetter || $0 == "-" }
                    #expect(
                        section.contains(flag) || global.contains(flag) || command == "sandbox" && serve.contains(flag),
                        "\(name):\(line): \(command) has no \(flag)")
                }
            }
        }
    }
}
