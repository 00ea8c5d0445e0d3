import Foundation

/// Medians of several runs.
struct Measurement {
    let seconds: Double
    let bytes: Int

    /// Millions of bytes a second.
    var rate: Double { Double(bytes) / seconds / 1e6 }

    /// Runs `body` once to warm up, then `runs` times; each run's time is what `body` returns or, by default, takes.
    static func median(of runs: Int, bytes: Int, _ body: () throws -> Double) rethrows -> Measurement {
        _ = try body()
        var times: [Double] = []
        for _ in 0..<runs { times.append(try body()) }
        times.sort()
        return Measurement(seconds: times[times.count / 2], bytes: bytes)
    }

    /// How long `body` takes.
    static func time(_ body: () throws -> Void) rethrows -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        try body()
        return (clock.now - start) / .seconds(1)
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
