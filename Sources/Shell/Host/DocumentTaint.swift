import HookScript
import LosslessJSON
import WebhookModel

/// Marks what is secret in a webhook's document, so that the language neither prints nor records it.
enum DocumentTaint {
    static func taint(of webhook: Webhook, key: String) -> Taint? {
        let members = SecretPaths.secrets(in: webhook.document).map { secret in
            Taint.Member(path: secret.path, taint: Taint(reference: "webhook:\(key):\(secret.path)"))
        }
        return Taint(members: members)
    }
}
