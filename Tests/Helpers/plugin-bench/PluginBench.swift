import Glibc
import LosslessJSON
import PluginHost
import PluginKit
import PluginProtocol

/// Measures the plugin host against itself: `plugin-bench` is the host, `plugin-bench echo` and `plugin-bench sink` are the
/// plugins that it starts. Prints a line a figure: name, value, unit.
@main
struct PluginBench {
    static func main() async throws {
        switch CommandLine.arguments.dropFirst().first {
        case "echo": echo()
        case "sink": SinkPlugin.run()
        default: try await measure()
        }
    }

    /// Compiled, with the kit: what an author would write.
    private static func echo() {
        var plugin = Plugin(version: "1")
        plugin.command("echo") { call in CommandResult(text: call.arguments.joined(separator: " ")) }
        plugin.run()
    }

    private static func measure() async throws {
        let bench = try BenchHost()
        try await roundTrips(bench)
        try await policy(bench)
        try startUp(bench)
        await bench.host.stop(hurry: .milliseconds(50))
        bench.remove()
    }

    private static func report(_ name: String, _ duration: Duration, per count: Int = 1) {
        let (seconds, attoseconds) = duration.components
        let microseconds = Double(seconds) * 1e6 + Double(attoseconds) / 1e12
        print("\(name)\t\((microseconds / Double(count) * 10).rounded() / 10)\tµs")
    }

    /// A command there and back, one after the other.
    private static func roundTrips(_ bench: BenchHost) async throws {
        let clock = ContinuousClock()
        let first = clock.now
        _ = try await bench.echo()
        report("start, handshake and first call", clock.now - first)
        for _ in 0..<500 { _ = try await bench.echo() }
        var times: [Duration] = []
        for _ in 0..<5000 {
            let begin = clock.now
            _ = try await bench.echo()
            times.append(clock.now - begin)
        }
        times.sort()
        report("round trip p50", times[times.count / 2])
        report("round trip p99", times[times.count * 99 / 100])
    }

    /// Ten thousand webhooks to a policy that does nothing: what is left is the host, and the pipe.
    private static func policy(_ bench: BenchHost) async throws {
        let changes = BenchHost.changes(10_000)
        let clock = ContinuousClock()
        var best = Duration.seconds(1000)
        for _ in 0..<5 {
            let begin = clock.now
            let verdicts = try await bench.host.checkPolicies(changes)
            best = min(best, clock.now - begin)
            guard verdicts.allSatisfy({ !$0.denies }) else { throw CallError("\(verdicts)") }
        }
        report("policy over 10,000 webhooks, host and pipe", best)
    }

    /// What twenty enabled plugins cost before anything is asked of them.
    private static func startUp(_ bench: BenchHost) throws {
        let file = try bench.pinFile(copies: 20)
        let clock = ContinuousClock()
        var best = Duration.seconds(1000)
        for _ in 0..<50 {
            let host = bench.freshHost(pins: file)
            let begin = clock.now
            let table = try host.contributions()
            best = min(best, clock.now - begin)
            guard table.plugins.count == 20 else { throw CallError("\(table.plugins.count) plugins") }
        }
        report("contributions of 20 enabled plugins", best)
    }
}
