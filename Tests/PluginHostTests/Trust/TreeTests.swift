import Glibc
import LosslessJSON
import PluginProtocol
import Testing

@testable import PluginHost

@Suite("The pin of a folder")
struct TreeTests {
    /// A folder with a program, a data file and a link.
    private func makeFolder() throws -> (fixture: PluginFixture, folder: String) {
        let fixture = try PluginFixture()
        try fixture.write(
            JSON(PluginFixture.manifest("good")), files: ["run.sh": "#!/bin/sh\n", "lib/data": "data", "lib/more": ""])
        let folder = fixture.pluginFolder + "/fault"
        symlink("lib/data", folder + "/link")
        return (fixture, folder)
    }

    @Test("is the same for the same content")
    func same() throws {
        let (fixture, folder) = try makeFolder()
        let (other, otherFolder) = try makeFolder()
        #expect(try TreeReader.read(folder).digest == TreeReader.read(otherFolder).digest)
        withExtendedLifetime((fixture, other)) {}
    }

    enum Tampering: CaseIterable {
        case bytes, added, addedFolder, removed, renamed, fileMode, folderMode, rootMode, linkTarget, fileBecomesLink
    }

    @Test("changes with any byte, name, kind or mode, and the change is named", arguments: Tampering.allCases)
    func tampering(_ tampering: Tampering) throws {
        let (fixture, folder) = try makeFolder()
        let before = try TreeReader.read(folder)
        switch tampering {
        case .bytes: try SystemFile.replace(folder + "/lib/data", with: Array("dbta".utf8), mode: 0o755)
        case .added: try SystemFile.replace(folder + "/new", with: [], mode: 0o644)
        case .addedFolder: mkdir(folder + "/empty", 0o755)
        case .removed: unlink(folder + "/lib/more")
        case .renamed: rename(folder + "/lib/more", folder + "/lib/less")
        case .fileMode: chmod(folder + "/run.sh", 0o700)
        case .folderMode: chmod(folder + "/lib", 0o500)
        case .rootMode: chmod(folder, 0o555)
        case .linkTarget:
            unlink(folder + "/link")
            symlink("lib/more", folder + "/link")
        case .fileBecomesLink:
            unlink(folder + "/lib/more")
            symlink("data", folder + "/lib/more")
        }
        let after = try TreeReader.read(folder)
        chmod(folder, 0o755)
        chmod(folder + "/lib", 0o755)
        #expect(after.digest != before.digest)
        let changes = TreeChanges(from: before, to: after)
        switch tampering {
        case .bytes: #expect(changes.changed == ["lib/data"])
        case .added: #expect(changes.added == ["new"])
        case .addedFolder: #expect(changes.added == ["empty"])
        case .removed: #expect(changes.removed == ["lib/more"])
        case .renamed: #expect(changes.removed == ["lib/more"] && changes.added == ["lib/less"])
        case .fileMode: #expect(changes.modeChanged == ["run.sh"])
        case .folderMode: #expect(changes.modeChanged == ["lib"])
        case .rootMode: #expect(changes.modeChanged == ["."])
        case .linkTarget: #expect(changes.changed == ["link"])
        case .fileBecomesLink: #expect(changes.changed == ["lib/more"])
        }
        withExtendedLifetime(fixture) {}
    }

    @Test("names that differ in normalization alone are two files")
    func normalization() {
        func entry(_ path: String) -> TreeEntry { TreeEntry(path: path, kind: .file, mode: 0o644, digest: "") }
        let composed = Tree(entries: [entry("\u{E9}")])
        let both = Tree(entries: [entry("\u{E9}"), entry("e\u{301}")])
        #expect(TreeChanges(from: both, to: both).isEmpty)
        #expect(TreeChanges(from: both, to: composed).removed.count == 1)
        #expect(TreeChanges(from: composed, to: both).added.count == 1)
    }

    @Test("a link that leads out is refused", arguments: ["/etc/passwd", "../outside", "lib/../../x", "..", ""])
    func linkOutside(_ target: String) throws {
        #expect(!TreeReader.staysInside(target, from: "link"))
        guard !target.isEmpty else { return }
        let (fixture, folder) = try makeFolder()
        symlink(target, folder + "/bad")
        #expect(throws: TreeFailure.linkOutside(path: "bad")) { try TreeReader.read(folder) }
        withExtendedLifetime(fixture) {}
    }

    @Test(
        "a link stays inside by its words",
        arguments: [("a", "link"), ("../run.sh", "lib/x"), ("./lib/../run.sh", "l")])
    func linkInside(_ target: String, _ path: String) {
        #expect(TreeReader.staysInside(target, from: path))
    }

    @Test("pipes and sockets, and what anybody may write, are refused")
    func refused() throws {
        let (fixture, folder) = try makeFolder()
        mkfifo(folder + "/pipe", 0o600)
        #expect(throws: TreeFailure.specialFile(path: "pipe")) { try TreeReader.read(folder) }
        unlink(folder + "/pipe")
        chmod(folder + "/run.sh", 0o757)
        #expect(throws: TreeFailure.writableByAll(path: "run.sh")) { try TreeReader.read(folder) }
        withExtendedLifetime(fixture) {}
    }

    @Test("no file's name can pass for another field")
    func fields() {
        let one = Tree(entries: [TreeEntry(path: "a", kind: .file, mode: 0o644, digest: "x")])
        let other = Tree(entries: [TreeEntry(path: "a3:644", kind: .file, mode: 0o644, digest: "x")])
        #expect(one.digest != other.digest)
    }
}
