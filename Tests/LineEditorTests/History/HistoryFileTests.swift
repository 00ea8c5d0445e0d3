import Glibc
import LineEditor
import Synchronization
import TestSupport
import Testing

@Suite("The history file")
struct HistoryFileTests {
    private let folder: TemporaryFolder
    private var path: String { folder.file("history") }

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("gives back what was entered, several lines and odd characters included")
    func roundTrip() {
        let entries = ["ls", "set (a\nb\r\n\u{0})", #"echo \n \\ \q \"#, "名前 😀", "tab\there"]
        let first = HistoryFile(path: path)
        for entry in entries { first.append(entry) }
        #expect(first.entries == entries)
        #expect(HistoryFile(path: path).entries == entries)
        #expect(first.failure == nil)
    }

    @Test("is readable by its owner only, also when it was not")
    func permissions() throws {
        HistoryFile(path: path).append("secret-ish")
        #expect(try mode() == 0o600)
        chmod(path, 0o644)
        HistoryFile(path: path).append("more")
        #expect(try mode() == 0o600)
    }

    @Test("keeps an entry once, as the newest")
    func duplicates() {
        let history = HistoryFile(path: path)
        for entry in ["a", "b", "a", "a", "c", "b"] { history.append(entry) }
        #expect(history.entries == ["a", "c", "b"])
        #expect(HistoryFile(path: path).entries == ["a", "c", "b"])
    }

    @Test("leaves out blank entries, those after a space, and what the redactor refuses")
    func rules() {
        let rules = HistoryRules { $0.hasPrefix("login") ? nil : $0.replacing("k-123", with: "••••") }
        let history = HistoryFile(path: path, rules: rules)
        for entry in ["", "  ", "\n", " hidden", "login k-123", "use k-123", "ls  \n"] { history.append(entry) }
        #expect(history.entries == ["use ••••", "ls"])
        #expect(HistoryFile(path: path).entries == ["use ••••", "ls"])
        #expect(folder.read("history")?.firstRange(of: Array("k-123".utf8)) == nil)
    }

    @Test("shows a session its own entries, not those entered elsewhere meanwhile")
    func sessions() {
        let first = HistoryFile(path: path)
        first.append("mine")
        let second = HistoryFile(path: path)
        second.append("theirs")
        first.append("mine again")
        #expect(first.entries == ["mine", "mine again"])
        #expect(second.entries == ["mine", "theirs"])
        #expect(HistoryFile(path: path).entries == ["mine", "theirs", "mine again"])
    }

    @Test("loses nothing when threads append at once")
    func threads() async {
        let path = path
        await withTaskGroup { group in
            for tag in 0..<8 {
                group.addTask {
                    let history = HistoryFile(path: path)
                    for number in 0..<50 { history.append("\(tag)-\(number)\n\(String(repeating: "x", count: 200))") }
                }
            }
        }
        let entries = HistoryFile(path: path).entries
        #expect(Set(entries).count == 400)
        #expect(entries.allSatisfy { $0.hasSuffix("\n" + String(repeating: "x", count: 200)) })
    }

    @Test("loses nothing when processes append at once")
    func processes() async throws {
        let sessions = try (0..<4).map { tag in
            try PtyProcess(
                HelperProgram.path("line-editor-probe"), ["--history", path, "--append", "p\(tag)"],
                environment: PtyProcess.environment())
        }
        for session in sessions {
            #expect(try await session.waitForEnd() == .exited(0))
            #expect(session.screen.rows[0] == "[appended]")
        }
        let entries = HistoryFile(path: path).entries
        #expect(entries.count == 400)
        for tag in 0..<4 {
            let own = entries.filter { $0.hasPrefix("p\(tag) ") }
            #expect(own == (0..<100).map { "p\(tag) \($0)\n" + String(repeating: "p\(tag)", count: 50) })
        }
    }

    @Test("survives a line that was cut off: the next entry is whole")
    func torn() throws {
        try folder.write(Array("whole\ncut o".utf8), to: "history")
        let history = HistoryFile(path: path)
        #expect(history.entries == ["whole"])
        history.append("next")
        #expect(HistoryFile(path: path).entries == ["whole", "cut o", "next"])
    }

    @Test("skips lines that are not UTF-8, and empty ones")
    func damaged() throws {
        try folder.write(Array("a\n\n".utf8) + [0xFF, 0xFE, 0x0A] + Array("b\n".utf8), to: "history")
        #expect(HistoryFile(path: path).entries == ["a", "b"])
    }

    @Test("is rewritten with the newest entries when it has grown too big, and other sessions go on")
    func rewriting() throws {
        let rules = HistoryRules(maximumFileBytes: 4096)
        let other = HistoryFile(path: path, rules: rules)
        other.append("from the other session")
        let history = HistoryFile(path: path, rules: rules)
        for number in 0..<1000 { history.append("entry number \(number)") }
        other.append("the other session again")
        let size = try #require(folder.read("history")).count
        #expect(size <= 4096)
        let entries = HistoryFile(path: path, rules: rules).entries
        #expect(entries.suffix(2) == ["entry number 999", "the other session again"])
        #expect(entries.count > 50)
        #expect(try mode() == 0o600)
        #expect(folder.read("history.new") == nil)
    }

    @Test("is rewritten where a link leads, and the link stays")
    func link() throws {
        try folder.write([], to: "real")
        #expect(symlink(folder.file("real"), path) == 0)
        let history = HistoryFile(path: path, rules: HistoryRules(maximumFileBytes: 1024))
        for number in 0..<200 { history.append("entry number \(number)") }
        var status = stat()
        #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        #expect(folder.read("real")?.firstRange(of: Array("number 199".utf8)) != nil)
    }

    @Test("of any size is read at its end only")
    func oversized() throws {
        let line = Array((String(repeating: "x", count: 99) + "\n").utf8)
        let rules = HistoryRules(maximumEntries: 10, maximumFileBytes: 1024)
        try folder.write(Array((0..<10_000).map { _ in line }.joined()) + Array("newest\n".utf8), to: "history")
        #expect(HistoryFile(path: path, rules: rules).entries == [String(repeating: "x", count: 99), "newest"])
    }

    @Test("keeps an oversized entry in the session and off the disk")
    func oversizedEntry() {
        let history = HistoryFile(path: path, rules: HistoryRules(maximumEntryBytes: 10))
        history.append("short")
        history.append("much too long")
        #expect(history.entries == ["short", "much too long"])
        #expect(HistoryFile(path: path).entries == ["short"])
    }

    @Test("can be cleared, by which other sessions' later entries are not lost")
    func clearing() {
        let first = HistoryFile(path: path)
        first.append("old")
        let second = HistoryFile(path: path)
        second.append("older still here")
        first.clear()
        #expect(first.entries == [])
        second.append("new")
        #expect(HistoryFile(path: path).entries == ["new"])
    }

    @Test("that cannot be written says why and keeps the session's entries", arguments: ["missing/history", "."])
    func failure(name: String) {
        let history = HistoryFile(path: folder.file(name))
        history.append("ls")
        #expect(history.entries == ["ls"])
        #expect(history.failure != nil)
    }

    @Test("that is a pipe is refused without waiting for its other side")
    func pipe() {
        #expect(mkfifo(path, 0o600) == 0)
        let history = HistoryFile(path: path)
        #expect(history.entries == [])
        #expect(history.failure == .notARegularFile(path: path))
    }

    private func mode() throws -> mode_t {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return status.st_mode & 0o777
    }
}
