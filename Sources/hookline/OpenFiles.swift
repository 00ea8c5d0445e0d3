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

    static var areEnough: Bool { limit.map { $0 >= least } ?? true }

    static var complaint: String {
        "error: this process may have only \(limit ?? 0) files open, and hookline needs \(least)\n"
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
        guard let limit else { return most }
        return max(1, min(most, (limit - least / 2) / (bothEnds ? 2 : 1)))
    }

    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

    private static func read() -> rlimit? {
        var found = rlimit()
        return getrlimit(resource, &found) == 0 ? found : nil
    }
}
