import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension TransportFailure {
    /// The TLS library's name of a chain that leads to no trusted authority, or through a certificate out of its time.
    static let unverified = "CERTIFICATE_VERIFY_FAILED"
}

extension TransportFailure.Kind {
    /// Sorts what the HTTP library throws.
    ///
    /// How far the request had come is not read from the error but known from `ResponseCollector`.
    init(of error: any Error) {
        switch error {
        case is CancellationError: self = .cancelled
        case let stop as AnswerBuffer.Stop:
            switch stop {
            case .bodyTooLarge(let limit): self = .bodyTooLarge(limit: limit)
            case .enough: self = .lost("the rest of the answer was left unread")
            }
        case let error as HTTPClientError: self.init(error)
        case let error as NIOConnectionError: self.init(error)
        case let error as NIOSSLError: self.init(error)
        case let error as NIOSSLExtraError:
            let isOtherHost = error == .failedToValidateHostname
            self = .certificate(isOtherHost ? "it is for another host" : Self.short(error))
        case let error as HTTPParserError: self.init(error)
        case let error as IOError: self.init(error)
        case ChannelError.connectTimeout: self = .unreachable("no connection in time")
        case is SocketAddressError: self = .unreachable(Self.short(error))
        default: self = .lost(Self.short(error))
        }
    }

    private init(_ error: HTTPClientError) {
        switch error {
        case .connectTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout, .socksHandshakeTimeout,
            .getConnectionFromPoolTimeout:
            self = .unreachable("no connection in time")
        case .proxyAuthenticationRequired: self = .unreachable("the proxy wants credentials")
        case .invalidProxyResponse: self = .unreachable("the proxy refused")
        // `cancelled` is what a request still waiting for a connection gets when its deadline passes.
        case .deadlineExceeded, .readTimeout, .writeTimeout, .cancelled: self = .timedOut
        case .alreadyShutdown: self = .closed
        case .invalidURL, .emptyHost, .missingSocketPath, .emptyScheme, .bodyLengthMismatch,
            .identityCodingIncorrectlyPresent, .traceRequestWithBody:
            self = .invalidRequest(error.shortDescription)
        case .remoteConnectionClosed: self = .lost("the server closed the connection")
        default: self = .lost(error.shortDescription)
        }
    }

    private init(_ error: NIOSSLError) {
        switch error {
        case .handshakeFailed(let cause):
            let name = Self.name(cause)
            self = name == TransportFailure.unverified ? .certificate(name) : .unreachable("TLS: \(name)")
        case .failedToLoadCertificate, .noSuchFilesystemObject: self = .certificate("the CA file can't be read")
        case .noCertificateToValidate, .unableToValidateCertificate, .cannotMatchULabel, .cannotFindPeerIP:
            self = .certificate("\(error)")
        case .uncleanShutdown: self = .lost("the server closed the connection without ending TLS")
        default: self = .lost("TLS: \(error)")
        }
    }

    private init(_ error: HTTPParserError) {
        switch error {
        case .invalidEOFState, .closedConnection: self = .lost("the connection ended inside the answer")
        default: self = .notHTTP("\(error)")
        }
    }

    private init(_ error: IOError) {
        switch error.errnoCode {
        case ECONNREFUSED: self = .unreachable("connection refused")
        case ENOENT: self = .unreachable("no such socket")
        case EACCES, EPERM: self = .unreachable("permission denied")
        case EMFILE, ENFILE: self = .unreachable("too many open files here")
        case EHOSTUNREACH, ENETUNREACH, ENETDOWN, EADDRNOTAVAIL: self = .unreachable("no route")
        case ECONNRESET: self = .lost("the connection was reset")
        case EPIPE: self = .lost("the server closed the connection")
        default: self = .lost(Self.short(error))
        }
    }

    /// No address of a host took the connection: a certificate's fault says more than the others, then the first.
    private init(_ error: NIOConnectionError) {
        let kinds = error.connectionErrors.map { Self(of: $0.error) }
        for case .certificate(let reason) in kinds {
            self = .certificate(reason)
            return
        }
        switch kinds.first {
        case .unreachable(let reason), .lost(let reason), .notHTTP(let reason): self = .unreachable(reason)
        case .none where error.dnsAError != nil || error.dnsAAAAError != nil:
            self = .unreachable("no address for \(error.host)")
        default: self = .unreachable("no connection")
        }
    }

    /// The TLS library's name of what went wrong, out of a text that holds source files and line numbers too.
    private static func name(_ cause: BoringSSLError) -> String {
        let text = "\(cause)"
        guard let mark = text.firstRange(of: "OPENSSL_internal:") else { return "the handshake failed" }
        return String(text[mark.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    }

    private static func short(_ error: any Error) -> String {
        String("\(error)".prefix(200))
    }
}
