/// A way in which a sandbox fails on purpose.
package enum FaultKind: String, Hashable, Sendable, CaseIterable {
    /// 429 with `Retry-After`, before anything is done.
    case rateLimited = "rate_limited"
    /// 429 without it.
    case rateLimitedSilently = "rate_limited_without_retry_after"
    /// 500 (or another `status` of 5xx), before anything is done.
    case serverError = "server_error"
    /// The same, after the operation took effect.
    case serverErrorAfter = "server_error_after"
    /// 503 with `Retry-After`.
    case unavailable
    /// The connection is reset before anything is done.
    case resetBefore = "reset_before"
    /// The connection is reset after the operation took effect.
    case resetAfter = "reset_after"
    /// The answer comes later, by `milliseconds`.
    case delay
    /// The answer's body breaks off half-way.
    case truncatedBody = "truncated_body"
    /// What a proxy answers when it fails: 502 and HTML, after the operation took effect.
    case htmlBody = "html_body"
    /// Webhooks are read as they were before their last change.
    case staleRead = "stale_read"
    /// Secrets are read as masks; a mask that is sent back is stored as it is.
    case maskedSecrets = "masked_secrets"
    /// The same, but a mask that is sent back keeps the stored value.
    case keptSecrets = "kept_secrets"
    /// The members named by `fields` are not stored.
    case droppedFields = "dropped_fields"
    /// A write is answered as if it had been done, and is not.
    case lostWrite = "lost_write"
    /// An attempt at a delivery fails without being made.
    case deliveryFailure = "delivery_failure"
    /// A delivery is made, but counts as failed: it comes twice, with the same event id.
    case deliveryRepeated = "delivery_repeated"
}

/// A fault, how often it happens and to what.
package struct FaultRule: Hashable, Sendable {
    package var kind: FaultKind
    /// Of how many requests (or deliveries) it is true, 0…1.
    package var rate: Double
    /// How often it happens at most; nil for no bound.
    package var count: Int?
    /// The operations that it happens to, by their `operationId`; empty for all of the webhooks API.
    package var operations: Set<String>
    package var status: Int
    package var retryAfter: Int
    package var milliseconds: Int
    package var fields: [String]

    package init(
        _ kind: FaultKind, rate: Double = 1, count: Int? = nil, operations: Set<String> = [], status: Int = 500,
        retryAfter: Int = 1, milliseconds: Int = 1_000, fields: [String] = []
    ) {
        self.kind = kind
        self.rate = rate
        self.count = count
        self.operations = operations
        self.status = status
        self.retryAfter = retryAfter
        self.milliseconds = milliseconds
        self.fields = fields
    }
}

/// The faults of an organization: the same ones for the same requests in the same order, given the seed.
package struct FaultPlan: Hashable, Sendable {
    package var seed: UInt64
    package var rules: [FaultRule]

    package init(seed: UInt64 = 0, rules: [FaultRule] = []) {
        self.seed = seed
        self.rules = rules
    }
}
