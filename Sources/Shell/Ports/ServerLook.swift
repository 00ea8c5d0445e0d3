import LosslessJSON
import WebhookModel

/// What one short question tells of a server: its first webhooks, and how it answered.
package struct ServerLook: Sendable {
    package struct Page: Sendable {
        package var dialect: Profile.Dialect
        /// At least one, where there are any and the server tells them.
        package var webhooks: [Webhook]

        package init(dialect: Profile.Dialect, webhooks: [Webhook]) {
            self.dialect = dialect
            self.webhooks = webhooks
        }
    }

    package var page: Result<Page, ServiceError>
    /// The `Date` of the answer, in seconds since 1970; nil where it had none.
    package var serverTime: Int?
    package var took: Duration
    /// Host and port of the proxy that it went through; nil for none.
    package var proxy: String?

    package init(page: Result<Page, ServiceError>, serverTime: Int?, took: Duration, proxy: String? = nil) {
        self.page = page
        self.serverTime = serverTime
        self.took = took
        self.proxy = proxy
    }
}

extension ServerLook.Page {
    enum MaskedSecrets: Sendable { case none, plain, masked }

    /// Whether what should be secret looks like a mask: a server that masks masks everything.
    var masking: MaskedSecrets {
        let secrets = webhooks.flatMap { SecretPaths.secrets(in: $0.document) }
            .filter { $0.extent == .whole }.compactMap(\.value.string).filter { !$0.isEmpty }
        if secrets.isEmpty { return .none }
        return secrets.allSatisfy(Masking.looksMasked) ? .masked : .plain
    }
}
