import LosslessJSON

/// `initialize`: what the host offers and grants.
package struct InitializeParams: Hashable, Sendable {
    /// The versions that the host speaks.
    package var protocols: [Int]
    /// The host's name and version.
    package var host: String
    /// The permissions, as the manifest asked and the user granted.
    package var granted: Permissions
    package var limits: WireLimits
    /// A folder of the plugin's own; nil without the permission `state`.
    package var stateDir: String?

    package init(
        protocols: [Int] = ProtocolVersion.supported, host: String, granted: Permissions,
        limits: WireLimits = .standard,
        stateDir: String?
    ) {
        self.protocols = protocols
        self.host = host
        self.granted = granted
        self.limits = limits
        self.stateDir = stateDir
    }

    package init(_ json: JSON) throws(ShapeError) {
        let shape = Shape(json)
        protocols = try shape.list("protocols") { element throws(ShapeError) in try element.count() }
        host = try shape.optionalText("host") ?? ""
        granted = try shape.optional("granted").map(Permissions.init(reading:)) ?? Permissions()
        limits = try shape.optional("limits").map(WireLimits.init(reading:)) ?? .standard
        stateDir = try shape.optionalText("stateDir")
    }

    package var json: JSON {
        [
            "protocols": JSON(protocols.map { JSON($0) }), "host": JSON(host), "granted": granted.json,
            "limits": limits.json, "stateDir": stateDir.map { JSON($0) } ?? .null,
        ]
    }
}

/// Sizes that hold on this connection, in bytes.
package struct WireLimits: Hashable, Sendable {
    package var line: Int
    package var part: Int

    package init(line: Int, part: Int) {
        self.line = line
        self.part = part
    }

    package static let standard = WireLimits(line: Limits.lineLength, part: Limits.partLength)

    init(reading shape: Shape) throws(ShapeError) {
        line = try shape.optional("line")?.count() ?? Limits.lineLength
        part = try shape.optional("part")?.count() ?? Limits.partLength
    }

    var json: JSON { ["line": JSON(line), "part": JSON(part)] }
}

/// What a plugin answers to `initialize`.
package struct InitializeResult: Hashable, Sendable {
    package var protocolVersion: Int
    /// The plugin's own version.
    package var version: String
    /// The methods that it answers, ``Method``'s names.
    package var implements: [String]

    package init(protocolVersion: Int, version: String, implements: [String]) {
        self.protocolVersion = protocolVersion
        self.version = version
        self.implements = implements
    }

    package init(_ json: JSON) throws(ShapeError) {
        let shape = Shape(json)
        protocolVersion = try shape.count("protocol")
        version = try shape.optionalText("version") ?? ""
        implements = try shape.texts("implements")
    }

    package var json: JSON {
        [
            "protocol": JSON(protocolVersion), "version": JSON(version),
            "implements": JSON(implements.map { JSON($0) }),
        ]
    }
}
