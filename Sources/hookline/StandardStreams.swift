import Glibc
import Shell

/// The standard streams: lines on them, at once, for what is said before or without a shell, and their places.
enum StandardStreams {
    static func print(_ line: String) { write(line, to: STDOUT_FILENO) }
    static func complain(_ line: String) { write(line, to: STDERR_FILENO) }

    /// Takes the place of each one that is closed, lest a connection or a file that is opened later be taken for it. Reading
    /// and writing there fail, as they would if it were closed. Before anything else is opened.
    static func holdPlaces() {
        let streams = [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        for (descriptor, mode) in streams where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest place that is free.
            _ = open("/dev/null", mode)
        }
    }

    /// Nobody is left to tell when the stream is closed.
    private static func write(_ line: String, to descriptor: Int32) {
        try? DescriptorOutput(descriptor, capacity: 0).write(line.hasSuffix("\n") ? line : line + "\n")
    }
}
