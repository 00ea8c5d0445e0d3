import LosslessJSON
import PluginHost
import Session
import Testing
import WebhookModel

@testable import Shell

/// Every check, with what it is content with and what it is not.
@Suite("doctor decides")
struct DoctorTests {
    typealias State = Doctor.Finding.State

    private func expect(
        _ finding: Doctor.Finding, _ state: State, says: String, mend: String? = nil,
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(finding.state == state, "\(finding)", sourceLocation: location)
        #expect(finding.detail.contains(says), "\(finding)", sourceLocation: location)
        // What is not well always says how to mend it.
        #expect((finding.hint != nil) == [.warning, .problem].contains(state), "\(finding)", sourceLocation: location)
        if let mend { #expect(finding.hint?.contains(mend) == true, "\(finding)", sourceLocation: location) }
    }

    // MARK: Terminal, locale, editor

    private func terminal(
        _ type: String? = "xterm-256color", input: Bool = true, output: Bool = true, isDescribed: Bool? = true,
        size: (Int, Int)? = (80, 24)
    ) -> Doctor.Finding {
        Doctor.terminal(
            .init(type: type, inputIsTerminal: input, outputIsTerminal: output, isDescribed: isDescribed, size: size))
    }

    @Test("a terminal: its type is known and described, its window has a size that serves")
    func terminals() {
        expect(terminal(), .ok, says: "xterm-256color, 80×24")
        expect(terminal(isDescribed: nil), .ok, says: "xterm-256color")
        expect(terminal(input: false), .skipped, says: "standard input")
        expect(terminal(output: false), .skipped, says: "standard output")
        expect(terminal(nil), .warning, says: "not set", mend: "xterm-256color")
        expect(terminal("dumb"), .warning, says: "dumb")
        expect(terminal("no\u{1B}such", isDescribed: false), .warning, says: "no\\u{1B}such", mend: "ncurses-term")
        expect(terminal(size: nil), .warning, says: "size is unknown", mend: "stty")
        expect(terminal(size: (20, 24)), .warning, says: "20×24")
    }

    @Test("a locale: some UTF-8", arguments: ["C.UTF-8", "de_DE.utf8", "en_US.UTF-8@euro"])
    func locales(_ value: String) {
        expect(Doctor.locale(.init(chosen: ("LANG", value), hasUTF8: true)), .ok, says: value)
        expect(Doctor.locale(.init(chosen: ("LANG", value), hasUTF8: false)), .warning, says: "no UTF-8 locale")
    }

    @Test("a locale that is none, or no UTF-8, is warned of", arguments: ["C", "POSIX", "de_DE@euro", nil])
    func poorLocales(_ value: String?) {
        let finding = Doctor.locale(.init(chosen: value.map { ("LC_ALL", $0) }, hasUTF8: true))
        expect(finding, .warning, says: value ?? "none is set", mend: "C.UTF-8")
    }

    @Test("the line editor: its version, and what the user's file makes of it")
    func editors() {
        expect(Doctor.editor(.init(version: "2.11", editrc: .none)), .ok, says: "libedit 2.11")
        expect(Doctor.editor(.init(version: "2.11", editrc: .read(path: "/h/.editrc"))), .ok, says: "/h/.editrc")
        expect(
            Doctor.editor(.init(version: "2.11", editrc: .unreadable(path: "/h/.editrc"))), .warning,
            says: "cannot be read", mend: "chmod u+r /h/.editrc")
        expect(Doctor.editor(.init(version: "2.11", editrc: .off(path: "/h/.editrc"))), .warning, says: "turned off")
    }

    // MARK: Files

    private func file(
        _ kind: FileStatus.Kind = .file, _ mode: UInt32 = 0o600, _ privacy: Doctor.FileState.Privacy = .secret,
        isOwn: Bool = true, mayWrite: Bool = true, isWritten: Bool = true, fault: Sentence? = nil
    ) -> Doctor.Finding {
        Doctor.file(
            .init(
                "state", path: "/h/it", privacy: privacy, isWritten: isWritten,
                status: FileStatus(kind: kind, mode: mode, isOwnedByUser: isOwn), mayWrite: mayWrite, fault: fault))
    }

    @Test("a file is the user's, closed to others, readable, and writable where it must be")
    func files() {
        expect(file(), .ok, says: "mode 0600")
        expect(file(.folder, 0o700), .ok, says: "mode 0700")
        expect(file(.file, 0o400, mayWrite: false, isWritten: false), .ok, says: "mode 0400")
        expect(file(isOwn: false), .problem, says: "another user", mend: "chown")
        expect(file(.file, 0o400, mayWrite: false), .problem, says: "cannot be written", mend: "chmod u+w /h/it")
        expect(file(.folder, 0o700, mayWrite: false), .problem, says: "cannot be written", mend: "mount it")
        expect(file(fault: Sentence("line 3: not YAML")), .problem, says: "line 3", mend: "move it away")
    }

    @Test("others may read nothing of it; where secrets are that is a problem", arguments: [UInt32](0...0o77))
    func modes(_ others: UInt32) {
        for kind in [FileStatus.Kind.file, .folder] {
            let mode: UInt32 = kind == .folder ? 0o700 : 0o600
            let mend = kind == .folder ? "chmod 700 /h/it" : "chmod 600 /h/it"
            if others == 0 {
                expect(file(kind, mode), .ok, says: "/h/it")
                continue
            }
            let isWritable = others & 0o22 != 0
            expect(file(kind, mode | others, .secret), .problem, says: "/h/it", mend: mend)
            expect(file(kind, mode | others, .own), isWritable ? .problem : .warning, says: "/h/it", mend: mend)
        }
    }

    @Test("what is not there yet is nothing to check, unless it could not be made")
    func missing() {
        func missing(mayWrite: Bool, isWritten: Bool = true) -> Doctor.Finding {
            Doctor.file(
                .init("state", path: "/h/it", privacy: .secret, isWritten: isWritten, status: nil, mayWrite: mayWrite))
        }
        expect(missing(mayWrite: true), .skipped, says: "no /h/it yet")
        expect(missing(mayWrite: false, isWritten: false), .skipped, says: "no /h/it yet")
        expect(missing(mayWrite: false), .problem, says: "cannot be made", mend: "install -d -m 700")
    }

    @Test("without a home there is no place for files")
    func home() throws {
        #expect(Doctor.home(true) == nil)
        expect(try #require(Doctor.home(false)), .problem, says: "HOME is not set", mend: "XDG_STATE_HOME")
    }

    // MARK: Journal, room, limits

    @Test("the journal opens and takes writes; runs left open are told")
    func journals() {
        let path = "/h/journal.db"
        expect(Doctor.journal(.open(path: path, .init(runs: 3, openRuns: 0))), .ok, says: "takes writes, 3 runs")
        expect(
            Doctor.journal(.open(path: path, .init(runs: 1, openRuns: 1))), .warning, says: "1 run, 1 not brought",
            mend: "resume RUN")
        expect(Doctor.journal(.none(path: path)), .skipped, says: path)
        expect(Doctor.journal(.nowhere), .skipped, says: "no place")
        expect(Doctor.journal(.failed(Sentence("it is damaged"))), .problem, says: "damaged")
    }

    @Test("room: from 256 MiB on it is well, below 16 MiB a problem")
    func disks() {
        func disk(_ bytes: Int, files: Int? = 5, isReadOnly: Bool = false) -> Doctor.Finding {
            Doctor.disk(.init(path: "/h", space: .init(freeBytes: bytes, freeFiles: files, isReadOnly: isReadOnly)))
        }
        expect(disk(256 << 20), .ok, says: "256 MiB free at /h")
        expect(disk(1 << 40, files: nil), .ok, says: "1 TiB")
        expect(disk((256 << 20) - 1), .warning, says: "255 MiB", mend: "log --prune")
        expect(disk((16 << 20) - 1), .problem, says: "15 MiB")
        expect(disk(0), .problem, says: "0 bytes")
        expect(disk(1 << 40, files: 0), .problem, says: "inodes")
        expect(disk(1 << 40, isReadOnly: true), .problem, says: "read-only", mend: "mount")
        expect(Doctor.disk(nil), .skipped, says: "does not say")
    }

    @Test("the folder for sockets is there and takes files")
    func temporary() {
        expect(Doctor.temporary(.init(path: "/tmp", exists: true, mayWrite: true)), .ok, says: "/tmp")
        expect(
            Doctor.temporary(.init(path: "/t", exists: false, mayWrite: false)), .problem, says: "not there",
            mend: "TMPDIR")
        expect(Doctor.temporary(.init(path: "/t", exists: true, mayWrite: false)), .problem, says: "cannot be written")
    }

    @Test("open files: enough for a commit of 32 at once")
    func openFiles() {
        expect(Doctor.openFiles(nil), .ok, says: "no limit")
        expect(Doctor.openFiles(1024), .ok, says: "1024")
        expect(Doctor.openFiles(64), .warning, says: "64", mend: "ulimit -n")
        expect(Doctor.openFiles(16), .problem, says: "16", mend: "ulimit -n")
    }
}
