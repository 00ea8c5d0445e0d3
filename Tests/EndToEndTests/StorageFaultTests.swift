import Glibc
import LosslessJSON
import TestSupport
import Testing

/// Places for files that are full, read-only or not there at all.
@Suite("Faults of storage")
struct StorageFaultTests {
    private static let script = "use wh_abc123def4\nset description changed\ncommit --yes\nstatus\n"

    /// The description that the server holds.
    private func description(_ home: Home, _ server: ServedSandbox) async throws -> String? {
        let run = try await home.hookline("show", "wh_abc123def4", "description", environment: server.environment)
        return run.output
    }

    @Test(
        "on a full disk nothing is sent and nothing staged is lost; with room again it is",
        .enabled(if: Mounts.areAllowed, "only root may mount file systems"))
    func fullState() async throws {
        let home = try Home()
        let server = try await ServedSandbox(home)
        try home.configure(server)
        try home.write(Self.script, to: "script.hook")
        mkdir(home.file("small"), 0o700)
        let before = try await description(home, server)
        let run = try await home.shellWithMounts(
            """
            mount -t tmpfs -o size=256k,mode=0700 none small && export XDG_STATE_HOME=$HOME/small
            dd if=/dev/zero of=small/filling bs=4096 2>/dev/null
            $HOOKLINE run script.hook --on-error continue; echo "full: $?"
            $HOOKLINE show wh_abc123def4 description
            $HOOKLINE doctor | grep '^problem *disk'
            rm small/filling; mount -o remount,size=4m small
            $HOOKLINE run script.hook; echo "room: $?"; $HOOKLINE log
            """)
        #expect(run.output.contains("full: 1\n"), "\(run.output) \(run.errors)")
        #expect(run.errors.contains("the journal cannot be used: \(home.file("small"))"), "\(run.errors)")
        #expect(run.errors.contains("no write is sent that it does not hold first"))
        #expect(run.output.contains("Staged on 1 webhook"))
        #expect(run.output.contains("full: 1\n" + (before ?? "")), "\(run.output)")
        #expect(run.output.contains("0 bytes free at \(home.file("small"))"))
        #expect(run.output.contains("room: 0\n"), "\(run.errors)")
        #expect(run.output.contains("1 confirmed"))
        #expect(try await description(home, server) == "changed\n")
    }

    @Test(
        "on a full disk a configuration, an export, a plan and a redirect stay as they were, and each is named",
        .enabled(if: Mounts.areAllowed, "only root may mount file systems"))
    func fullFiles() async throws {
        let home = try Home()
        mkdir(home.file("small"), 0o700)
        let run = try await home.shellWithMounts(
            """
            mount -t tmpfs -o size=64k,mode=0700 none small && export XDG_CONFIG_HOME=$HOME/small
            $HOOKLINE profile add first --base https://example.com; $HOOKLINE --sandbox export small/out.json
            $HOOKLINE --sandbox -c 'set active false --on wh_abc123def4; plan --out small/a.plan; discard all'
            cksum small/hookline/config.yaml small/out.json small/a.plan > sums
            dd if=/dev/zero of=small/filling bs=4096 2>/dev/null
            $HOOKLINE profile add second --base https://example.com; echo "config: $?"
            $HOOKLINE --sandbox -c 'export small/out.json --force'; echo "export: $?"
            $HOOKLINE --sandbox -c 'set description full --on wh_abc123def4; plan --out small/a.plan'; echo "plan: $?"
            $HOOKLINE --sandbox -c 'ls > small/list'; echo "redirect: $?"
            $HOOKLINE --sandbox ls > small/stdout; echo "output: $?"
            cksum small/hookline/config.yaml small/out.json small/a.plan | cmp - sums && echo unchanged; ls -A small small/hookline
            """)
        for (what, status) in [("config", 1), ("export", 1), ("plan", 1), ("redirect", 1), ("output", 1)] {
            #expect(run.output.contains("\(what): \(status)\n"), "\(run.output) \(run.errors)")
        }
        for name in ["hookline/config.yaml", "out.json", "a.plan", "list"] {
            #expect(run.errors.contains("\(home.file("small"))/\(name): the disk is full"), "\(name): \(run.errors)")
        }
        #expect(run.errors.contains("standard output: the disk is full"))
        #expect(run.errors.contains("free some room there"))
        #expect(run.output.contains("unchanged"), "\(run.output)")
        #expect(!run.output.contains(".new"), "\(run.output)")
    }

    @Test(
        "in a read-only home webhooks are read, nothing is sent without a journal, and each refusal says where",
        .enabled(if: Mounts.areAllowed, "only root may mount file systems"))
    func readOnlyHome() async throws {
        let home = try Home()
        let server = try await ServedSandbox(home)
        try home.configure(server)
        try home.write(Self.script, to: "script.hook")
        mkdir(home.file("ro"), 0o700)
        let before = try await description(home, server)
        let run = try await home.shellWithMounts(
            """
            mount -t tmpfs -o size=1m,mode=0700 none ro && cp -a .config ro/ && mount -o remount,ro ro || exit 99
            export HOME=$PWD/ro
            $HOOKLINE ls --ids --limit 1; echo "ls: $?"
            $HOOKLINE run script.hook --on-error continue; echo "commit: $?"
            $HOOKLINE log; echo "log: $?"
            $HOOKLINE profile add b; echo "profile: $?"
            $HOOKLINE --profile sandbox ls; echo "sandbox: $?"
            $HOOKLINE --sandbox count; echo "ephemeral: $?"
            """)
        for (what, status) in [("ls", 0), ("commit", 1), ("log", 1), ("profile", 1), ("sandbox", 1), ("ephemeral", 0)] {
            #expect(run.output.contains("\(what): \(status)\n"), "\(run.output) \(run.errors)")
        }
        #expect(run.output.contains("Staged on 1 webhook"))
        #expect(run.errors.contains("the journal cannot be used: \(home.file("ro/.local")): Read-only file system"))
        #expect(run.errors.contains("config.yaml: the file system is read-only"))
        #expect(run.errors.contains("the sandbox did not start (\(home.file("ro/.local")))"))
        #expect(run.errors.contains("--sandbox keeps its webhooks in memory"))
        #expect(try await description(home, server) == before)
    }

    @Test("without HOME a commit is sent and said to be written down nowhere; what needs a file says so")
    func noHome() async throws {
        let home = try Home()
        let server = try await ServedSandbox(home)
        let variables = server.environment.merging(["HOME": nil]) { $1 }
        let run = try await home.hookline(
            "-c",
            "each where name = 'Team Search'; set description changed; end; commit --yes; rollback --yes",
            environment: variables)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("HOME is not set: this run is written down nowhere"), "\(run.errors)")
        let profile = try await home.hookline("profile", "add", "x", environment: variables)
        #expect(profile.status == 1)
        #expect(profile.errors.contains("HOME is not set") && profile.errors.contains("XDG_STATE_HOME"))
        // The sandbox is in memory then, and nobody waits for its runs.
        let sandbox = try await home.hookline(
            "-c", "use wh_abc123def4; set active false; commit --yes", environment: ["HOME": nil])
        #expect(sandbox.status == 0, "\(sandbox.errors)")
        #expect(!sandbox.errors.contains("written down nowhere"))
    }
}
