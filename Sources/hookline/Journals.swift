import Glibc
import Journal
import Session
import Shell
import Synchronization

/// The durable journals of this process: one open file for each path.
final class Journals: JournalFactory {
    private let opened = Mutex<[String: SQLiteJournal]>([:])

    var session: String { JournalProcess.current.holder }

    func examine(_ path: String) async throws(JournalError) -> JournalExamination? {
        try await JournalInspection.examine(path)
    }

    func journal(at path: String) -> any JournalStore & DraftStore {
        opened.withLock { opened in
            if let journal = opened[path] { return journal }
            let journal = SQLiteJournal(path: path, process: .current)
            opened[path] = journal
            return journal
        }
    }
}

extension JournalProcess {
    /// A process by its number, the time it was started at, and the boot that this is: a number alone is given again.
    static let current = JournalProcess(
        holder: name(of: getpid()) ?? "\(getpid())",
        isAlive: { holder in
            guard let id = holder.split(separator: ":").first.flatMap({ pid_t($0) }) else { return false }
            return name(of: id) == holder
        })

    private static func name(of process: pid_t) -> String? {
        guard let status = SmallFile.text("/proc/\(process)/stat"), let end = status.lastIndex(of: ")"),
            let boot = SmallFile.text("/proc/sys/kernel/random/boot_id")
        else { return nil }
        // After the name come the fields from the third on; the start time is the twenty-second (proc(5)).
        let fields = status[end...].split(separator: " ")
        guard fields.count > 20 else { return nil }
        return "\(process):\(fields[20]):\(boot.prefix(36))"
    }
}

/// Files of the kernel, which say no size.
private enum SmallFile {
    static func text(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }
}
