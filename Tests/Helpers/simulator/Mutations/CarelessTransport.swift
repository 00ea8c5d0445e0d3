import WebhookAPI

/// A transport that follows redirects to wherever they lead, key and all.
struct CarelessTransport: Transport {
    let inner: SimulatedTransport

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        let response = try await inner.send(request)
        guard response.status == 307, let place = response.headers["Location"],
            let host = place.split(separator: "/").dropFirst().first, !place.hasPrefix("/"),
            let endpoint = try? Endpoint(parsing: "https://\(host)")
        else { return response }
        var request = request
        request.endpoint = endpoint
        return try await inner.send(request)
    }

    func shutdown() async {}
}
