import Glibc
import LineEditor
import LosslessJSON
import Shell
import TestSupport
import WebhookModel

/// Measures Tab with a hundred thousand webhooks known, and fails when one takes longer than a frame.
///
/// `completion-bench [COUNT]`. Prints Markdown: for each line the median and the worst of its runs, and how many fit.
/// A key's time is all that happens between Tab and the list: parsing, looking up, quoting. It is the thread's processor
/// time: other work on the machine does not count.
@main
enum CompletionBench {
    private static let goal = Duration.milliseconds(16)
    private static let runs = 40

    private static let lines = [
        "", "d", "use ", "use w", "use wh_", "use wh_7", "use Te", "use te", "use 'Team 99999", "use am 50",
        "use no-such-webhook", "get x", "delete --on wh_a", "ls where ", "ls where channels.s", "ls where name = ",
        "ls where name = 'Team 1", "ls where id = wh_", "ls where events has ", "add-event ", "add-event object.",
        "remove-event ", "set-channel 0 ", "set name ", "ls --format ", "echo $", "each where name = 'Team 4",
    ]

    static func main() async throws {
        let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 100_000
        let shell = try BenchShell.make(documents(count))
        let memory = CompletionMemory()
        await memory.refresh(shell)
        _ = await ScriptRunner(shell: shell).run("use wh_1000000000; set active false; select all", name: "bench")
        let prompt = await ContinuousClock().measure { await memory.refresh(shell) }
        let learned = await ContinuousClock().measure { await memory.settle() }
        let times = "Before the prompt: \(prompt.inMilliseconds) ms; beside it: \(learned.inMilliseconds) ms."
        print("\(count) webhooks, all of them selected. \(times)\n")
        print("| line | median | worst | fit |\n| --- | --- | --- | --- |")
        let completer = ShellCompleter(shell: shell) { memory.knowledge(of: shell) }
        let slowest = lines.map { measure($0, completer) }.max() ?? .zero
        print("\nslowest: \(slowest.inMilliseconds) ms of \(goal.inMilliseconds) ms")
        if slowest > goal { exit(1) }
    }

    /// Prints a row; answers the worst time.
    private static func measure(_ line: String, _ completer: ShellCompleter) -> Duration {
        let context = CompletionContext(text: line, cursor: line.utf8.count)
        var total = 0
        let times = (0..<runs).map { _ in
            let start = processorTime()
            total = completer.completions(for: context).total
            return processorTime() - start
        }.sorted()
        let worst = times[times.count - 1]
        print("| `\(line)` | \(times[times.count / 2].inMilliseconds) ms | \(worst.inMilliseconds) ms | \(total) |")
        return worst
    }

    private static func processorTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    private static func documents(_ count: Int) -> [JSON] {
        let kinds = Catalogue.channelKinds.map(\.name)
        let events = Catalogue.eventTypes.map(\.name)
        return (0..<count).map { index in
            let digits = String(index, radix: 36)
            // The last digit first, so that neighbours in the list are none in the index.
            let id = "wh_" + String(digits.reversed()) + String(repeating: "0", count: max(0, 10 - digits.count))
            return [
                "webhook_id": JSON(id), "webhook_name": JSON("Team \(index) alerts"),
                "event_types": JSON((0..<4).map { JSON(events[(index + $0 * 7) % events.count]) }), "is_active": true,
                "channels": [["channel": JSON(kinds[index % kinds.count]), "configs": ["url": "https://x.example"]]],
            ]
        }
    }
}

extension Duration {
    /// With two digits behind the point.
    fileprivate var inMilliseconds: String {
        let hundredths = components.seconds * 100_000 + components.attoseconds / 10_000_000_000_000
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}
