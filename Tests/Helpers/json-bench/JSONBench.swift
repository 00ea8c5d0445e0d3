import Foundation
import LosslessJSON

/// `json-bench [--megabytes N] [--runs N] [--memory N]`: how fast LosslessJSON reads lists of webhooks, beside jq and
/// Python on the same bytes in the same run; and, in a run of its own, the memory that a list of N megabytes takes.
@main
struct JSONBench {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let megabytes = value(of: "--memory", in: arguments) {
            try measureMemory(size: megabytes * 1_000_000)
        } else {
            let size = (value(of: "--megabytes", in: arguments) ?? 10) * 1_000_000
            try compare(size: size, runs: value(of: "--runs", in: arguments) ?? 9)
        }
    }

    private static func value(of flag: String, in arguments: [String]) -> Int? {
        guard let place = arguments.firstIndex(of: flag), place + 1 < arguments.count else { return nil }
        return Int(arguments[place + 1])
    }

    private static func compare(size: Int, runs: Int) throws {
        #if DEBUG
            print("A debug build: these figures say nothing. Use swift run -c release json-bench.\n")
        #endif
        for layout in ListDocuments.Layout.allCases {
            let body = ListDocuments.list(size: size, layout: layout)
            let count = try JSON(parsing: body).count
            print("\(layout.rawValue) list, \(body.count) bytes, \(count) documents; processor time, median of \(runs)")
            for (name, measurement) in try rows(body, runs: runs) {
                let label = name.padding(toLength: 44, withPad: " ", startingAt: 0)
                guard let measurement else {
                    print("  \(label)   not here")
                    continue
                }
                print(
                    "  \(label)" + String(format: "%8.1f ms %8.0f MB/s", measurement.seconds * 1000, measurement.rate))
            }
            print("")
        }
    }

    private static func rows(_ body: [UInt8], runs: Int) throws -> [(String, Measurement?)] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("json-bench-\(getpid()).json")
        try Data(body).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let parsed = try JSON(parsing: body)
        let respelt = try JSON(parsing: parsed.bytes(body.first { $0 == 0x0A } == nil ? .pretty : .compact))
        func measure(_ work: () throws -> Void) rethrows -> Measurement {
            try Measurement.median(of: runs, bytes: body.count) { try Measurement.time(work) }
        }
        return [
            ("LosslessJSON: parse", try measure { keep(try JSON(parsing: body).count) }),
            ("LosslessJSON: parse, print compact", try measure { keep(try JSON(parsing: body).bytes(.compact).count) }),
            ("LosslessJSON: parse, read every name and id", try measure { keep(readAll(try JSON(parsing: body))) }),
            ("LosslessJSON: compare with other white space", measure { keep(parsed == respelt ? 1 : 0) }),
            ("LosslessJSON: hash", measure { keep(parsed.hashValue) }),
            ("python3: json.loads", try? Competitors.python(file, bytes: body.count, runs: runs)),
            ("jq -c . (without its start-up)", try? Competitors.jq(file, bytes: body.count, runs: min(runs, 5))),
        ]
    }

    private static func readAll(_ list: JSON) -> Int {
        (list.array ?? []).reduce(0) { sum, document in
            sum + (document["webhook_name"]?.string?.utf8.count ?? 0)
                + (document["webhook_id"]?.string?.utf8.count ?? 0)
        }
    }

    private static func measureMemory(size: Int) throws {
        let body = ListDocuments.list(size: size, layout: .compact)
        let before = Measurement.currentMemory()
        let json = try JSON(parsing: body)
        let parsed = Measurement.currentMemory()
        let peak = Measurement.peakMemory()
        print("\(body.count) bytes, \(json.count) documents; resident memory in multiples of the body:")
        // The body itself is in memory before and is shared by the value.
        let base = Double(before - body.count)
        print(
            String(
                format: "  body and value %.2f, peak while parsing %.2f",
                (Double(parsed) - base) / Double(body.count), (Double(peak) - base) / Double(body.count)))
        keep(json.count)
    }

    /// Stops the optimiser from dropping the work.
    @inline(never)
    private static func keep(_ value: Int) {
        if value == .min { print(value) }
    }
}
