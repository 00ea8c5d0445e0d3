/// Runs programs: the port to the system's processes. The API key is not in their environment.
package protocol ProcessRunner: Sendable {
    /// Runs to the end. A program that cannot be started answers status 127, as a shell would.
    func run(_ command: ProcessCommand) async -> ProcessResult

    /// Runs programs connected by pipes until all have ended; the status is that of the last. When the task is cancelled,
    /// they are interrupted as by Ctrl-C.
    func run(_ pipeline: ProcessPipeline) async throws(ProcessPipeline.Failure) -> ProcessResult
}

extension ProcessRunner {
    /// One that runs no pipes.
    package func run(_ pipeline: ProcessPipeline) async throws(ProcessPipeline.Failure) -> ProcessResult {
        throw .notStarted(program: pipeline.commands.first?.first ?? "")
    }
}

package struct ProcessCommand: Hashable, Sendable {
    /// Program and arguments; the program is looked up on PATH.
    package var arguments: [String]
    /// What it reads; nil leaves it the terminal, which a password manager may need to ask.
    package var standardInput: [UInt8]?

    package init(arguments: [String], standardInput: [UInt8]? = nil) {
        self.arguments = arguments
        self.standardInput = standardInput
    }

    /// A line for `/bin/sh -c`, with `arguments` as `$1`…
    package static func shell(_ line: String, arguments: [String] = []) -> ProcessCommand {
        ProcessCommand(arguments: ["/bin/sh", "-c", arguments.isEmpty ? line : line + " \"$@\"", "sh"] + arguments)
    }
}

package struct ProcessResult: Hashable, Sendable {
    /// The exit status; 128 + N after signal N.
    package var status: Int32
    package var standardOutput: [UInt8]

    package init(status: Int32, standardOutput: [UInt8]) {
        self.status = status
        self.standardOutput = standardOutput
    }

    /// What it printed up to the first line end, as key and secret commands are read.
    package var firstLine: String? {
        String(validating: standardOutput.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    }
}
