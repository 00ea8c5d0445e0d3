import Foundation

/// Medians of several runs.
struct Measurement {
    let seconds: Double
    let bytes: Int

    /// Millions of bytes a second.
    var rate: Double { Double(bytes) / seconds / 1e6 }

    /// Runs `body` once to warm up, then `runs` times; each run's time is what `body` returns.
    static func median(of runs: Int, bytes: Int, _ body: () throws -> Double) rethrows -> Measurement {
        _ = try body()
        var times: [Double] = []
        for _ in 0..<runs { times.append(try body()) }
        times.sort()
        return Measurement(seconds: times[times.count / 2], bytes: bytes)
    }

    /// The processor time, this process's and that of the children it has waited for, that `body` takes: other work on
    /// the machine does not count.
    static func time(_ body: () throws -> Void) rethrows -> Double {
        let start = processorTime()
        try body()
        return processorTime() - start
    }

    private static func processorTime() -> Double {
        seconds(of: RUSAGE_SELF) + seconds(of: RUSAGE_CHILDREN)
    }

    private static func seconds(of who: __rusage_who) -> Double {
        var usage = rusage()
        getrusage(who.rawValue, &usage)
        let times = [usage.ru_utime, usage.ru_stime]
        return times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    /// The process's peak of resident memory in bytes, from /proc.
    static func peakMemory() -> Int {
        memory("VmHWM:")
    }

    static func currentMemory() -> Int {
        memory("VmRSS:")
    }

    private static func memory(_ field: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(field) } ?? ""
        let kilobytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
        return kilobytes * 1024
    }
}
