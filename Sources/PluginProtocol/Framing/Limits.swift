/// The sizes that both sides keep to.
package enum Limits {
    /// The longest line, without its end: 64 MiB.
    package static let lineLength = 64 << 20
    /// The largest part in which the host sends a batch: 32 MiB.
    package static let partLength = 32 << 20
    /// What of a plugin's standard output may be no message before it is stopped: 64 KiB in all.
    package static let noise = 64 << 10
    /// The largest state that a plugin may keep: 1 MiB.
    package static let state = 1 << 20
    /// The largest manifest: 256 KiB.
    package static let manifest = 256 << 10
    /// Requests of a plugin that the host works on at once.
    package static let requestsFromPlugin = 64
}
