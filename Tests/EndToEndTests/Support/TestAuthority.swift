import Glibc
import TestSupport

/// A certificate authority made for one test, and a server for its certificates.
struct TestAuthority {
    let home: Home
    var root: String { home.file("tls/root.pem") }

    static var isThere: Bool { access("/usr/bin/openssl", X_OK) == 0 }

    /// Makes the authority in the home's folder `tls`, and a certificate for localhost that is good.
    init(_ home: Home) async throws {
        self.home = home
        mkdir(home.file("tls"), 0o700)
        try home.write(
            """
            [ca]
            default_ca = ours
            [ours]
            database = index.txt
            new_certs_dir = .
            rand_serial = yes
            default_md = sha256
            policy = any
            [any]
            commonName = supplied

            """, to: "tls/ca.conf")
        try await run(
            """
            : > index.txt
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key -out root.pem \
            -subj '/CN=hookline test root' -days 30
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.csr -subj '/CN=x'
            """)
    }

    /// A certificate for a host from one time to another, each `YYYYMMDDhhmmssZ`; the path of its file.
    func certificate(for host: String, from begin: String, until end: String) async throws -> String {
        try home.write("subjectAltName = DNS:\(host)\nextendedKeyUsage = serverAuth\n", to: "tls/names")
        try await run(
            """
            openssl ca -batch -notext -config ca.conf -cert root.pem -keyfile root.key -in server.csr -extfile names \
            -startdate \(begin) -enddate \(end) -out server.pem
            """)
        return home.file("tls/server.pem")
    }

    private func run(_ script: String) async throws {
        let run = try await home.shell("set -e; cd tls; " + script)
        guard run.status == 0 else { throw ProgramRun.Failure(description: run.errors) }
    }

    /// A TLS server on localhost that answers every GET with a page of HTML.
    func serve(_ certificate: String) async throws -> Server { try await Server(self, certificate) }

    final class Server: Sendable {
        let port: Int
        private let process: pid_t

        init(_ authority: TestAuthority, _ certificate: String) async throws {
            let port = try LoopbackSocket.freePort()
            self.port = port
            process = try StartedProgram.start(
                [
                    "/usr/bin/openssl", "s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate, "-key",
                    authority.home.file("tls/server.key"), "-www", "-quiet",
                ], environment: authority.home.environment(),
                streams: [.input("/dev/null"), .output("/dev/null"), .errors("/dev/null")])
            let deadline = ContinuousClock.now + .seconds(180)
            while !LoopbackSocket.isReached(port: port) {
                guard ContinuousClock.now < deadline else {
                    kill(process, SIGKILL)
                    throw ProgramRun.Failure(description: "openssl s_server does not listen")
                }
                try await Task.sleep(for: .milliseconds(5))
            }
        }

        deinit {
            // It inherits the mask of the thread that starts it, which may block everything else.
            kill(process, SIGKILL)
            var status: Int32 = 0
            waitpid(process, &status, 0)
        }
    }
}
