import Foundation

/// The tools that everybody has, on the same bytes.
enum Competitors {
    struct Missing: Error {
        let tool: String
    }

    /// `jq -c .`: reads and prints. What jq takes for `null` is start-up, and left out.
    static func jq(_ file: URL, bytes: Int, runs: Int) throws -> Measurement {
        let empty = FileManager.default.temporaryDirectory.appendingPathComponent("json-bench-null-\(getpid()).json")
        try Data("null".utf8).write(to: empty)
        defer { try? FileManager.default.removeItem(at: empty) }
        let startUp = try Measurement.median(of: runs, bytes: 4) { try time(["jq", "-c", ".", empty.path]) }
        let whole = try Measurement.median(of: runs, bytes: bytes) { try time(["jq", "-c", ".", file.path]) }
        return Measurement(seconds: max(whole.seconds - startUp.seconds, 1e-9), bytes: bytes)
    }

    /// Python's `json.loads`, timed inside Python.
    static func python(_ file: URL, bytes: Int, runs: Int) throws -> Measurement {
        let script = """
            import json, sys, time
            body = open(sys.argv[1], 'rb').read()
            json.loads(body)
            times = []
            for _ in range(int(sys.argv[2])):
                start = time.process_time()
                json.loads(body)
                times.append(time.process_time() - start)
            times.sort()
            print(times[len(times) // 2])
            """
        let output = Pipe()
        try run(["python3", "-c", script, file.path, String(runs)], output: output)
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        guard let seconds = Double(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw Missing(tool: "python3")
        }
        return Measurement(seconds: seconds, bytes: bytes)
    }

    private static func time(_ command: [String]) throws -> Double {
        try Measurement.time { try run(command, output: FileHandle.nullDevice) }
    }

    private static func run(_ command: [String], output: Any) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardOutput = output
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Missing(tool: command[0]) }
    }
}
