import CPlatform
import Glibc

/// Processes that a plugin left behind in sessions of their own, where the signal to its group did not reach them: they
/// are found by the mark in their environment, which they inherited. One that wiped its environment is not.
enum Leftovers {
    /// Kills every process of this user that carries the mark, and what these start meanwhile; answers how many.
    static func kill(marked mark: String) -> Int {
        let entry = Array((PluginSurroundings.markName + "=" + mark).utf8)
        var killed = 0
        // A process can start another between two looks; it cannot do so once it is dead.
        for _ in 0..<8 {
            let looks = processes.map { killIfMarked($0, entry) }
            let found = looks.count { $0 == .killed }
            killed += found
            guard found == 0 else { continue }
            guard looks.contains(.unclear) else { break }
            _ = poll(nil, 0, Self.pause)
        }
        return killed
    }

    private enum Look {
        case killed, other
        /// It has no environment: one that is just becoming another program has none for a moment.
        case unclear
    }

    /// Milliseconds between two looks at what was unclear.
    private static let pause: Int32 = 5

    /// Milliseconds for one killed process to end.
    private static let patience: Int32 = 2000

    private static var processes: [pid_t] {
        (SystemFile.names(in: "/proc") ?? []).compactMap { pid_t($0) }.filter { $0 != getpid() }
    }

    private static func killIfMarked(_ process: pid_t, _ entry: [UInt8]) -> Look {
        // Opened first: from here on the descriptor means one process, and the environment read is that one's or the
        // signal fails.
        let descriptor = platform_open_process(process)
        guard descriptor >= 0 else { return .other }
        defer { close(descriptor) }
        guard let environment = environment(of: process) else { return isProgram(process) ? .unclear : .other }
        guard holds(environment, entry), platform_signal_process(descriptor, SIGKILL) == 0 else { return .other }
        // Gone when this returns, unless the kernel holds it in a call: the descriptor is readable once it has ended.
        var file = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&file, 1, patience)
        return .killed
    }

    /// Whether a program runs in it that we may look at: neither one that has ended nor a thread of the kernel.
    private static func isProgram(_ process: pid_t) -> Bool {
        var link: CChar = 0
        return readlink("/proc/\(process)/exe", &link, 1) > 0
    }

    private static func environment(of process: pid_t) -> [UInt8]? {
        let file = open("/proc/\(process)/environ", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count < 4 << 20 {
            let count = read(file, &piece, piece.count)
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        // Of a process that has ended there is nothing to read.
        return bytes.isEmpty ? nil : bytes
    }

    /// Whether one of the entries, which NULs separate, is this one.
    private static func holds(_ environment: [UInt8], _ entry: [UInt8]) -> Bool {
        environment.split(separator: 0).contains { $0.elementsEqual(entry) }
    }
}
