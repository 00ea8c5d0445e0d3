import HookScript
import LosslessJSON

/// `script-bench [--lines N] [--runs N] [parse|run|where]`: how fast the language is parsed and run, with a host whose commands do nothing,
/// and how fast conditions are tried on 100,000 records. Prints Markdown; processor times, the least of the runs.
@main
enum ScriptBench {
    static func main() async throws {
        let options = Options(CommandLine.arguments.dropFirst())
        let host = IdleHost()
        print("| what | size | time | rate |", "| --- | --- | --- | --- |", separator: "\n")
        if options.includes("parse") { try parse(options, host) }
        if options.includes("run") { try await run(options, host) }
        if options.includes("where") { try await filter(options, host) }
    }

    private static func parse(_ options: Options, _ host: IdleHost) throws {
        for (name, text) in Sources.all(lines: options.lines) {
            let source = SourceText(name: name, text: text)
            let time = try Clock.least(of: options.runs) { try Parser.parse(source, signatures: host) }
            row("parse, \(name)", Megabytes.text(source.bytes.count), time, Megabytes.rate(source.bytes.count, time))
        }
        let edits = SourceText(name: "edits", text: Sources.edits(options.lines))
        let time = try Clock.least(of: options.runs) { _ = try Formatter.format(edits, signatures: host) }
        row("format, edits", Megabytes.text(edits.bytes.count), time, Megabytes.rate(edits.bytes.count, time))
    }

    private static func run(_ options: Options, _ host: IdleHost) async throws {
        for lines in [options.lines / 4, options.lines] {
            let source = SourceText(name: "edits", text: Sources.edits(lines))
            let time = try await Clock.leastAwaited(of: options.runs) {
                _ = try await Interpreter(host: host).run(source)
            }
            row("parse and run edits", "\(lines) lines", time, Rate.perSecond(lines, time))
        }
        let loop = SourceText(name: "loop", text: Sources.loop(options.lines))
        let time = try await Clock.leastAwaited(of: options.runs) { _ = try await Interpreter(host: host).run(loop) }
        row("run a loop of three statements", "\(options.lines) turns", time, Rate.perSecond(options.lines, time))
    }

    private static func filter(_ options: Options, _ host: IdleHost) async throws {
        let records = BenchRecord.many(100_000)
        for condition in Sources.conditions {
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

/// `--lines N`, `--runs N`, and what to measure.
struct Options {
    var lines = 100_000
    var runs = 5
    /// The part to measure; all if nil.
    var part: String?

    func includes(_ name: String) -> Bool { part == nil || part == name }

    init(_ words: ArraySlice<String>) {
        var words = words
        while let word = words.popFirst() {
            if ["parse", "run", "where"].contains(word) {
                part = word
                continue
            }
            switch (word, words.popFirst().flatMap(Int.init)) {
            case ("--lines", let count?) where count > 0: lines = count
            case ("--runs", let count?) where count > 0: runs = count
            default: fatalError("script-bench [--lines N] [--runs N] [parse|run|where]")
            }
        }
    }
}
