// swift-tools-version: 6.1
import PackageDescription

// Targets, who may import whom, and why: docs/architecture.md. `scripts/check-imports` holds the rule.

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
    name: "hookline",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "hookline", targets: ["hookline"]),
        .library(name: "PluginKit", targets: ["PluginKit"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        // C, each a thin layer over calls that Swift cannot make.
        .target(name: "CPlatform"),
        .target(name: "CEditline", linkerSettings: [.linkedLibrary("edit")]),
        .systemLibrary(name: "CMessageDigest", providers: [.apt(["libmd-dev"])]),

        // Libraries that read no terminal, environment, home, clock or randomness.
        .target(name: "Digest", dependencies: ["CMessageDigest"]),
        .target(name: "LosslessJSON"),
        .target(name: "LineEditor", dependencies: ["CEditline"]),
        .target(name: "HookScript", dependencies: ["LosslessJSON"]),
        .target(name: "WebhookModel", dependencies: ["LosslessJSON"]),
        .target(name: "WebhookAPI", dependencies: ["WebhookModel", "LosslessJSON", asyncHTTPClient, logging]),
        .target(name: "Session", dependencies: ["WebhookModel", "LosslessJSON"]),
        .target(name: "Journal", dependencies: ["Session", "WebhookModel", "LosslessJSON", grdb, sqlite]),
        .target(name: "PluginProtocol", dependencies: ["LosslessJSON"]),
        .target(
            name: "PluginHost", dependencies: ["PluginProtocol", "LosslessJSON", "WebhookModel", "Digest", "CPlatform"]),
        .target(
            name: "Sandbox",
            dependencies: ["WebhookModel", "LosslessJSON", "Digest", asyncHTTPClient, hummingbird, grdb, logging]),

        // For authors of plugins, and the plugins written with it.
        .target(name: "PluginKit", dependencies: ["PluginProtocol", "LosslessJSON"]),
        .executableTarget(name: "audit", dependencies: ["PluginKit"], path: "plugins/audit/Sources"),

        // The program.
        .target(
            name: "Shell",
            dependencies: [
                "LosslessJSON", "Digest", "LineEditor", "HookScript", "WebhookModel", "Session", "PluginHost",
                "PluginProtocol", logging, yams,
            ]),
        .executableTarget(
            name: "hookline",
            dependencies: [
                "CPlatform", "LosslessJSON", "LineEditor", "HookScript", "WebhookModel", "WebhookAPI", "Session",
                "Journal", "Sandbox", "PluginHost", "Shell", argumentParser, hummingbird, logging,
            ],
            // Debug builds go without: sanitizers bring allocators of their own.
            linkerSettings: [.linkedLibrary("jemalloc", .when(platforms: [.linux], configuration: .release))]),

        // Tests, and the programs they start.
        .target(
            name: "TestSupport", dependencies: ["CPlatform", "LosslessJSON", "WebhookModel", "Session"],
            path: "Tests/TestSupport"),
        .executableTarget(name: "json-bench", dependencies: ["LosslessJSON"], path: "Tests/Helpers/json-bench"),
        .executableTarget(
            name: "completion-bench",
            dependencies: ["Shell", "Session", "LineEditor", "LosslessJSON", "WebhookModel", "TestSupport"],
            path: "Tests/Helpers/completion-bench"),
        .executableTarget(
            name: "script-bench", dependencies: ["HookScript", "LosslessJSON"], path: "Tests/Helpers/script-bench"),
        .executableTarget(
            name: "fuzz-script", dependencies: ["HookScript", "LosslessJSON"], path: "Tests/Helpers/fuzz-script"),
        .executableTarget(
            name: "fuzz-documents", dependencies: ["Shell", "LosslessJSON"], path: "Tests/Helpers/fuzz-documents"),
        .executableTarget(
            name: "line-editor-probe", dependencies: ["LineEditor", "CPlatform"],
            path: "Tests/Helpers/line-editor-probe"),
        .executableTarget(
            name: "sandbox-bench",
            dependencies: ["Sandbox", "WebhookModel", "LosslessJSON", asyncHTTPClient, hummingbird, logging],
            path: "Tests/Helpers/sandbox-bench"),
        .executableTarget(
            name: "simulator",
            dependencies: ["Session", "WebhookAPI", "WebhookModel", "LosslessJSON", "CPlatform", logging],
            path: "Tests/Helpers/simulator"),
        .executableTarget(
            name: "fault-plugin", dependencies: ["PluginProtocol", "LosslessJSON", "CPlatform"],
            path: "Tests/Helpers/fault-plugin"),
        .executableTarget(
            name: "plugin-bench", dependencies: ["PluginHost", "PluginKit", "PluginProtocol", "LosslessJSON"],
            path: "Tests/Helpers/plugin-bench"),
        .testTarget(name: "DigestTests", dependencies: ["Digest"]),
        .testTarget(name: "LosslessJSONTests", dependencies: ["LosslessJSON"]),
        .testTarget(
            name: "LineEditorTests", dependencies: ["LineEditor", "TestSupport", "CPlatform", "line-editor-probe"]),
        .testTarget(name: "HookScriptTests", dependencies: ["HookScript", "LosslessJSON"], exclude: ["Scripts"]),
        .testTarget(name: "WebhookModelTests", dependencies: ["WebhookModel", "LosslessJSON", "TestSupport"]),
        .testTarget(
            name: "WebhookAPITests",
            dependencies: ["WebhookAPI", "WebhookModel", "LosslessJSON", "TestSupport", logging]),
        .testTarget(name: "SessionTests", dependencies: ["Session", "WebhookModel", "LosslessJSON", "TestSupport"]),
        .testTarget(
            name: "JournalTests",
            dependencies: ["Journal", "Session", "WebhookModel", "LosslessJSON", "TestSupport", grdb]),
        .testTarget(
            name: "SandboxTests",
            dependencies: ["Sandbox", "WebhookModel", "LosslessJSON", "Digest", hummingbird, grdb, logging]),
        .testTarget(
            name: "ShellTests",
            dependencies: [
                "Shell", "HookScript", "LineEditor", "LosslessJSON", "Session", "WebhookModel", "TestSupport", yams,
            ]),
        .testTarget(name: "PluginProtocolTests", dependencies: ["PluginProtocol", "LosslessJSON", "TestSupport"]),
        .testTarget(name: "PluginKitTests", dependencies: ["PluginKit", "PluginProtocol", "LosslessJSON"]),
        .testTarget(
            name: "PluginHostTests",
            dependencies: [
                "PluginHost", "PluginProtocol", "LosslessJSON", "WebhookModel", "Session", "CPlatform", "TestSupport",
                "fault-plugin", "audit",
            ]),
        .testTarget(name: "SimulationTests", dependencies: ["TestSupport", "simulator"]),
        .testTarget(name: "EndToEndTests", dependencies: ["hookline", "LosslessJSON", "TestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)
