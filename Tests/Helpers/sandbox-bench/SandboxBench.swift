import Glibc
import LosslessJSON
import NIOCore
import Sandbox
import WebhookModel

/// Measures the embedded server: `sandbox-bench [requests|scale|soak] …` (all of them without a name). `scale` may be
/// followed by how many webhooks and events. Its figures stand
/// in docs/sandbox.md. `sandbox-bench openapi` prints the document that docs/openapi.json is.
@main
struct SandboxBench {
    static func main() async throws {
        let names = CommandLine.arguments.dropFirst()
        if names.first == "openapi" { return try await printOpenAPI() }
        let numbers = names.compactMap { Int($0) }
        func isWanted(_ name: String) -> Bool { names.isEmpty || names.contains(name) }
        if isWanted("requests") { try await RequestBench.run() }
        if isWanted("scale") { try await ScaleBench.run(numbers.count == 2 ? numbers : [100_000, 1_000_000]) }
        if isWanted("soak") { try await SoakBench.run() }
    }

    /// Prints the document that is kept as docs/openapi.json.
    private static func printOpenAPI() async throws {
        let server = SandboxServer(configuration(.memory, webhooks: 0))
        try await LoadClient.with(try await server.start().base) { client in
            let text = String(buffer: try await client.send(.GET, "/openapi.json"))
            print(try JSON(parsing: text).text(.pretty))
        }
        await server.stop()
    }

    static func configuration(_ storage: SandboxStorage, webhooks: Int) -> SandboxConfiguration {
        let start = ContinuousClock.now
        return SandboxConfiguration(
            listener: .tcp(), storage: storage, seed: .generated(count: webhooks),
            environment: SandboxEnvironment(
                now: {
                    var now = timespec()
                    clock_gettime(CLOCK_REALTIME, &now)
                    return Timestamp(seconds: Int64(now.tv_sec), nanoseconds: Int32(now.tv_nsec))
                }, uptime: { start.duration(to: .now) },
                randomBytes: { count in
                    var bytes: [UInt8] = []
                    var generator = SystemRandomNumberGenerator()
                    while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes += $0 } }
                    return Array(bytes.prefix(count))
                }))
    }

    /// A fresh database file for the length of the body.
    static func withFile(_ body: (SandboxStorage) async throws -> Void) async throws {
        var template = Array("/tmp/hookline-bench-XXXXXX".utf8CString)
        mkdtemp(&template)
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            for name in ["s.db", "s.db-wal", "s.db-shm", "s.db.key"] { unlink("\(folder)/\(name)") }
            rmdir(folder)
        }
        try await body(.file(path: "\(folder)/s.db"))
    }

    static func print(_ line: String) {
        Swift.print(line)
        fflush(nil)
    }
}

/// Memory of this process that is in use, in MiB.
func residentMegabytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, 256, file) != nil else { return 0 }
    let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return (pages * Int(getpagesize())) >> 20
}
