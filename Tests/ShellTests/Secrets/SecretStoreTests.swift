import Glibc
import TestSupport
import Testing

@testable import Shell

@Suite("Secrets")
struct SecretStoreTests {
    private struct NoProcesses: ProcessRunner {
        func run(_ command: ProcessCommand) async -> ProcessResult { ProcessResult(status: 127, standardOutput: []) }
    }

    private struct Answering: ProcessRunner {
        func run(_ command: ProcessCommand) async -> ProcessResult {
            ProcessResult(status: 0, standardOutput: Array("secret of \(command.arguments.last!)\nsecond line\n".utf8))
        }
    }

    private let paths = Paths(environment: ["HOME": "/home/u"])!

    @Test("what is set is read back, listed, forgotten, and kept in a private file")
    func roundTrip() async throws {
        let files = MemoryFiles()
        let store = SecretStore(paths: paths, files: files, command: nil, processes: NoProcesses())
        try store.set("TOKEN", to: Secret("xoxb-1 \"quoted\" ü"))
        #expect(try await store.secret(named: "TOKEN").reveal() == "xoxb-1 \"quoted\" ü")
        #expect(try store.names() == ["TOKEN"])
        #expect(files.mode(paths.secretsFile) == 0o600)
        try store.remove("TOKEN")
        await #expect(throws: SecretStore.Failure.unknown("TOKEN", known: [])) {
            try await store.secret(named: "TOKEN")
        }
    }

    @Test("a file that others may read is refused")
    func tooOpen() async {
        let files = MemoryFiles()
        files.put("{\"A\": \"x\"}", at: paths.secretsFile, mode: 0o640)
        let store = SecretStore(paths: paths, files: files, command: nil, processes: NoProcesses())
        await #expect(throws: SecretStore.Failure.tooOpen(path: paths.secretsFile, mode: 0o640)) {
            try await store.secret(named: "A")
        }
    }

    @Test("a pipe in the file's place is an error, and waits for nobody")
    func pipe() async throws {
        let folder = try TemporaryFolder()
        let paths = Paths(environment: ["HOME": folder.path])!
        try LocalFiles().createFolder(paths.config, mode: 0o700)
        for path in [paths.secretsFile, paths.configFile] { #expect(mkfifo(path, 0o600) == 0) }
        let store = SecretStore(paths: paths, files: LocalFiles(), command: nil, processes: NoProcesses())
        await #expect(throws: SecretStore.Failure.file(FileError(path: paths.secretsFile, reason: .isPipe))) {
            try await store.secret(named: "A")
        }
        #expect(throws: ConfigurationError(path: paths.configFile, reason: .unreadable(.isPipe))) {
            try ConfigurationStore(paths: paths, files: LocalFiles()).load()
        }
    }

    @Test("a damaged file is named and not overwritten")
    func damaged() {
        let files = MemoryFiles()
        files.put("{\"A\": ", at: paths.secretsFile)
        let store = SecretStore(paths: paths, files: files, command: nil, processes: NoProcesses())
        #expect(throws: SecretStore.Failure.damaged(path: paths.secretsFile)) { try store.set("B", to: Secret("x")) }
        #expect(files.text(paths.secretsFile) == "{\"A\": ")
    }

    @Test("a secret command gets the name as an argument of its own, and its first line is the secret")
    func command() async throws {
        let store = SecretStore(paths: paths, files: MemoryFiles(), command: "pass show", processes: Answering())
        #expect(try await store.secret(named: "A").reveal() == "secret of A")
        #expect(throws: SecretStore.Failure.readOnly) { try store.set("A", to: Secret("x")) }
    }

    @Test("a name that could leave the store is refused", arguments: ["", "../x", "a b", "a;b", "-a", "$(x)"])
    func badNames(_ name: String) async {
        let store = SecretStore(paths: paths, files: MemoryFiles(), command: "x", processes: Answering())
        await #expect(throws: SecretStore.Failure.badName(name)) { try await store.secret(named: name) }
    }

    @Test("a secret cannot print itself")
    func printing() {
        let secret = Secret("canary")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped, "\([secret])", "\(Optional(secret) as Any)"] {
            #expect(!text.contains("canary"))
        }
    }
}
