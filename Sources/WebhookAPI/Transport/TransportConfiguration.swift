/// How connections are made.
package struct TransportConfiguration: Sendable {
    /// From asking for a connection to having one, name look-up and handshakes included.
    package var connectTimeout: Duration
    /// How many connections to the server may be open at once.
    package var connections: Int
    /// How long an unused connection is kept.
    package var idleTimeout: Duration
    /// PEM file of certificates to trust beside the system's own.
    package var caFile: String?
    package var proxy: ProxySettings?

    package init(
        connectTimeout: Duration = .seconds(10), connections: Int = 64, idleTimeout: Duration = .seconds(30),
        caFile: String? = nil, proxy: ProxySettings? = nil
    ) {
        self.connectTimeout = connectTimeout
        self.connections = connections
        self.idleTimeout = idleTimeout
        self.caFile = caFile
        self.proxy = proxy
    }
}
