/// Takes HTTP requests on this machine alone: the port to a small server.
package protocol DeliveryReceiver: Sendable {
    /// Begins to listen on loopback; 0 takes any free port. Each request is answered with `status` and no body.
    func open(port: Int, status: Int) async throws(ReceiverFailure) -> any OpenReceiver
}

/// A receiver that listens.
package protocol OpenReceiver: Sendable {
    var port: Int { get }
    /// The requests in the order of their arrival, for one reader. It ends when the receiver is closed.
    var requests: AsyncStream<ReceivedRequest> { get }
    func close() async
}

/// A request as it came.
package struct ReceivedRequest: Hashable, Sendable {
    package struct Header: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package var method: String
    /// Path and query.
    package var target: String
    package var headers: [Header]
    /// Up to 1 MiB; a longer request is refused and not told of.
    package var body: [UInt8]

    package init(method: String, target: String, headers: [Header], body: [UInt8]) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The first header of a name, whichever its case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

package struct ReceiverFailure: Error, Hashable, Sendable {
    package var port: Int
    /// What the system said.
    package var reason: String

    package init(port: Int, reason: String) {
        self.port = port
        self.reason = reason
    }
}

/// For a shell that cannot listen.
package struct NoReceiver: DeliveryReceiver {
    package init() {}

    package func open(port: Int, status: Int) async throws(ReceiverFailure) -> any OpenReceiver {
        throw ReceiverFailure(port: port, reason: "there is no receiver here")
    }
}
