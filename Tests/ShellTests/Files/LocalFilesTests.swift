import Glibc
import Shell
import TestSupport
import Testing

@Suite("Files of the machine")
struct LocalFilesTests {
    private let folder: TemporaryFolder
    private let files = LocalFiles()

    init() throws { folder = try TemporaryFolder() }

    @Test("a file is replaced as a whole, and keeps nothing of what was there")
    func replaced() throws {
        try folder.write(Array("something longer".utf8), to: "data")
        try files.write(Array("new".utf8), to: folder.file("data"), mode: 0o600, replacing: true)
        #expect(folder.read("data") == Array("new".utf8))
        #expect(files.status(folder.file("data"))?.mode == 0o600)
        #expect(files.names(in: folder.path) == ["data"])
    }

    @Test("a pipe is written to, by its own name and by a link, and is a pipe afterwards", arguments: ["pipe", "link"])
    func pipes(name: String) throws {
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        #expect(symlink(folder.file("pipe"), folder.file("link")) == 0)
        let reader = open(folder.file("pipe"), O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        try files.write(Array("data".utf8), to: folder.file(name), mode: 0o600, replacing: true)
        var bytes = [UInt8](repeating: 0, count: 16)
        #expect(read(reader, &bytes, bytes.count) == 4)
        #expect(bytes.prefix(4) == Array("data".utf8)[...])
        #expect(files.status(folder.file("pipe"))?.kind == .pipe)
        #expect(files.status(folder.file("link"))?.kind == .symbolicLink)
    }

    @Test("a pipe that nobody reads is an error at once")
    func unread() {
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        #expect(throws: FileError.self) {
            try files.write([1], to: folder.file("pipe"), mode: 0o600, replacing: true)
        }
        #expect(files.status(folder.file("pipe"))?.kind == .pipe)
    }

    @Test("a device is still one after it was written to")
    func device() throws {
        #expect(files.status("/dev/null")?.kind == .other)
        // Through a link, so that a mistake costs the link and not the machine's device.
        #expect(symlink("/dev/null", folder.file("null")) == 0)
        try files.write([1, 2, 3], to: folder.file("null"), mode: 0o600, replacing: true)
        #expect(files.status(folder.file("null"))?.kind == .symbolicLink)
        #expect(files.status("/dev/null")?.kind == .other)
    }
}
