import Glibc
import LosslessJSON
import TestSupport
import Testing

/// Limits of the process, and a clock that goes back.
@Suite("Faults of process and clock")
struct ProcessFaultTests {
    // MARK: Open files

    /// Runs a script that is started with the standard streams alone, whatever the tests beside it have open.
    private func limited(_ script: String, _ home: Home) async throws -> ProgramRun {
        let closing = "for f in /proc/$$/fd/*; do f=${f##*/}; [ $f -gt 2 ] && eval \"exec $f>&-\"; done; "
        return try await ProgramRun.run(
            "/bin/bash", ["-c", closing + script],
            environment: home.environment().merging(["HOOKLINE": Home.program]) { $1 }, directory: home.path)
    }

    @Test("too few open files are told before anything is begun, and --version needs none")
    func fewFiles() async throws {
        let home = try Home()
        for limit in [10, 32, 63] {
            let run = try await limited("ulimit -n \(limit); exec $HOOKLINE --sandbox count", home)
            #expect(run.status == 1, "\(run.errors)")
            #expect(run.errors.contains("only \(limit) files open, and hookline needs 64"), "\(run.errors)")
            #expect(run.errors.contains("hint: ulimit -n 1024"))
        }
        #expect(try await limited("ulimit -n 20; exec $HOOKLINE --version", home).status == 0)
    }

    @Test("what was left open by whoever started it counts, too")
    func inheritedFiles() async throws {
        let opening = "for n in $(seq 20 29); do eval \"exec $n</dev/null\"; done; "
        let run = try await limited(opening + "ulimit -n 70; exec $HOOKLINE --sandbox count", try Home())
        #expect(run.status == 1)
        #expect(run.errors.contains("needs 64 beside the 10 that it was started with"), "\(run.errors)")
    }

    @Test("a soft limit is raised as far as the hard one allows; with 64 a commit of many goes through")
    func enoughFiles() async throws {
        let home = try Home()
        let raised = try await limited("ulimit -Sn 20; exec $HOOKLINE --sandbox count", home)
        #expect(raised.status == 0, "\(raised.errors)")
        let commit = try await limited(
            "ulimit -n 64; exec $HOOKLINE --sandbox -c 'select all; set description x; commit --yes; "
                + "count where description = x'", home)
        #expect(commit.status == 0, "\(commit.errors)")
        #expect((Int(commit.output.split(separator: "\n").last ?? "") ?? 0) > 30, "\(commit.output)")
    }

    // MARK: Clock

    private static let compiler = ["/usr/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"].first { (path: String) in
        access(path, X_OK) == 0
    }

    /// A library that moves the wall clock by `CLOCK_OFFSET` seconds for the program that it is loaded into.
    private static let library = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <stdlib.h>
        #include <sys/time.h>
        #include <time.h>
        static long offset(void) { const char *text = getenv("CLOCK_OFFSET"); return text ? atol(text) : 0; }
        int clock_gettime(clockid_t id, struct timespec *time) {
            static int (*real)(clockid_t, struct timespec *);
            if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
            int result = real(id, time);
            if (result == 0 && id == CLOCK_REALTIME) time->tv_sec += offset();
            return result;
        }
        time_t time(time_t *out) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            if (out) *out = now.tv_sec;
            return now.tv_sec;
        }

        """

    private func makeLibrary(_ home: Home) async throws -> [String: String?] {
        try home.write(Self.library, to: "clock.c")
        let compiler = try #require(Self.compiler)
        let made = try await home.shell("\(compiler) -shared -fPIC -o clock.so clock.c -ldl")
        #expect(made.status == 0, "\(made.errors)")
        return ["LD_PRELOAD": home.file("clock.so")]
    }

    @Test(
        "a clock set back: runs keep their order and are taken back, a plan is good only from when it was made",
        .enabled(if: compiler != nil, "a C compiler makes the clock"))
    func clockBack() async throws {
        let home = try Home()
        let server = try await ServedSandbox(home)
        try home.configure(server)
        let (present, past, future) = (
            try await makeLibrary(home), ["CLOCK_OFFSET": "-90000"] as [String: String?],
            ["CLOCK_OFFSET": "90000"] as [String: String?]
        )
        func run(_ text: String, _ clock: [String: String?] = [:]) async throws -> ProgramRun {
            try await home.hookline("-c", text, environment: present.merging(clock) { $1 })
        }
        let first = try await run("use wh_abc123def4; set description first; commit --yes")
        #expect(first.status == 0, "\(first.errors)")
        let plan = try await run("use wh_abc123def4; set description planned; plan --out move.plan")
        #expect(plan.status == 0, "\(plan.errors)")
        let early = try await run("commit --plan move.plan --yes", past)
        #expect(early.status == 7, "\(early.errors)")
        #expect(early.errors.contains("by this machine's clock it is"), "\(early.errors)")
        let late = try await run("commit --plan move.plan --yes", future)
        #expect(late.status == 7)
        #expect(late.errors.contains("the plan was good until"), "\(late.errors)")

        let second = try await run("use wh_abc123def4; set description second; commit --yes", past)
        #expect(second.status == 0, "\(second.errors)")
        let log = try JSON(parsing: try await run("log --json", past).output).array ?? []
        #expect(log.compactMap { $0["run"]?.number?.int } == [2, 1], "\(log)")
        let back = try await run("rollback 2 --yes", past)
        #expect(back.status == 0, "\(back.errors)")
        #expect(try await run("show wh_abc123def4 description").output == "first\n")

        let doctor = try await home.hookline("doctor", environment: present.merging(past) { $1 })
        #expect(doctor.status == 1)
        #expect(doctor.output.contains("clock is 25 h behind the server's"), "\(doctor.output)")
    }
}
