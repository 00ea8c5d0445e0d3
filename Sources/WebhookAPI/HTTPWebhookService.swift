import LosslessJSON
import Synchronization
import WebhookModel

/// The organization webhooks API over HTTP.
///
/// Repeats what is safe to repeat, follows redirects within the origin, keeps to the key's rate, and speaks whichever
/// list dialect the server does. One instance may be used by many tasks at once.
package final class HTTPWebhookService: WebhookService {
    /// What the server has shown of itself.
    private struct Learned {
        var dialect: ListDialect?
        /// Whether create is known to want no slash at its end.
        var createsWithoutSlash = false
    }

    private let configuration: ServiceConfiguration
    private let environment: ServiceEnvironment
    private let exchange: Exchange
    private let learned = Mutex(Learned())

    package init(_ configuration: ServiceConfiguration, environment: ServiceEnvironment) {
        self.configuration = configuration
        self.environment = environment
        let limiter = RateLimiter(
            tier: configuration.tier, concurrent: configuration.concurrent, time: environment.time,
            store: environment.budget)
        exchange = Exchange(configuration: configuration, environment: environment, limiter: limiter)
    }

    /// The dialect that a list was answered in, once there was one.
    package var dialect: ListDialect? { learned.withLock { $0.dialect } }

    var endpointPrefix: String { configuration.endpoint.prefix }
    var requestTimeout: Duration { configuration.timeouts.request }

    /// Lets go of the transport. Operations under way end with an error, as do later ones.
    package func shutdown() async {
        await environment.transport.shutdown()
    }

    package func list() async throws(ServiceError) -> [Webhook] {
        var candidates = configuration.dialect.candidates(learned: dialect)[...]
        while true {
            let dialect = candidates.removeFirst()
            var isSpoken = false
            do throws(ServiceError) {
                return try await list(dialect, isSpoken: &isSpoken)
            } catch {
                guard !isSpoken, !candidates.isEmpty, error.status == 404 || error.status == 405 else { throw error }
            }
        }
    }

    package func get(_ id: WebhookID) async throws(ServiceError) -> Webhook {
        let call = call(.get, "/\(id)", safety: .read)
        return try reader(call).webhook(try await performOnWebhook(call), id: id)
    }

    package func update(
        _ id: WebhookID, to document: JSON, leaving departure: Departure
    ) async throws(ServiceError) -> Webhook {
        let call = call(.put, "/\(id)", document: document, safety: .write, departure: departure)
        return try reader(call).webhook(try await performOnWebhook(call), id: id)
    }

    package func create(_ document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook {
        if !learned.withLock({ $0.createsWithoutSlash }) {
            do throws(ServiceError) {
                return try await create(document, path: "/", departure)
            } catch {
                // No such path: nothing was made, and servers of 0.82 name it without the slash.
                guard error.status == 404 || error.status == 405 else { throw error }
            }
        }
        let webhook = try await create(document, path: "", departure)
        learned.withLock { $0.createsWithoutSlash = true }
        return webhook
    }

    package func delete(_ id: WebhookID, leaving departure: Departure) async throws(ServiceError) {
        let call = call(.delete, "/\(id)", safety: .write, departure: departure)
        do throws(ServiceError) {
            try reader(call).acknowledgement(try await performOnWebhook(call))
        } catch {
            guard error.kind == .notFound else { throw error }
        }
    }
}

extension HTTPWebhookService {
    /// The 2xx answer to a call, and what reads it.
    func answer(_ call: Call) async throws(ServiceError) -> (response: TransportResponse, reader: AnswerReader) {
        (try await exchange.perform(call), reader(call))
    }

    /// The answer to a call that is sent once, whatever its status.
    func once(_ call: Call) async throws(ServiceError) -> TransportResponse { try await exchange.once(call) }

    /// The dialects to try, in order.
    var dialects: [ListDialect] { configuration.dialect.candidates(learned: dialect) }

    var now: Duration { environment.time.now }

    /// A list call for a few webhooks.
    func firstPageCall(_ dialect: ListDialect) -> Call {
        listCall(
            dialect, query: PageWalk(pageSize: 10).query(for: .first), timeout: configuration.timeouts.request)
    }

    /// The 2xx answer to a call of one webhook, whose `.notFound` means that the webhook is gone.
    private func performOnWebhook(_ call: Call) async throws(ServiceError) -> TransportResponse {
        do throws(ServiceError) {
            return try await exchange.perform(call)
        } catch {
            // Only the API itself can say that the webhook is gone; a router's 404 says that the address is wrong.
            guard error.kind == .notFound, error.serverType == nil, error.status != 410 else { throw error }
            var stranger = error
            stranger.kind = .unexpectedAnswer(contentType: nil, snippet: error.serverMessage ?? "")
            stranger.serverMessage = nil
            throw stranger
        }
    }

    private func create(
        _ document: JSON, path: String, _ departure: Departure
    ) async throws(ServiceError) -> Webhook {
        let call = call(.post, path, document: document, safety: .create, departure: departure)
        return try reader(call).webhook(try await exchange.perform(call), id: nil)
    }

    /// The list in one dialect; `isSpoken` tells whether the server answered in it at all.
    private func list(_ dialect: ListDialect, isSpoken: inout Bool) async throws(ServiceError) -> [Webhook] {
        var walk = PageWalk(pageSize: configuration.pageSize)
        var question = PageWalk.Question.first
        while true {
            let call = listCall(dialect, query: walk.query(for: question))
            let reader = reader(call)
            let response = try await exchange.perform(call)
            let json = try reader.json(response)
            let page: ListPage
            do throws(ListPage.ShapeError) {
                page = try ListPage(json)
            } catch {
                throw reader.unreadable(.malformedBody(reason: error.reason, offset: nil), response)
            }
            if !isSpoken { remember(dialect) }
            isSpoken = true
            do throws(PageWalk.Stuck) {
                guard let next = try walk.take(page) else { return walk.collection.webhooks }
                question = next
            } catch {
                throw reader.unreadable(.malformedBody(reason: error.inWords, offset: nil), response)
            }
        }
    }

    private func listCall(_ dialect: ListDialect, query: String, timeout: Duration? = nil) -> Call {
        let timeout = timeout ?? configuration.timeouts.list
        let limit = configuration.limits.list
        return switch dialect {
        case .paged:
            Call(
                method: .post, path: path("/list"), query: query, document: JSON([:]), safety: .read, timeout: timeout,
                bodyLimit: limit)
        case .array:
            Call(method: .get, path: path("/"), safety: .read, timeout: timeout, bodyLimit: limit)
        }
    }

    private func call(
        _ method: TransportRequest.Method, _ suffix: String, document: JSON? = nil, safety: RepeatSafety,
        departure: Departure = .free
    ) -> Call {
        Call(
            method: method, path: path(suffix), document: document, safety: safety,
            timeout: configuration.timeouts.request, departure: departure, bodyLimit: configuration.limits.webhook)
    }

    private func path(_ suffix: String) -> String {
        configuration.endpoint.prefix + "/v1/organizations/webhooks" + suffix
    }

    func reader(_ call: Call) -> AnswerReader {
        AnswerReader(call: call, endpoint: configuration.endpoint, key: configuration.key)
    }

    private func remember(_ dialect: ListDialect) {
        let isNews = learned.withLock { learned in
            defer { learned.dialect = dialect }
            return learned.dialect != dialect
        }
        guard isNews, case .automatic(let remembered) = configuration.dialect, remembered != dialect else { return }
        environment.onDialect(dialect)
    }
}

extension PageWalk.Stuck {
    fileprivate var inWords: String {
        switch self {
        case .cursorRepeats: "the list's cursor repeats"
        case .nothingNew(let pages): "\(pages) pages in a row hold nothing new"
        case .endless(let pages): "the list does not end within \(pages) pages"
        case .incomplete(let got, let total): "the list gives \(got) of \(total) webhooks"
        }
    }
}
