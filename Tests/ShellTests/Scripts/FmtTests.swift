import Testing

@testable import Shell

@Suite("fmt")
struct FmtTests {
    private static let untidy = "# head\nif   true ;echo   \"a\" # why\nend\n"
    private static let tidy = "# head\nif true\n    echo a  # why\nend\n"

    @Test("files are rewritten in canonical form, with their modes, and a second time nothing changes")
    func rewrites() async throws {
        let fixture = try ShellFixture()
        fixture.files.put(Self.untidy, at: "/work/a.hook", mode: 0o755)
        fixture.files.put("echo b\n", at: "/work/b.hook")
        #expect(await fixture.run("fmt a.hook b.hook").status == .done)
        #expect(fixture.files.text("/work/a.hook") == Self.tidy)
        #expect(fixture.files.mode("/work/a.hook") == 0o755)
        fixture.files.refuseWrites(.readOnly)
        #expect(await fixture.run("fmt a.hook b.hook").status == .done)
    }

    @Test("--check names what would change, changes nothing, and fails")
    func check() async throws {
        let fixture = try ShellFixture()
        fixture.files.put(Self.untidy, at: "/work/a.hook")
        fixture.files.put(Self.tidy, at: "/work/b.hook")
        let run = await fixture.run("fmt --check a.hook b.hook")
        #expect(run.status == .failed)
        #expect(run.output == "a.hook\n")
        #expect(fixture.files.text("/work/a.hook") == Self.untidy)
        #expect(await fixture.run("fmt --check b.hook").status == .done)
    }

    @Test("a syntax error leaves a file alone, is told with its place, and the other files are done all the same")
    func syntax() async throws {
        let fixture = try ShellFixture()
        fixture.files.put("if true\n", at: "/work/a.hook")
        fixture.files.put(Self.untidy, at: "/work/b.hook")
        let run = await fixture.run("fmt a.hook missing.hook b.hook")
        #expect(run.status == .usage)
        #expect(run.errors.contains("a.hook:1:") && run.errors.contains("missing.hook"))
        #expect(fixture.files.text("/work/a.hook") == "if true\n")
        #expect(fixture.files.text("/work/b.hook") == Self.tidy)
    }

    @Test("without a file, and with -, standard input goes to standard output", arguments: ["fmt", "fmt -"])
    func filter(_ line: String) async throws {
        let fixture = try ShellFixture()
        fixture.files.put(Self.untidy, at: "/dev/stdin")
        let run = await fixture.run(line)
        #expect(run.output == Self.tidy)
        #expect(await fixture.run("fmt --check").status == .failed)
    }
}
