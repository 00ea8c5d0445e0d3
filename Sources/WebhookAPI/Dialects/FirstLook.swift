import LosslessJSON
import WebhookModel

/// What one short question told of a server.
package struct FirstLook: Sendable {
    /// The dialect that it answered in, and its first webhooks; all of them in a dialect without pages.
    package var page: Result<(dialect: ListDialect, webhooks: [Webhook]), ServiceError>
    /// The last answer's `Date`, in seconds since 1970; nil without an answer or without the header.
    package var serverTime: Int?
    /// Of the last request.
    package var took: Duration
}

extension HTTPWebhookService {
    /// Asks for a page of ten webhooks. Nothing is repeated, but the other dialect is tried where the first is unknown.
    package func look() async -> FirstLook {
        var candidates = dialects[...]
        var look = FirstLook(page: .success((.paged, [])), serverTime: nil, took: .zero)
        while true {
            let dialect = candidates.removeFirst()
            let call = firstPageCall(dialect)
            let reader = reader(call)
            let started = now
            do throws(ServiceError) {
                let response = try await once(call)
                look.took = now - started
                look.serverTime = response.headers["Date"].flatMap(HTTPDate.unixTime)
                if [404, 405].contains(response.status), !candidates.isEmpty { continue }
                look.page = .success((dialect, try webhooks(response, reader)))
            } catch {
                look.page = .failure(error)
            }
            return look
        }
    }

    private func webhooks(_ response: TransportResponse, _ reader: AnswerReader) throws(ServiceError) -> [Webhook] {
        guard (200..<300).contains(response.status) else { throw reader.error(response) }
        let json = try reader.json(response)
        do throws(ListPage.ShapeError) {
            return try ListPage(json).documents.map { Webhook(document: $0) }
        } catch {
            throw reader.unreadable(.malformedBody(reason: error.reason, offset: nil), response)
        }
    }
}
