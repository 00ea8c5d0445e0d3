import HookScript
import LosslessJSON

/// `script-bench [--lines N] [--runs N] [--only TEXT] [parse|run|where|beside]`: how fast the language is parsed and run,
/// with a host whose commands do nothing; how fast conditions are tried on 100,000 records; and edits beside tclsh, where
/// commands change documents. `--only` takes the rows that have the text in their names. Prints Markdown; processor
/// times, the least of the runs.
@main
enum ScriptBench {
    static func main() async throws {
        let options = Options(CommandLine.arguments.dropFirst())
        let host = IdleHost()
        if options.includes("parse") || options.includes("run") || options.includes("where") {
            print("| what | size | time | rate |", "| --- | --- | --- | --- |", separator: "\n")
        }
        if options.includes("parse") { try parse(options, host) }
        if options.includes("run") { try await run(options, host) }
        if options.includes("where") { try await filter(options, host) }
        if options.includes("beside") { try await Beside(options).table(lines: options.lines) }
    }

    private static func parse(_ options: Options, _ host: IdleHost) throws {
        for (name, text) in Sources.all(lines: options.lines) where options.wants("parse, \(name)") {
            let source = SourceText(name: name, text: text)
            let time = try Clock.least(of: options.runs) { try Parser.parse(source, signatures: host) }
            row("parse, \(name)", Megabytes.text(source.bytes.count), time, Megabytes.rate(source.bytes.count, time))
        }
        guard options.wants("format, edits") else { return }
        let edits = SourceText(name: "edits", text: Sources.edits(options.lines))
        let time = try Clock.least(of: options.runs) { _ = try Formatter.format(edits, signatures: host) }
        row("format, edits", Megabytes.text(edits.bytes.count), time, Megabytes.rate(edits.bytes.count, time))
    }

    private static func run(_ options: Options, _ host: IdleHost) async throws {
        for lines in [options.lines / 4, options.lines] where options.wants("parse and run edits") {
            let source = SourceText(name: "edits", text: Sources.edits(lines))
            let time = try await Clock.leastAwaited(of: options.runs) {
                _ = try await Interpreter(host: host).run(source)
            }
            row("parse and run edits", "\(lines) lines", time, Rate.perSecond(lines, time))
        }
        guard options.wants("run a loop of three statements") else { return }
        let loop = SourceText(name: "loop", text: Sources.loop(options.lines))
        let time = try await Clock.leastAwaited(of: options.runs) { _ = try await Interpreter(host: host).run(loop) }
        row("run a loop of three statements", "\(options.lines) turns", time, Rate.perSecond(options.lines, time))
    }

    private static func filter(_ options: Options, _ host: IdleHost) async throws {
        let records = BenchRecord.many(100_000)
        for condition in Sources.conditions where options.wants("where \(condition)") {
            let predicate = try await host.predicate(condition)
            let time = try Clock.least(of: options.runs) {
                var count = 0
                for record in records where try predicate.matches(record) { count += 1 }
                blackHole(count)
            }
            row("where \(condition)", "\(records.count) records", time, Rate.perSecond(records.count, time))
        }
    }

    private static func row(_ name: String, _ size: String, _ time: Duration, _ rate: String) {
        print("| `\(name)` | \(size) | \(Clock.text(time)) | \(rate) |")
    }

    @inline(never) private static func blackHole(_: Int) {}
}
