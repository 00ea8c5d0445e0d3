import LosslessJSON

/// What a policy or a validator has to say of a change.
package struct PluginFinding: Hashable, Sendable {
    package enum Level: String, Hashable, Sendable {
        /// The commit may not go on.
        case deny
        case warn
    }

    /// The webhook; nil where it is about all of them.
    package var key: String?
    package var level: Level
    /// A short name, by which the user can tell it from others.
    package var rule: String
    package var path: String?
    package var message: String

    package init(key: String? = nil, level: Level, rule: String, path: String? = nil, message: String) {
        self.key = key
        self.level = level
        self.rule = rule
        self.path = path
        self.message = message
    }

    init(_ shape: Shape) throws(ShapeError) {
        key = try shape.optionalText("key")
        level = try shape.word("level")
        rule = try shape.text("rule")
        path = try shape.optionalText("path")
        message = try shape.text("message")
    }

    package var json: JSON {
        var members: JSONObject = [:]
        members["key"] = key.map { JSON($0) }
        members["level"] = JSON(level.rawValue)
        members["rule"] = JSON(rule)
        members["path"] = path.map { JSON($0) }
        members["message"] = JSON(message)
        return JSON(members)
    }
}

/// The answer of `policy/check` and `validate/channel`.
package struct FindingsResult: Hashable, Sendable {
    package var findings: [PluginFinding]

    package init(findings: [PluginFinding]) { self.findings = findings }

    /// `findings` must be there: an answer without is malformed, not a pass.
    package init(_ json: JSON) throws(ShapeError) {
        findings = try Shape(json).list("findings", of: PluginFinding.init)
    }

    package var json: JSON { ["findings": JSON(findings.map(\.json))] }
}
