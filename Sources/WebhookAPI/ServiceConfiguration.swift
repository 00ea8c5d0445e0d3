/// One organization's access to the API, and how to behave towards it.
package struct ServiceConfiguration: Sendable {
    package var endpoint: Endpoint
    package var key: APIKey
    package var dialect: DialectChoice
    /// Whether the key may go over plain HTTP to another machine.
    package var allowsInsecure: Bool
    package var timeouts: Timeouts
    package var limits: BodyLimits
    package var retry: RetryPolicy
    package var tier: RateTier
    /// Requests under way at once, whatever the tier allows beyond.
    package var concurrent: Int
    /// Webhooks a page of the list; the API takes 1…1000.
    package var pageSize: Int
    /// Redirects followed for one request.
    package var redirects: Int
    package var userAgent: String

    package init(
        endpoint: Endpoint, key: APIKey, dialect: DialectChoice = .automatic(remembered: nil),
        allowsInsecure: Bool = false, timeouts: Timeouts = Timeouts(), limits: BodyLimits = BodyLimits(),
        retry: RetryPolicy = RetryPolicy(), tier: RateTier = .automatic, concurrent: Int = 32, pageSize: Int = 1000,
        redirects: Int = 5, userAgent: String = "hookline"
    ) {
        self.endpoint = endpoint
        self.key = key
        self.dialect = dialect
        self.allowsInsecure = allowsInsecure
        self.timeouts = timeouts
        self.limits = limits
        self.retry = retry
        self.tier = tier
        self.concurrent = concurrent
        self.pageSize = pageSize
        self.redirects = redirects
        self.userAgent = userAgent
    }

    /// For the whole of one exchange, from connecting to the last byte of the answer.
    package struct Timeouts: Hashable, Sendable {
        /// Get, create, update, delete.
        package var request: Duration
        /// One page of the list.
        package var list: Duration

        package init(request: Duration = .seconds(30), list: Duration = .seconds(120)) {
            self.request = request
            self.list = list
        }
    }

    /// The longest answers taken, in bytes.
    package struct BodyLimits: Hashable, Sendable {
        /// One page of the list.
        package var list: Int
        /// One webhook.
        package var webhook: Int
        /// As much of an error's body is read.
        package var error: Int

        package init(list: Int = 256 << 20, webhook: Int = 64 << 20, error: Int = 1 << 20) {
            self.list = list
            self.webhook = webhook
            self.error = error
        }
    }
}
