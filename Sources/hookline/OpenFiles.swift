import Glibc

/// How many files this process may have open: connections, the journal, pipes and plugins all take some.
enum OpenFiles {
    /// The network library ends the process where it has fewer than some twenty; this leaves room for the rest.
    private static let least = 64
    /// What a commit with plugins never comes near.
    private static let plenty = 1024

    /// nil for any number.
    static var limit: Int? {
        guard let found = read(), found.rlim_cur < rlim_t(Int.max) else { return nil }
        return Int(found.rlim_cur)
    }

    static var areEnough: Bool { room.map { $0 >= least } ?? true }

    static var complaint: String {
        let beside = inherited.isEmpty ? "" : " beside the \(inherited.count) that it was started with"
        return "error: this process may have only \(limit ?? 0) files open, and hookline needs \(least)\(beside)\n"
            + "hint: ulimit -n \(plenty), in this shell or by whoever set the limit (limits.conf, LimitNOFILE)"
    }

    /// Takes what the hard limit allows, up to what is plenty.
    static func raiseLimit() {
        guard var found = read(), found.rlim_cur < rlim_t(plenty), found.rlim_cur < found.rlim_max else { return }
        found.rlim_cur = min(rlim_t(plenty), found.rlim_max)
        _ = setrlimit(resource, &found)
    }

    /// Connections at once that leave room for everything else; each takes two files where both its ends are here.
    static func connections(atMost most: Int, bothEnds: Bool) -> Int {
        guard let room else { return most }
        return max(1, min(most, (room - least / 2) / (bothEnds ? 2 : 1)))
    }

    /// What is left of the limit beside what was open before anything was done here; nil for more than matters.
    private static var room: Int? { limit.flatMap { $0 < plenty ? $0 - inherited.count : nil } }

    /// Files that whoever started this process left open, the standard streams apart. Looked up once, at the start.
    private static let inherited = Set(open().filter { !isOfRuntime($0) })

    static func noteInherited() { _ = inherited }

    // MARK: What programs inherit

    /// Behind all that was inherited, and so may be handed on.
    static var firstOfOurs: Int32 { (inherited.max() ?? STDERR_FILENO) + 1 }

    /// Keeps from the programs started from here on what this one has opened itself before `firstOfOurs`: connections to the
    /// server, for one.
    static func hideOurs() {
        guard !inherited.isEmpty else { return }
        for descriptor in open() where !inherited.contains(descriptor) {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }

    /// What is open now, the standard streams apart.
    private static func open() -> [Int32] {
        guard let folder = opendir("/proc/self/fd") else { return [] }
        defer { closedir(folder) }
        let own = dirfd(folder)
        var found: [Int32] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let number = Int32(name), number > STDERR_FILENO, number != own { found.append(number) }
        }
        return found
    }

    /// Whether a file is one by which the language's runtime waits for events.
    private static func isOfRuntime(_ descriptor: Int32) -> Bool {
        var target = [UInt8](repeating: 0, count: 32)
        let count = target.withUnsafeMutableBytes {
            readlink("/proc/self/fd/\(descriptor)", $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
        }
        return count > 0 && String(decoding: target[..<count], as: UTF8.self).hasPrefix("anon_inode:")
    }

    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

    private static func read() -> rlimit? {
        var found = rlimit()
        return getrlimit(resource, &found) == 0 ? found : nil
    }
}
