import Glibc

/// Measures processor time, which other work on the machine does not lengthen.
enum Clock {
    private static var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// The processor time of the processes that `work` starts and waits for.
    static func ofChildren(_ work: () throws -> Void) rethrows -> Duration {
        let start = children
        try work()
        return children - start
    }

    private static var children: Duration {
        var usage = rusage()
        getrusage(RUSAGE_CHILDREN.rawValue, &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(.zero) { sum, time in
            sum + .seconds(time.tv_sec) + .microseconds(time.tv_usec)
        }
    }

    /// The least time of some runs: what the work costs without what else the machine does.
    ///
    /// What the work makes is thrown away outside of the time.
    static func least<Result>(of runs: Int, _ work: () throws -> Result) rethrows -> Duration {
        var best = Duration.seconds(1_000_000)
        for _ in 0..<runs {
            let start = now
            let result = try work()
            best = min(best, now - start)
            withExtendedLifetime(result) {}
        }
        return best
    }

    static func leastAwaited<Result>(
        of runs: Int, _ work: () async throws -> Result
    ) async rethrows -> Duration {
        var best = Duration.seconds(1_000_000)
        for _ in 0..<runs {
            let start = now
            let result = try await work()
            best = min(best, now - start)
            withExtendedLifetime(result) {}
        }
        return best
    }

    static func text(_ time: Duration) -> String { rounded(time.seconds * 1000) + " ms" }

    static func rounded(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    static func hundredths(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}

enum Megabytes {
    static func text(_ bytes: Int) -> String { Clock.rounded(Double(bytes) / 1e6) + " MB" }
    static func rate(_ bytes: Int, _ time: Duration) -> String {
        Clock.rounded(Double(bytes) / 1e6 / time.seconds) + " MB/s"
    }
}

enum Rate {
    static func perSecond(_ count: Int, _ time: Duration) -> String {
        "\(Int(Double(count) / time.seconds / 1000)) thousand/s"
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
