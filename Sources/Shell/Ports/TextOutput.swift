/// Where text goes: standard output, standard error, a file, a test's buffer.
package protocol TextOutput: Sendable {
    /// Writes all of it, in order with what was written before.
    ///
    /// - Throws: `OutputError`, from which on everything else fails too.
    func write(_ text: String) throws(OutputError)
    /// Hands on what is buffered.
    func flush() throws(OutputError)
}

package enum OutputError: Error, Hashable, Sendable {
    /// The reader went away (`hookline ls | head`): end quietly.
    case closed
    case failed(FileError)
}
