import Foundation
import HookScript

/// The same files of edits read and run by hookline's language and by tclsh, each changing dictionaries in memory.
struct Beside {
    /// The least times for a number of lines.
    private struct Times {
        let lines: Int
        let own: Duration
        /// nil where there is no tclsh.
        let theirs: Duration?
    }

    private let runs: Int
    private let tclsh: Tclsh?

    init(_ options: Options) throws {
        runs = options.runs
        tclsh = try Tclsh()
    }

    func table(lines: Int) async throws {
        let less = try await times(lines / 4)
        let more = try await times(lines)
        // Or it would be taken for rows of the table above it.
        print()
        row("edits that change documents", "\(less.lines) lines", "\(more.lines) lines", "grows with lines^")
        row("---", "---", "---", "---")
        row("hookline", Clock.text(less.own), Clock.text(more.own), growth(less, more, \.own))
        guard let tclsh, let small = less.theirs, let large = more.theirs else {
            print("\ntclsh is not on PATH: nothing to put beside it.")
            return
        }
        row("tclsh \(tclsh.version)", Clock.text(small), Clock.text(large), growth(less, more, \.theirs!))
        row("hookline takes, of tclsh's time", share(less.own, small), share(more.own, large), "")
        tclsh.removeFiles()
    }

    private func times(_ lines: Int) async throws -> Times {
        let text = Sources.edits(lines)
        guard let tclsh else {
            let source = SourceText(name: "edits", text: text)
            return Times(
                lines: lines, own: try await Clock.leastAwaited(of: runs) { try await run(source) }, theirs: nil)
        }
        let (file, empty) = (try tclsh.file("edits.tcl", text), try tclsh.file("empty.tcl", ""))
        let (left, ours) = (try tclsh.census(file), try await run(try source(file)).census)
        guard left == ours else { throw Tclsh.Failed(detail: "tclsh left \(left), hookline \(ours)") }
        var (own, theirs, start) = ([Duration](), [Duration](), [Duration]())
        // In turns, so that what else the machine does falls on both.
        for _ in 0..<runs {
            own.append(try await Clock.leastAwaited(of: 1) { try await run(try source(file)) })
            theirs.append(try Clock.ofChildren { try tclsh.run(file) })
            start.append(try Clock.ofChildren { try tclsh.run(empty) })
        }
        // What tclsh takes for no lines is its start.
        return Times(lines: lines, own: own.min()!, theirs: theirs.min()! - start.min()!)
    }

    private func source(_ file: String) throws -> SourceText {
        SourceText(name: file, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: file))))
    }

    private func run(_ source: SourceText) async throws -> EditingHost {
        let host = EditingHost()
        _ = try await Interpreter(host: host).run(source)
        return host
    }

    private func growth(_ less: Times, _ more: Times, _ time: KeyPath<Times, Duration>) -> String {
        let times = log(more[keyPath: time].seconds / less[keyPath: time].seconds)
        return Clock.hundredths(times / log(Double(more.lines) / Double(less.lines)))
    }

    private func share(_ own: Duration, _ theirs: Duration) -> String {
        Clock.hundredths(own.seconds / theirs.seconds) + " ×"
    }

    private func row(_ cells: String...) { print("| " + cells.joined(separator: " | ") + " |") }
}
