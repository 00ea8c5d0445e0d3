import ArgumentParser
import Glibc
import Logging
import Sandbox
import Shell

/// Runs the sandbox for other programs until it is told to stop.
enum Serve {
    /// Prints where it listens as one line of JSON, then serves until SIGINT or SIGTERM.
    static func run(_ words: [String]) async -> ExitStatus {
        let configuration: SandboxConfiguration
        do {
            let arguments = try ServeArguments.parse(words)
            configuration = try arguments.configuration(
                environment: .system, variables: ProcessEnvironment.variables)
            return await serve(configuration, isVerbose: arguments.verbose)
        } catch {
            return CommandLineError.report(error, of: ServeArguments.self)
        }
    }

    private static func serve(_ configuration: SandboxConfiguration, isVerbose: Bool) async -> ExitStatus {
        var configuration = configuration
        configuration.logger = Logs.logger("sandbox", isVerbose: isVerbose)
        let server = SandboxServer(configuration)
        // Whoever reads where it listens may stop it at once.
        let ending = Signals.Awaited([SIGINT, SIGTERM])
        do throws(SandboxError) {
            let address = try await server.start()
            let port = address.port.map { "\"port\": \($0), " } ?? ""
            StandardStreams.print("{\(port)\"base\": \"\(address.base)\"}")
        } catch {
            let failure = SandboxFailure(error)
            let place = failure.path.map { " (\($0))" } ?? ""
            StandardStreams.complain("error: the sandbox did not start\(place): \(failure.reason)")
            return .failed
        }
        await ending.first()
        await server.stop()
        return .done
    }
}

extension SandboxEnvironment {
    /// The machine's clocks and randomness.
    static var system: SandboxEnvironment {
        let start = ContinuousClock.now
        return SandboxEnvironment(
            now: { .systemNow }, uptime: { start.duration(to: .now) },
            randomBytes: { count in
                var bytes: [UInt8] = []
                var generator = SystemRandomNumberGenerator()
                // Each number is a system call.
                while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes += $0 } }
                return Array(bytes.prefix(count))
            })
    }
}
