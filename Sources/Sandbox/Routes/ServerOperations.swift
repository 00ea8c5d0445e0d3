import Hummingbird
import LosslessJSON
import WebhookModel

/// The operations on the server itself, which need no organization.
struct ServerOperations {
    let parts: ServerParts

    /// Nil for an operation on an organization.
    func answer(_ operation: APIOperation, isAuthorized: @autoclosure () -> Bool) async throws -> Response? {
        switch operation {
        case .health: return try await health()
        case .openAPI: return Response(status: .ok, json: parts.openAPI)
        case .metrics:
            guard parts.isLocal || isAuthorized() else { throw APIProblem.unauthorized }
            return try await metrics()
        default: return nil
        }
    }

    /// Reads from the database: a server that can't is not well.
    private func health() async throws -> Response {
        let queue = try await depth()
        let uptime = parts.configuration.environment.uptime() - parts.startedAt
        let answer: JSON = [
            "status": "ok", "uptime_seconds": JSON(Int(uptime.components.seconds)),
            "channels_waiting": JSON(queue.waiting),
        ]
        return Response(status: .ok, json: answer.text(.compact))
    }

    private func metrics() async throws -> Response {
        let text = PrometheusText(parts.meter.current, queue: try await depth()).text
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func depth() async throws -> QueueDepth {
        do {
            return try await parts.deliveries.depth(at: parts.configuration.environment.now())
        } catch {
            throw StoreFailure(error)
        }
    }
}
