import LosslessJSON
import TestSupport
import Testing

/// Each script of scripts/batch on an organization of 500 webhooks: checked, run dry, and run.
@Suite("Batch scripts", .batchServer(BatchScene.scripts + ["production"]))
struct BatchLibraryTests {
    @Test("--check finds nothing wrong with any of them, and each says at its head how it is run")
    func check() async throws {
        #expect(BatchScene.scripts.count >= 12)
        let home = try Home()
        for name in BatchScene.scripts {
            let path = BatchScene.folder + name + ".hook"
            let run = try await home.hookline("run", path, "--check")
            #expect(run.status == 0, "\(name): \(run.errors)")
            let head = try await ProgramRun.run("/bin/cat", [path], environment: [:]).output
            #expect(head.contains("run scripts/batch/\(name).hook"))
            #expect(head.contains("\nrequires hookline 1\n"))
        }
    }

    @Test("README names each of them, and no other")
    func readme() async throws {
        let path = BatchScene.folder + "../../README.md"
        let text = try await ProgramRun.run("/bin/cat", [path], environment: [:]).output
        let named = text.split(separator: "\n").compactMap { line -> String? in
            guard line.hasPrefix("| `"), let end = line.firstRange(of: ".hook` |") else { return nil }
            return String(line[line.index(line.startIndex, offsetBy: 3)..<end.lowerBound])
        }
        #expect(named.sorted() == BatchScene.scripts)
    }

    @Test("pause-all pauses every active webhook, and does nothing the second time")
    func pauseAll() async throws {
        let scene = try BatchScene("pause-all")
        _ = try await scene.perform()
        #expect(try await scene.count("active") == 0)
        #expect(try await scene.attempt().errors.contains("Nothing is staged."))
    }

    @Test("move-slack-channel moves exactly the webhooks of that channel")
    func moveSlackChannel() async throws {
        let scene = try BatchScene("move-slack-channel")
        let before = try await scene.count("channels.slack.channel_id = C0123456789")
        #expect(before > 400)
        _ = try await scene.perform("old=C0123456789", "new=C0987650000")
        #expect(try await scene.count("channels.slack.channel_id = C0123456789") == 0)
        #expect(try await scene.count("channels.slack.channel_id = C0987650000") == before)
        let bad = try await scene.attempt("old=.*", "new=C1")
        #expect(bad.status == 1)
        #expect(bad.errors.contains("capital letters and digits"))
    }

    @Test("move-destination puts an endpoint in a Slack channel's place, once")
    func moveDestination() async throws {
        let scene = try BatchScene("move-destination")
        let url = "https://hooks.example.com/mixpeek"
        let before = try await scene.count("channels.slack.channel_id = C0123456789")
        let mails = try await scene.count("channel = email")
        _ = try await scene.perform("channel=C0123456789", "url=\(url)")
        #expect(try await scene.count("channels.slack.channel_id = C0123456789") == 0)
        #expect(try await scene.count("count(channels.webhook.url = '\(url)') = 1") == before)
        #expect(try await scene.count("channel = email") == mails)
    }

    @Test("rename-event-type follows the name everywhere")
    func renameEventType() async throws {
        let scene = try BatchScene("rename-event-type")
        let before = try await scene.count("events has object.created")
        _ = try await scene.perform("old=object.created", "new=objects.created.batch")
        #expect(try await scene.count("events has object.created") == 0)
        #expect(try await scene.count("events has objects.created.batch") == before)
    }

    @Test("a script without what it asks for stops before it changes anything")
    func missingParameter() async throws {
        let run = try await (try BatchScene("rename-event-type")).attempt()
        #expect(run.status == 2)
        #expect(run.errors.contains("old"))
    }

    @Test("rotate-slack-token replaces the old token and shows neither")
    func rotateSlackToken() async throws {
        let scene = try BatchScene("rotate-slack-token")
        try await scene.run("set-channel slack bot_token=xoxb-canary-old-0001 --on wh_abc123def4; commit --yes")
        try await scene.secret("SLACK_TOKEN_OLD", "xoxb-canary-old-0001")
        try await scene.secret("SLACK_TOKEN_NEW", "xoxb-canary-new-0002")
        _ = try await scene.perform()
        #expect(try await scene.count("channels.slack.bot_token = xoxb-canary-new-0002") == 1)
        #expect(try await scene.count("channels.slack.bot_token = xoxb-canary-old-0001") == 0)
    }

    @Test("rotate-signing-secret changes the endpoints of one host that have one, and with all=true the others, too")
    func rotateSigningSecret() async throws {
        let scene = try BatchScene("rotate-signing-secret")
        try await scene.run(
            "each where name = 'Team Text'; set-channel webhook signing_secret=whsec_canary_old; end; commit --yes")
        try await scene.secret("SIGNING_SECRET_NEW", "whsec_canary_new_01")
        _ = try await scene.perform("host=hooks.example.com")
        #expect(try await scene.count("channels.webhook.signing_secret = whsec_canary_new_01") == 1)
        let all = try await scene.attempt("host=hooks.example.com", "all=true")
        #expect(all.status == 0, "\(all.errors)")
        let endpoints = try await scene.count("channels.webhook.url ~ 'https://hooks.example.com/*'")
        #expect(endpoints > 50)
        #expect(try await scene.count("channels.webhook.signing_secret = whsec_canary_new_01") == endpoints)
    }

    @Test("add-audit-channel adds one channel everywhere, once")
    func addAuditChannel() async throws {
        let scene = try BatchScene("add-audit-channel")
        let url = "https://audit.example.com/hookline"
        _ = try await scene.perform("url=\(url)")
        #expect(try await scene.count("count(channels.webhook.url = '\(url)') = 1") == 500)
        #expect(try await scene.attempt("url=\(url)").errors.contains("Nothing is staged."))
    }

    @Test("subscribe-by-pattern adds the events of a pattern to the webhooks of another")
    func subscribeByPattern() async throws {
        let scene = try BatchScene("subscribe-by-pattern")
        _ = try await scene.perform("names=Team S*", "events=cluster.execution.*")
        let all = try await scene.count("name ~ 'Team S*'")
        #expect(all > 50)
        #expect(try await scene.count("name ~ 'Team S*' and count(events ~ 'cluster.execution.*') = 3") == all)
        #expect(try await scene.count("count(events ~ 'cluster.execution.*') = 3 and not name ~ 'Team S*'") == 1)
    }

    @Test("rename-by-pattern renames with groups, and refuses to leave a name empty")
    func renameByPattern() async throws {
        let scene = try BatchScene("rename-by-pattern")
        let before = try await scene.count("name ~ 'Team *'")
        let empty = try await scene.attempt("old=^Team .*$", "new=")
        #expect(empty.status == 1)
        #expect(empty.errors.contains("a name would become empty"))
        _ = try await scene.perform("old=^Team (.*)$", "new=Squad $1")
        #expect(try await scene.count("name ~ 'Team *'") == 0)
        #expect(try await scene.count("name ~ 'Squad *'") == before)
        #expect(try await scene.count("name = 'Squad Search'") == 1)
    }

    @Test("split-webhook leaves two webhooks whose events are those of the one before")
    func splitWebhook() async throws {
        let scene = try BatchScene("split-webhook")
        _ = try await scene.perform("source=Cluster Failures Pager", "events=cluster.*", "name=Cluster Pager")
        let state = try await scene.run(
            "show 'Cluster Failures Pager' event_types; show 'Cluster Pager' event_types; count")
        #expect(state == "[0]\ttrigger.execution.failed\n[0]\tcluster.execution.failed\n501\n")
        #expect(try await scene.count("name = 'Cluster Pager' and channel = sms and channel = email") == 1)
        let nothing = try await scene.attempt("source=Cluster Pager", "events=object.*", "name=X")
        #expect(nothing.status == 1)
        #expect(nothing.errors.contains("no event of that webhook matches"))
    }

    @Test("deduplicate pauses the younger of two alike, or deletes it, and nothing else")
    func deduplicate() async throws {
        let scene = try BatchScene("deduplicate")
        try await scene.run(
            "clone 'Team Search'; commit --yes; clone 'Audit Trail'; clone wh_abc123def4 Other; commit --yes --allow wildcard"
        )
        let active = try await scene.count("active")
        let run = try await scene.perform()
        #expect(run.lines.map { $0.split(separator: "  ").last } == ["Team Search", "Audit Trail"])
        #expect(try await scene.count("active") == active - 2)
        #expect(try await scene.count("id = wh_em6RLiB0vd and active") == 1)
        try await scene.run(
            "each where not active and name in ['Team Search', 'Audit Trail']; set active true; end; commit --yes")
        let removal = try await scene.attempt("remove=true")
        #expect(removal.status == 0, "\(removal.errors)")
        #expect(try await scene.count("name in ['Team Search', 'Audit Trail', Other]") == 3)
    }

    @Test("restore-paused enables exactly those that the run paused and nobody touched since")
    func restorePaused() async throws {
        let scene = try BatchScene("restore-paused", other: "production")
        let before = try await scene.run("ls --ids where active")
        try await scene.run("select where active; set active false; commit --yes")
        let one = try #require(before.split(separator: "\n").first)
        try await scene.run("set active true --on \(one); commit --yes; set active false --on \(one); commit --yes")
        _ = try await scene.perform("run=1")
        #expect(try await scene.run("ls --ids where active") == before)
        let unknown = try await scene.attempt("run=99")
        #expect(unknown.status == 1)
        let elsewhere = try await scene.home.hookline("--profile", "production", "run", scene.script, "run=1", "--yes")
        #expect(elsewhere.errors.contains("that run was on another profile"))
    }

    @Test("quarantine-failing pauses those that fail so often, and names them")
    func quarantineFailing() async throws {
        let scene = try BatchScene("quarantine-failing")
        try await scene.run(
            """
            sandbox faults delivery_failure
            sandbox emit taxonomy.created
            wait until len($(health where active)) = 2 --timeout 60s
            """)
        let failing = try await scene.count("active and health.consecutive_failures >= 1")
        let active = try await scene.count("active")
        let run = try await scene.perform("failures=1", ignoring: "delivery_health")
        #expect(failing > 0)
        #expect(run.lines.count == failing)
        #expect(run.output.contains("Taxonomy Watch"))
        #expect(try await scene.count("active") == active - failing)
    }

    @Test("restore-export brings back what was deleted and changed, and leaves the rest")
    func restoreExport() async throws {
        let scene = try BatchScene("restore-export")
        try await scene.run("export before.yaml --with-secrets where name ~ 'Team S*'")
        let wanted = try await scene.run("ls --tsv --sort name --columns name,active,events where name ~ 'Team S*'")
        try await scene.run(
            """
            delete 'Team Search'
            set active false --on 'Team Sales'
            set-events object.deleted --on 'Team Security'
            set description kept --on 'Team Vision'
            commit --yes --allow delete
            """)
        _ = try await scene.perform("file=\(scene.home.file("before.yaml"))")
        #expect(
            try await scene.run("ls --tsv --sort name --columns name,active,events where name ~ 'Team S*'") == wanted)
        #expect(try await scene.count("description = kept") == 1)
    }

    @Test("clone-to-production brings webhooks over by name, with the secret of over there")
    func cloneToProduction() async throws {
        let scene = try BatchScene("clone-to-production", other: "production")
        try await scene.secret("SLACK_TOKEN_PRODUCTION", "xoxb-canary-production")
        try await scene.run(
            "set name 'Team New' --on 'Team Sales'; set description staging --on 'Team Search'; commit --yes")
        let before = try await scene.count("true", profile: "production")
        _ = try await scene.perform("to=production", "names=Team *")
        #expect(try await scene.count("true", profile: "production") == before + 1)
        #expect(try await scene.count("description = staging", profile: "production") == 1)
        #expect(
            try await scene.count(
                "name = 'Team New' and channels.slack.bot_token = xoxb-canary-production", profile: "production") == 1)
    }

    @Test("report-unreceived names event types without a receiver and webhooks that send nothing, and changes nothing")
    func reportUnreceived() async throws {
        let scene = try BatchScene("report-unreceived")
        try await scene.run("each where events has '*'; set active false; end; commit --yes")
        let run = try await scene.perform()
        #expect(run.lines.first == "# event types that nobody receives")
        #expect(run.lines.contains("alert.triggered"))
        #expect(!run.lines.contains("object.created"))
        #expect(run.lines.contains { $0.hasSuffix("Legacy Relay  connection refused") })
        #expect(run.lines.contains { $0.hasSuffix("Audit Trail  paused") })
        let old = try await scene.attempt("before=2000-01-01")
        #expect(old.lines.last == "# webhooks that send nothing")
    }
}
