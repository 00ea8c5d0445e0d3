import Synchronization

/// Output that is kept instead of shown.
package final class CollectedOutput: TextOutput {
    private let collected = Mutex("")

    package init() {}

    package var text: String { collected.withLock { $0 } }

    package func write(_ text: String) { collected.withLock { $0 += text } }
    package func flush() {}
}
