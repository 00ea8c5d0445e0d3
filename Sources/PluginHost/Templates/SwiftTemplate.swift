/// A plugin in Swift, with PluginKit.
enum SwiftTemplate {
    static func package(_ id: String, kit: String) -> String {
        #"""
        // swift-tools-version: 6.1
        import PackageDescription

        let package = Package(
            name: "\#(id)",
            platforms: [.macOS(.v15)],
            dependencies: [.package(name: "hookline", \#(kit))],
            targets: [
                .executableTarget(name: "\#(id)", dependencies: [.product(name: "PluginKit", package: "hookline")])
            ]
        )

        """#
    }

    static func program(_ id: String) -> String {
        #"""
        import PluginKit

        @main
        struct Main {
            static func main() {
                var plugin = Plugin(version: "0.1.0")
                plugin.command("\#(id)") { call in
                    let name = call.arguments.first ?? "you"
                    return CommandResult(text: "hello \(name), \(call.selection.count) webhooks are selected\n")
                }
                plugin.run()
            }
        }

        """#
    }
}
