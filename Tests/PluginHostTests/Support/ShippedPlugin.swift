import LosslessJSON
import TestSupport

@testable import PluginHost

/// The plugins that come with the program, installed as a user would and enabled by their pins.
enum ShippedPlugin {
    static let ids = ["audit", "slack-migrate", "report", "pagerduty", "team-macros"]

    static var folder: String {
        let file = #filePath
        let root = file.split(separator: "/").dropLast(4).joined(separator: "/")
        return "/\(root)/plugins"
    }

    /// Where built programs are.
    static var programs: String {
        HelperProgram.path("audit").split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    }

    static func enable(_ id: String, in fixture: PluginFixture) throws {
        try PluginInstaller.install(folder + "/" + id, into: fixture.pluginFolder, programs: programs)
        try fixture.host.enable(try fixture.host.preview(id))
    }
}

extension PluginFixture {
    /// Holds a plugin of this fixture's folder against the protocol.
    func conformance(_ id: String, patience: Duration = .seconds(180)) async -> [ConformanceResult] {
        await PluginConformance(
            folder: PluginFolder.read(pluginFolder + "/" + id), surroundings: host.configuration.surroundings,
            nonce: host.configuration.nonce, now: host.configuration.now, patience: patience
        ).results()
    }
}
