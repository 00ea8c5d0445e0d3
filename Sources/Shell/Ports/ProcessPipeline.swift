/// Programs that each read what the one before prints.
package struct ProcessPipeline: Hashable, Sendable {
    package enum Output: Hashable, Sendable {
        /// Where ours goes.
        case inherited
        case collected
    }

    /// Programs with their arguments, each looked up on PATH and run without a shell; at least one.
    package var commands: [[String]]
    /// What the first reads. One that does not read all of it is no error.
    package var standardInput: [UInt8]
    /// Where goes what the last prints.
    package var output: Output
    /// Whether they go on when the task is cancelled: for a pager, which treats Ctrl-C itself.
    package var ignoresCancellation: Bool

    package init(
        commands: [[String]], standardInput: [UInt8], output: Output, ignoresCancellation: Bool = false
    ) {
        self.commands = commands
        self.standardInput = standardInput
        self.output = output
        self.ignoresCancellation = ignoresCancellation
    }

    package enum Failure: Error, Hashable, Sendable {
        /// There is no such program, or it may not be run; the others have been ended.
        case notStarted(program: String)
    }
}
