/// What one client may cost a sandbox server.
package struct SandboxLimits: Hashable, Sendable {
    /// The longest request body taken, in bytes; a longer one is answered 413.
    package var bodyBytes: Int
    /// The longest list of request headers taken, and the longest single one, in bytes.
    package var headerBytes: Int
    package var headerCount: Int
    /// The most connections open at once; more wait in the listen queue.
    package var connections: Int
    /// How long a connection may be silent before a request or within one. Longer than clients keep idle connections
    /// (AsyncHTTPClient: 60 s), lest one be closed just as it is used again.
    package var idleTimeout: Duration
    /// How long a request's head may take to arrive, from its first byte on.
    package var headTimeout: Duration
    /// How long a request's body may take to arrive as a whole, however steadily it trickles.
    package var bodyTimeout: Duration

    package init(
        bodyBytes: Int = 1 << 20,
        headerBytes: Int = 16 << 10,
        headerCount: Int = 100,
        connections: Int = 512,
        idleTimeout: Duration = .seconds(90),
        headTimeout: Duration = .seconds(30),
        bodyTimeout: Duration = .seconds(30)
    ) {
        self.bodyBytes = bodyBytes
        self.headerBytes = headerBytes
        self.headerCount = headerCount
        self.connections = connections
        self.idleTimeout = idleTimeout
        self.headTimeout = headTimeout
        self.bodyTimeout = bodyTimeout
    }
}
