/// What an organization holds when a database first learns of it. A database that knows the organization already is
/// left as it is.
package enum SandboxSeed: Hashable, Sendable {
    case none
    /// The API pages' own example first, then a believable organization of a few dozen webhooks; always the same.
    case samples
    /// This many webhooks: the samples, then more of their kind, each different; always the same.
    case generated(count: Int)
    /// A file that holds a JSON array of webhooks, kept as spelt. One without `webhook_id`, `created_at` or
    /// `updated_at` is given them.
    case file(path: String)
}
