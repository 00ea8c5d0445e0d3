import Glibc
import Synchronization

/// Lets one process at a time make the deliveries of a database file: a lock on the file of its key, which the system
/// gives back when the process ends, however it ends.
///
/// `flock` and not a record lock: SQLite's own locks, and closing another descriptor, don't touch it.
final class DispatchLock: Sendable {
    private let path: String
    private let descriptor = Mutex<Int32?>(nil)

    init(path: String) {
        self.path = path
    }

    deinit { release() }

    /// Whether it is held by this server, which it may become by asking.
    func take() -> Bool {
        descriptor.withLock { descriptor in
            if descriptor != nil { return true }
            let opened = open(path, O_RDONLY | O_CLOEXEC)
            guard opened >= 0 else { return false }
            guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
                close(opened)
                return false
            }
            descriptor = opened
            return true
        }
    }

    func release() {
        descriptor.withLock { descriptor in
            if let descriptor { close(descriptor) }
            descriptor = nil
        }
    }
}
