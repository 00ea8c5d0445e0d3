import Glibc
import Shell

/// Lines on the standard streams, at once, for what is said before or without a shell.
enum StandardStreams {
    static func print(_ line: String) { write(line, to: STDOUT_FILENO) }
    static func complain(_ line: String) { write(line, to: STDERR_FILENO) }

    /// Nobody is left to tell when the stream is closed.
    private static func write(_ line: String, to descriptor: Int32) {
        try? DescriptorOutput(descriptor, capacity: 0).write(line.hasSuffix("\n") ? line : line + "\n")
    }
}
