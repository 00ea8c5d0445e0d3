import WebhookModel

/// Hands mails to a relay or to the system's own program.
struct MailSender: Sendable {
    let delivery: SandboxDelivery
    let environment: SandboxEnvironment

    func send(_ message: MailMessage) async throws(DeliveryFailure) {
        guard let route = delivery.mail else { return }
        guard MailText.isUsable(route.from) else { throw DeliveryFailure("the sender's address is none") }
        let text = MailText.text(of: message, from: route.from, at: environment.now())
        switch route {
        case .smtp(let relay):
            let submission = SMTPSubmission(
                relay: relay, recipients: message.recipients, message: text)
            try await SMTPClient(trustedCertificates: delivery.trustedCertificates).submit(submission)
        case .sendmail(let path, let from):
            try await SendmailProgram(path: path).send(text, from: from, to: message.recipients)
        }
    }
}
