import AsyncHTTPClient
import FoundationEssentials
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Sends one request to a destination and reads its answer's status and the start of its body.
///
/// Certificates are verified, redirects are not followed, no proxy is used, and the connection goes to the address that
/// was looked up and judged before.
struct HTTPSender: Sendable {
    struct Request: Sendable {
        var url: String
        var method = "POST"
        var headers: [(name: String, value: String)] = []
        var body: [UInt8] = []
        var timeout = Duration.seconds(10)
        /// Whether the operator chose the host: then it may be private.
        var isTrusted = false
    }

    struct Answer: Sendable {
        let status: Int
        let retryAfter: Duration?
        /// At most `bodyLimit` bytes.
        let body: [UInt8]

        var isSuccess: Bool { (200..<300).contains(status) }

        /// What a status that is no success makes of an attempt.
        func failure(_ prefix: String = "") -> DeliveryFailure {
            DeliveryFailure("\(prefix)HTTP \(status)", retryAfter: retryAfter)
        }
    }

    private static let bodyLimit = 16 << 10

    private let allowsPrivate: Bool
    private let resolver: any HostResolver
    private let tls: TLSConfiguration

    init(_ delivery: SandboxDelivery) {
        allowsPrivate = delivery.allowsPrivateAddresses
        resolver = delivery.resolver
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.additionalTrustRoots = delivery.trustedCertificates.map { .file($0) }
        self.tls = tls
    }

    func send(_ request: Request) async throws(DeliveryFailure) -> Answer {
        let pinned = try await PinnedURL(
            request.url, resolver: resolver, allowsPrivate: allowsPrivate || request.isTrusted)
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(connect: .nanoseconds(request.timeout.nanoseconds)))
        configuration.httpVersion = .http1Only
        if IPAddress(pinned.host) == nil { configuration.dnsOverride = [pinned.host: pinned.address.description] }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let result: Result<Answer, DeliveryFailure>
        do {
            result = .success(try await exchange(request, pinned, client))
        } catch {
            result = .failure(Self.failure(error))
        }
        // Fails only for one that is shut down already.
        try? await client.shutdown()
        return try result.get()
    }

    private func exchange(_ request: Request, _ pinned: PinnedURL, _ client: HTTPClient) async throws -> Answer {
        var outgoing = HTTPClientRequest(url: pinned.text)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for (name, value) in request.headers { outgoing.headers.add(name: name, value: value) }
        if !outgoing.headers.contains(name: "User-Agent") {
            outgoing.headers.add(name: "User-Agent", value: "hookline-sandbox")
        }
        if let credentials = pinned.credentials, !outgoing.headers.contains(name: "Authorization") {
            outgoing.headers.add(name: "Authorization", value: Self.basic(credentials))
        }
        outgoing.body = .bytes(ByteBuffer(bytes: request.body))
        let deadline = NIODeadline.now() + .nanoseconds(request.timeout.nanoseconds)
        let response = try await client.execute(outgoing, deadline: deadline)
        let body = try await Self.body(of: response, until: deadline)
        let seconds = response.headers.first(name: "Retry-After").flatMap { Int64($0) }
        return Answer(
            status: Int(response.status.code), retryAfter: seconds.map { .seconds(max(0, min($0, 86_400))) }, body: body
        )
    }

    /// The start of an answer's body. The client's own deadline ends with the head.
    private static func body(of response: HTTPClientResponse, until deadline: NIODeadline) async throws -> [UInt8] {
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask { try await Self.start(of: response.body) }
            group.addTask {
                try await Task.sleep(for: .nanoseconds(max(0, (deadline - NIODeadline.now()).nanoseconds)))
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }

    private static func start(of parts: HTTPClientResponse.Body) async throws -> [UInt8] {
        var body: [UInt8] = []
        for try await part in parts {
            body += part.readableBytesView.prefix(bodyLimit - body.count)
            if body.count >= bodyLimit { break }
        }
        return body
    }

    /// The value of an `Authorization` header for `user:password`.
    static func basic(_ credentials: String) -> String {
        "Basic " + Data(credentials.utf8).base64EncodedString()
    }

    private static func failure(_ error: any Error) -> DeliveryFailure {
        switch error {
        case let error as HTTPClientError:
            switch error {
            case .connectTimeout, .deadlineExceeded, .readTimeout, .writeTimeout: return DeliveryFailure("time-out")
            case .remoteConnectionClosed: return DeliveryFailure("connection closed")
            case .tlsHandshakeTimeout: return DeliveryFailure("TLS time-out")
            default: return DeliveryFailure(error.shortDescription)
            }
        case let error as NIOConnectionError:
            guard let first = error.connectionErrors.first else { return DeliveryFailure("the host was not found") }
            return failure(first.error)
        case let error as IOError:
            return DeliveryFailure(PrivateFiles.reason(error.errnoCode).lowercased())
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            return DeliveryFailure("TLS: the certificate or the connection is not to be trusted")
        default: return DeliveryFailure("\(type(of: error))")
        }
    }
}

extension Duration {
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
