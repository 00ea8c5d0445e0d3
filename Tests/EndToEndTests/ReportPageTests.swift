import Glibc
import LosslessJSON
import TestSupport
import Testing

@Suite("Pages of the report plugin, in a browser")
struct ReportPageTests {
    private static let project = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    private static let python = "/usr/bin/python3"

    /// A browser that can be driven; nil where none is installed, or nothing to drive it with.
    private static let browser: String? = {
        guard access(python, X_OK) == 0 else { return nil }
        let folders = getenv("PATH").map { String(cString: $0) }?.split(separator: ":") ?? []
        let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
        let paths = names.flatMap { name in folders.map { "\($0)/\(name)" } }
        return paths.first { access($0, X_OK) == 0 }
    }()

    /// Names that are markup, that turn the direction around, and that are too long.
    private static let hostile: JSON = [
        [
            "webhook_name": "<script>alert(1)</script> \u{202E}gnp.exe", "is_active": true,
            "event_types": ["<img src=x onerror=alert(1)>", "object.created"],
            "channels": [["channel": "slack", "configs": ["channel_id": "C1"]]],
        ],
        [
            "webhook_name": JSON(String(repeating: "W", count: 200)), "is_active": true,
            "event_types": [JSON(String(repeating: "a", count: 120))],
            "channels": [["channel": "\"><svg onload=alert(2)>", "configs": [:]]],
        ],
    ]

    @Test(
        "webhooks and a plan are shown whole, wide and narrow, light and dark; nothing runs, and nothing is asked for",
        .enabled(if: ReportPageTests.browser != nil, "no Chromium is installed"))
    func pages() async throws {
        let home = try Home()
        #expect(try await home.hookline("plugin", "install", Self.project + "/plugins/report").status == 0)
        let info = try JSON(parsing: try await home.hookline("plugin", "info", "report", "--json").output)
        let pin = try #require(info["sha256"]?.string)
        #expect(try await home.hookline("plugin", "enable", "report", "--pin", pin).status == 0)

        let webhooks = try await home.hookline("ls", "--format", "html")
        #expect(webhooks.status == 0, "\(webhooks.errors)")
        try home.write(webhooks.output, to: "webhooks.html")
        try home.write(Self.hostile.text(.compact), to: "hostile.json")
        let line = "use wh_abc123def4; set name '</pre></body><b>'; deselect; import hostile.json; plan --format html"
        let plan = try await home.hookline("-c", line)
        #expect(plan.status == 0 && plan.output.contains("<del>"), "\(plan.errors)")
        #expect(!plan.output.contains("\u{202E}") && !plan.output.contains("<script>"))
        try home.write(plan.output, to: "plan.html")

        let words = [
            Self.project + "/Tests/Helpers/browser/check_page.py", "--browser", Self.browser ?? "",
            home.file("webhooks.html"), home.file("plan.html"),
        ]
        let checked = try await ProgramRun.run(Self.python, words, environment: home.environment(), seconds: 300)
        #expect(checked.status == 0, "\(checked.output) \(checked.errors)")
        #expect(
            checked.lines.count == 8 && checked.lines.allSatisfy { $0.contains(": ok, 2 plots") }, "\(checked.output)")
    }
}
