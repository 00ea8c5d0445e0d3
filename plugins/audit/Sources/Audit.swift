import PluginKit

/// The auditor: one command over all webhooks, two policies over the changes of a commit.
@main
struct Audit {
    static func main() {
        var plugin = Plugin(version: "1.0.0")
        plugin.command("audit", run)
        plugin.policy("no-new-wildcards") { changes in
            changes.flatMap { NewProblems.of($0, rule: .wildcard, policy: "no-new-wildcards") }
        }
        plugin.policy("no-new-plain-http") { changes in
            changes.flatMap { NewProblems.of($0, rule: .plainHTTP, policy: "no-new-plain-http") }
        }
        plugin.completions { call in
            Rule.allCases.map(\.rawValue).filter { $0.hasPrefix(call.word) }.map { Candidate($0) }
        }
        plugin.run()
    }

    private static func run(_ call: CommandCall) throws -> CommandResult {
        var rules = Set(Rule.allCases)
        if let name = call.value("rule")?.string {
            guard let rule = Rule(rawValue: name) else {
                let known = Rule.allCases.map(\.rawValue).joined(separator: ", ")
                return CommandResult(exit: 2, text: "no rule \(name): there are \(known)\n")
            }
            rules = [rule]
        }
        let problems = Problems.all(in: try call.host.webhooks()).filter { rules.contains($0.rule) }
        let lines = problems.map(\.line) + [summary(problems)]
        return CommandResult(
            exit: call.has("strict") && !problems.isEmpty ? 1 : 0, text: lines.joined(separator: "\n") + "\n",
            json: Value(problems.map(\.json)))
    }

    private static func summary(_ problems: [Problem]) -> String {
        switch problems.count {
        case 0: "nothing found"
        case 1: "1 finding"
        default: "\(problems.count) findings"
        }
    }
}
