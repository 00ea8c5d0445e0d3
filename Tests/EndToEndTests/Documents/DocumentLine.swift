import TestSupport

/// What the test does with a line that a page gives to a shell, where that is not to run it and to expect 0.
enum DocumentLine {
    enum Treatment {
        case run(status: Int32)
        /// It goes on until Ctrl-C, and ends with 0 then.
        case untilInterrupted
        /// It is not run, for a reason.
        case leftOut(String)
    }

    /// By a whole command, or the words that it begins with; the longest counts.
    private static let exceptions: [(command: String, treatment: Treatment)] = [
        ("scripts/test", .leftOut("runs these tests")),
        ("scripts/bench", .leftOut("takes minutes, and builds for release")),
        ("scripts/install", .leftOut("builds for release, and writes outside of the home")),
        ("PREFIX=$HOME/.local scripts/install", .leftOut("builds for release")),
        ("DESTDIR=/tmp/root PREFIX=/usr scripts/install", .leftOut("builds for release")),
        ("scripts/package", .leftOut("builds for release")),
        ("sudo", .leftOut("changes the machine")),
        ("HOOKLINE=/usr/local/bin/hookline scripts/bench", .leftOut("takes minutes")),
        ("scripts/run sandbox serve", .untilInterrupted),
        ("hookline sandbox serve", .untilInterrupted),
        ("hookline sandbox deliveries --follow", .untilInterrupted),
        ("hookline listen", .untilInterrupted),
        ("hookline audit --strict", .run(status: 1)),
        ("simulator --seeds 1..500 --mutate", .run(status: 1)),
    ]

    /// Those that are a prompt: what is typed there stands in the transcripts, and in `greeter()`.
    private static let prompts = ["scripts/run", "hookline --sandbox", "hookline --plugin-path ."]

    static func treatment(of line: String) -> Treatment {
        let command = line.firstRange(of: " #").map { String(line[..<$0.lowerBound]) } ?? line
        let words = command.split(separator: " ")
        if prompts.contains(words.joined(separator: " ")) { return .leftOut("is a prompt") }
        return exceptions.filter { words.starts(with: $0.command.split(separator: " ")) }
            .max { $0.command.count < $1.command.count }?.treatment ?? .run(status: 0)
    }

    /// What a page writes, and what the test puts there.
    static let standIns: [(written: String, run: String)] = [
        // The server of the test in the place of the API, with a key of it.
        ("MIXPEEK_API_KEY=sk_…", "MIXPEEK_API_BASE=$SERVED_BASE MIXPEEK_API_KEY=\(ServedSandbox.key)"),
        // Ports that are free.
        ("--port 8000", "--port 0"), ("--port 9000", "--port 0"),
        // Seconds in the place of minutes.
        ("1..2000", "1..2"), ("1..500", "1..2"),
        // The run that there is.
        ("run=12", "run=1"),
    ]

    static func run(_ line: String) -> String {
        standIns.reduce(line) { $0.replacing($1.written, with: $1.run) }
    }

    /// What must be there before a page is followed, by the page's own words or those that it links to.
    static func preparation(of page: String) -> [String] {
        let parts = page.split(separator: "/")
        if parts.first == "plugins", parts.count == 3 {
            let enabled = ["hookline plugin install plugins/\(parts[1])", "hookline plugin enable \(parts[1])"]
            return enabled + ["echo 0123456789abcdef0123456789abcdef | hookline secret set PAGERDUTY"]
        }
        return [
            "README.md": ["hookline secret set SLACK_STAGING"],
            "docs/rehearsal.md": ["hookline secret set SIGNING"],
            "docs/language.md": ["hookline secret set ANY"],
        ][page] ?? []
    }
}
