import LineEditor
import Synchronization

/// One line on standard error that says what is being waited for. It is gone before anything else is written.
package final class StatusLine: Sendable {
    private let output: any TextOutput
    /// nil where there is no terminal that could take a line back.
    private let columns: (@Sendable () -> Int?)?
    private let isShown = Mutex(false)

    /// - Parameters:
    ///   - output: standard error, unbuffered.
    ///   - columns: the window's width; nil if standard error is no terminal whose cursor moves.
    package init(output: any TextOutput, columns: (@Sendable () -> Int?)?) {
        self.output = output
        self.columns = columns
    }

    /// A status line that never shows.
    package static let none = StatusLine(output: CollectedOutput(), columns: nil)

    /// Shows a text in place of the one before.
    func show(_ text: String) {
        guard let columns else { return }
        let width = max(1, (columns() ?? 80) - 1)
        isShown.withLock { isShown in
            try? output.write("\r" + DisplayWidth.cut(Printable.escaped(text), to: width) + "\u{1B}[K")
            isShown = true
        }
    }

    /// Takes the line away.
    package func clear() { write {} }

    /// Takes the line away, and writes before another may come.
    func write<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) {
        let failure: Failure? = isShown.withLock { isShown in
            if isShown { try? output.write("\r\u{1B}[K") }
            isShown = false
            do throws(Failure) {
                try body()
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }
}

/// Output beside a status line and a line being edited: it tears neither.
package struct SteadyOutput: TextOutput {
    private let output: any TextOutput
    private let status: StatusLine
    private let above: @Sendable (String) -> Bool

    /// - Parameter above: prints above the line being edited; false if none is, or if the output goes elsewhere.
    package init(
        _ output: any TextOutput, status: StatusLine, above: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.output = output
        self.status = status
        self.above = above
    }

    package func write(_ text: String) throws(OutputError) {
        if above(text) { return }
        try status.write { () throws(OutputError) in try output.write(text) }
    }

    package func flush() throws(OutputError) {
        try status.write { () throws(OutputError) in try output.flush() }
    }
}
