import Dispatch
import Glibc
import Shell

/// Runs programs; their errors go where ours go.
struct LocalProcesses: ProcessRunner {
    /// What the programs see; the API key is not in it.
    let environment: [String: String]

    func run(_ command: ProcessCommand) async -> ProcessResult {
        // A blocking wait on a thread of its own, so that no task waits behind it.
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: runToEnd(command)) }
        }
    }

    private static let notStarted = ProcessResult(status: 127, standardOutput: [])

    private func runToEnd(_ command: ProcessCommand) -> ProcessResult {
        guard let output = Pipe() else { return Self.notStarted }
        let input = command.standardInput.flatMap { _ in Pipe() }
        let child = ChildProcess.start(
            command.arguments, environment: environment, input: input?.reading, output: output.writing)
        output.closeWriting()
        input?.closeReading()
        guard let child else {
            output.closeReading()
            input?.closeWriting()
            return Self.notStarted
        }
        // Beside the reading, or a program that prints before it has read everything would wait for us.
        if let input { DispatchQueue.global().async { input.feed(command.standardInput ?? []) } }
        let bytes = output.readToEnd()
        return ProcessResult(status: ChildProcess.wait(for: child), standardOutput: bytes)
    }
}

/// Pipelines.
extension LocalProcesses {
    func run(_ pipeline: ProcessPipeline) async throws(ProcessPipeline.Failure) -> ProcessResult {
        let children = RunningChildren()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async { continuation.resume(returning: runToEnd(pipeline, children)) }
            }
        } onCancel: {
            if !pipeline.ignoresCancellation { children.interrupt() }
        }
        return try result.get()
    }

    private func runToEnd(
        _ pipeline: ProcessPipeline, _ children: RunningChildren
    ) -> Result<ProcessResult, ProcessPipeline.Failure> {
        guard let feed = Pipe() else { return .failure(.notStarted(program: pipeline.commands[0][0])) }
        var input = feed.reading
        var last: pid_t?
        for (index, command) in pipeline.commands.enumerated() {
            let isLast = index == pipeline.commands.count - 1
            let isPiped = !isLast || pipeline.output == .collected
            let output = isPiped ? Pipe() : nil
            let child =
                isPiped && output == nil
                ? nil
                : ChildProcess.start(command, environment: environment, input: input, output: output?.writing)
            close(input)
            output?.closeWriting()
            guard let child else {
                // Those that run have nobody to read from or to write to.
                feed.closeWriting()
                output?.closeReading()
                children.interrupt()
                children.waitForAll()
                return .failure(.notStarted(program: command[0]))
            }
            children.add(child)
            last = child
            input = output?.reading ?? -1
        }
        let feeding = DispatchGroup()
        DispatchQueue.global().async(group: feeding) { feed.feed(pipeline.standardInput) }
        let printed = pipeline.output == .collected ? Pipe.readToEnd(input) : []
        let statuses = children.waitForAll()
        feeding.wait()
        return .success(ProcessResult(status: last.flatMap { statuses[$0] } ?? 127, standardOutput: printed))
    }
}
