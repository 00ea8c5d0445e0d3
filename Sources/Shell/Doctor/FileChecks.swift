import Session

/// Files and folders: whose they are, who else gets at them, whether hookline can do with them what it must.
extension Doctor {
    /// A file or folder of hookline's.
    struct FileState: Sendable {
        /// What others may do with it.
        enum Privacy: Sendable {
            /// It holds secrets, or is believed: hookline refuses it when others may read or write it.
            case secret
            /// Others may not write it, and have no business reading it.
            case own
        }

        var check: String
        var path: String
        var privacy: Privacy
        /// Whether hookline must be able to write there.
        var isWritten: Bool
        /// What is there; nil when nothing is.
        var status: FileStatus?
        /// Whether this user may write: there, or where it would be made.
        var mayWrite: Bool
        /// Why its content is not used: a sentence.
        var fault: Sentence?

        init(
            _ check: String, path: String, privacy: Privacy, isWritten: Bool = true, status: FileStatus?,
            mayWrite: Bool = true, fault: Sentence? = nil
        ) {
            self.check = check
            self.path = path
            self.privacy = privacy
            self.isWritten = isWritten
            self.status = status
            self.mayWrite = mayWrite
            self.fault = fault
        }
    }

    /// That there is no place for files.
    static func home(_ hasHome: Bool) -> Finding? {
        if hasHome { return nil }
        return Finding(
            "home", .problem, "HOME is not set: no configuration, no journal, no history",
            hint: "set HOME, or XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME and XDG_DATA_HOME")
    }

    static func file(_ facts: FileState) -> Finding {
        let path = Printable.escaped(facts.path)
        guard let status = facts.status else {
            if facts.isWritten, !facts.mayWrite {
                return Finding(
                    facts.check, .problem, "\(path) cannot be made: no permission, or a read-only file system",
                    hint: "make it, and yours: install -d -m 700 -o \"$(id -un)\" \(path)")
            }
            return Finding(facts.check, .skipped, "there is no \(path) yet")
        }
        if let exposure = exposure(facts, status, path) { return exposure }
        if let fault = facts.fault {
            return Finding(facts.check, .problem, fault.message, hint: fault.hint ?? "mend it, or move it away")
        }
        guard facts.mayWrite || !facts.isWritten else {
            let isClosed = status.mode & 0o200 == 0
            return Finding(
                facts.check, .problem, "\(path) cannot be written",
                hint: isClosed ? "chmod u+w \(path)" : "mount its file system for writing, or move the files")
        }
        return Finding(facts.check, .ok, "\(path), mode \(octal(status.mode))")
    }

    private static func exposure(_ facts: FileState, _ status: FileStatus, _ path: String) -> Finding? {
        guard status.isOwnedByUser else {
            return Finding(
                facts.check, .problem, "\(path) belongs to another user",
                hint: "chown \"$(id -un)\" \(path), once you know what is in it")
        }
        let isFolder = status.kind == .folder
        let mend = "chmod \(isFolder ? "700" : "600") \(path)"
        let mode = "mode \(octal(status.mode))"
        if status.mode & 0o022 != 0 {
            return Finding(
                facts.check, .problem, "others may change \(path) (\(mode))", hint: "look at it, then: \(mend)")
        }
        guard status.mode & 0o077 != 0 else { return nil }
        let isRefused = facts.privacy == .secret
        return Finding(
            facts.check, isRefused ? .problem : .warning,
            "others may \(isFolder ? "look into" : "read") \(path) (\(mode))" + (isRefused ? "; it is refused so" : ""),
            hint: mend)
    }

    static func octal(_ mode: UInt32) -> String {
        let text = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - text.count)) + text
    }
}

/// The journal, room and limits.
extension Doctor {
    enum JournalState: Sendable {
        /// There is no place for it.
        case nowhere
        case none(path: String)
        case open(path: String, JournalExamination)
        case failed(Sentence)
    }

    static func journal(_ facts: JournalState) -> Finding {
        switch facts {
        case .nowhere: return Finding("journal", .skipped, "no place for one")
        case .none(let path): return Finding("journal", .skipped, "there is no \(Printable.escaped(path)) yet")
        case .failed(let sentence):
            return Finding(
                "journal", .problem, sentence.message,
                hint: sentence.hint ?? "free space, or mend the folder's permissions; a damaged file is moved away")
        case .open(let path, let found):
            let runs = found.runs == 1 ? "1 run" : "\(found.runs) runs"
            guard found.openRuns > 0 else {
                return Finding("journal", .ok, "\(Printable.escaped(path)) opens and takes writes, \(runs)")
            }
            return Finding(
                "journal", .warning, "\(runs), \(found.openRuns) not brought to their end",
                hint: "log lists them; resume RUN goes on, rollback RUN takes back")
        }
    }

    struct DiskState: Sendable {
        var path: String
        var space: DiskSpace
    }

    static func disk(_ facts: DiskState?) -> Finding {
        guard let facts else { return Finding("disk", .skipped, "the system does not say what room there is") }
        let path = Printable.escaped(facts.path)
        let room = "\(SizeText.short(facts.space.freeBytes)) free at \(path)"
        let mend = "free some room there; log --prune forgets old runs"
        if facts.space.isReadOnly {
            return Finding("disk", .problem, "\(path) is on a read-only file system", hint: "mount it for writing")
        }
        if facts.space.freeFiles == 0 {
            return Finding("disk", .problem, "no file can be made at \(path): it has no inodes left", hint: mend)
        }
        if facts.space.freeBytes < 16 << 20 { return Finding("disk", .problem, room, hint: mend) }
        if facts.space.freeBytes < 256 << 20 { return Finding("disk", .warning, room, hint: mend) }
        return Finding("disk", .ok, room)
    }

    /// Where the embedded server's socket lies.
    struct TemporaryFolder: Sendable {
        var path: String
        var exists: Bool
        var mayWrite: Bool
    }

    static func temporary(_ facts: TemporaryFolder) -> Finding {
        let path = Printable.escaped(facts.path)
        let mend = "set XDG_RUNTIME_DIR or TMPDIR to a folder of yours"
        guard facts.exists else {
            return Finding("temporary", .problem, "\(path) is not there: the sandbox cannot start", hint: mend)
        }
        guard facts.mayWrite else {
            return Finding("temporary", .problem, "\(path) cannot be written: the sandbox cannot start", hint: mend)
        }
        return Finding("temporary", .ok, path)
    }

    static func openFiles(_ limit: Int?) -> Finding {
        guard let limit else { return Finding("open-files", .ok, "no limit") }
        let detail = "at most \(limit) files may be open"
        let mend = "ulimit -n 1024"
        if limit < 32 { return Finding("open-files", .problem, detail + ": connections will fail", hint: mend) }
        // 32 requests at once, files, pipes and plugins.
        if limit < 128 { return Finding("open-files", .warning, detail + ": large commits may run short", hint: mend) }
        return Finding("open-files", .ok, detail)
    }
}
