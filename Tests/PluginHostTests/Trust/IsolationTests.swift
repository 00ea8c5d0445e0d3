import CPlatform
import Glibc
import LosslessJSON
import PluginProtocol
import TestSupport
import Testing

@testable import PluginHost

@Suite("What a plugin can see", .serialized)
struct IsolationTests {
    private static let key = "sk_live_0123456789abcdef"
    private static let secrets = ["xoxb-slack-secret", "hook-query-secret", "header-secret", "sign-secret"]

    private static let webhook = KeyedDocument(
        key: "wh_1",
        value: [
            "webhook_id": "wh_1", "webhook_name": "Team",
            "channels": [
                ["channel": "slack", "configs": ["bot_token": JSON(secrets[0]), "channel_id": "C1"]],
                [
                    "channel": "webhook",
                    "configs": [
                        "url": JSON("https://example.com/in?token=\(secrets[1])"),
                        "headers": ["Authorization": JSON(secrets[2])], "signing_secret": JSON(secrets[3]),
                    ],
                ],
            ],
        ])

    private func report(_ fixture: PluginFixture, _ webhooks: [KeyedDocument] = []) async throws -> JSON {
        let request = CommandRequest(command: "misbehave", selection: webhooks)
        return try #require(try await fixture.host.run(request, conversation: FixedConversation()).json)
    }

    @Test("its environment is made from nothing: what was granted, and never the key")
    func environment() async throws {
        let fixture = try PluginFixture(
            variables: [
                "PATH": "/usr/bin:/bin", "LANG": "de_DE.UTF-8", "TZ": "Europe/Berlin", "MIXPEEK_API_KEY": Self.key,
                "GRANTED": "yes", "SNEAKY": "x\(Self.key)y", "OTHER": "no", "HOME": "/home/user",
            ], key: Self.key)
        try fixture.enableFault(
            "looksAround", members: ["permissions": ["env": ["GRANTED", "SNEAKY"], "read": ["webhooks"]]])
        let report = try await report(fixture)
        let entries = Set(report["environment"]?.array?.compactMap(\.string) ?? [])
        let names = Set(entries.map { String($0.prefix { $0 != "=" }) })
        #expect(
            names == [
                "PATH", "LANG", "TZ", "HOME", "TMPDIR", "PYTHONDONTWRITEBYTECODE", "HOOKLINE_PLUGIN",
                "HOOKLINE_PLUGIN_INSTANCE", "GRANTED",
            ])
        #expect(entries.contains("GRANTED=yes") && entries.contains("LANG=de_DE.UTF-8"))
        #expect(entries.contains("HOME=\(fixture.stateFolder)/fault/home"))
        #expect(!report.text().contains(Self.key))
        #expect(await fixture.finish() == [])
    }

    @Test("no secret of a document reaches its input, arguments, environment or log")
    func canaries() async throws {
        let fixture = try PluginFixture(webhooks: [Self.webhook], key: Self.key)
        try fixture.enableFault("looksAround")
        let report = try await report(fixture, [Self.webhook])
        #expect(report["received"]?["selection"]?[0]?["value"]?["webhook_name"] == "Team")
        let log = "\(fixture.log())"
        for secret in Self.secrets + [Self.key] {
            #expect(!report.text().contains(secret), "\(secret)")
            #expect(!log.contains(secret))
        }
        #expect(await fixture.finish() == [])
    }

    @Test("it has three descriptors, its own session and group, no terminal, no core, and starts in its folder")
    func process() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("looksAround")
        // Descriptors that must not be inherited, whatever their flags.
        let leak = dup(STDIN_FILENO)
        defer { close(leak) }
        let report = try await report(fixture)
        #expect(report["descriptors"] == [0, 1, 2])
        #expect(report["session"] == true && report["group"] == true)
        #expect(report["terminal"] == false && report["core"] == 0)
        #expect(report["folder"] == JSON(fixture.pluginFolder + "/fault"))
        #expect(await fixture.finish() == [])
    }

    @Test("this process is hidden: its environment in /proc is root's")
    func hidden() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("looksAround")
        let report = try await report(fixture)
        #expect(platform_is_hidden() == 1)
        #expect(report["parentOwner"] == 0)
        #expect(await fixture.finish() == [])
    }

    @Test(
        "it ends when the program that started it is killed",
        .disabled(if: Sanitizer.isOfThreads, "it makes fork of vfork, and the thread does not wait for the program"))
    func parentDeath() async throws {
        // The thread that starts it stands for the program: the kernel makes no difference.
        let fixture = try PluginFixture()
        try fixture.write(JSON(PluginFixture.manifest("ignoresEverything")))
        let plan = LaunchPlan(
            program: HelperProgram.path("fault-plugin"), arguments: ["x", "ignoresEverything"],
            environment: ["HOME": fixture.stateFolder + "/"], folder: fixture.root, ownFolders: [], mark: "none")
        let process = MutexBox<pid_t>(0)
        let started = SupervisingThread.start {
            if let child = try? ChildProcess.start(plan) { process.value = child.process }
        }
        #expect(started)
        #expect(await eventually { process.value != 0 })
        var status: Int32 = 0
        #expect(await eventually { waitpid(process.value, &status, WNOHANG) == process.value })
        #expect(status & 0x7F == SIGKILL)
    }
}
