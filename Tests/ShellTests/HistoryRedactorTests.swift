import Testing

@testable import Shell

@Suite("What the history does not keep")
struct HistoryRedactorTests {
    @Test(
        "a word that looks like a key or token is masked, the rest stays",
        arguments: [
            ("set-channel slack bot_token=xoxb-1234567890-abc", "set-channel slack bot_token=••••"),
            ("echo 'sk_live_abcdefgh' end", "echo '••••' end"),
            (
                "add-channel slack webhook_url=https://hooks.slack.com/services/T0/B0/x",
                "add-channel slack webhook_url=••••"
            ),
            ("set-channel slack bot_token=hunter2", "set-channel slack bot_token=••••"),
            ("listen --secret hunter2 --port 8080", "listen --secret •••• --port 8080"),
            ("listen --secret=hunter2", "listen --secret=••••"),
            ("set channels[0].configs.signing_secret my-pass", "set channels[0].configs.signing_secret ••••"),
            ("replace channels.slack.bot_token old new; ls", "replace channels.slack.bot_token •••• ••••; ls"),
            (
                "add-channel webhook { \"url\": \"x\", \"signing_secret\": \"abc\" }",
                "add-channel webhook { \"url\": \"x\", \"signing_secret\": •••• ••••"
            ),
            ("echo 0123456789abcdef0123456789abcdef01234567", "echo ••••"),
        ])
    func masked(_ line: String, _ kept: String) {
        #expect(HistoryRedactor.redact(line) == kept)
    }

    @Test(
        "an ordinary line stays as it is",
        arguments: [
            "ls where active and channel = slack", "use wh_abc123def4",
            "set-channel slack bot_token=${secret:SLACK_TOKEN}", "listen --secret secret:SIGNING --limit 1",
            "add-event collection.documents.batch_completed", "run scripts/batch/move-slack-channel.hook old=C01",
        ])
    func ordinary(_ line: String) {
        #expect(HistoryRedactor.redact(line) == line)
    }
}
