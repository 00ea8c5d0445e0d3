import HookScript

/// Other programs behind a pipe.
extension Shell {
    /// Sends bytes through programs; what the last prints, if it is collected.
    ///
    /// - Throws: `noProgram` if one cannot be started, `program` if the last one fails.
    func feed(_ bytes: [UInt8], through commands: [[String]], isCollected: Bool) async throws -> [UInt8] {
        // What was written before stands before what they print.
        try environment.standardOutput.flush()
        let pipeline = ProcessPipeline(
            commands: commands, standardInput: bytes, output: isCollected ? .collected : .inherited)
        let result: ProcessResult
        do throws(ProcessPipeline.Failure) {
            result = try await environment.processes.run(pipeline)
        } catch {
            switch error {
            case .notStarted(let program): throw ShellError.noProgram(program)
            }
        }
        if Task.isCancelled { throw ShellError.interrupted }
        guard result.status == 0 else {
            throw ShellError.program(commands.last?.first ?? "", status: result.status)
        }
        return result.standardOutput
    }
}
