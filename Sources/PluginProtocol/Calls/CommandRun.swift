import LosslessJSON

/// `command/run`.
package struct CommandParams: Hashable, Sendable {
    package var name: String
    /// The words that are no flags.
    package var argv: [String]
    /// Flags by name: `true`, or the value.
    package var flags: JSONObject
    /// What is selected; the documents are there with the permission to read webhooks, else the keys alone.
    package var selection: [SelectedWebhook]
    /// Whether no write leaves the process, whatever comes of it.
    package var dryRun: Bool

    package init(
        name: String, argv: [String] = [], flags: JSONObject = [:], selection: [SelectedWebhook] = [],
        dryRun: Bool = false
    ) {
        self.name = name
        self.argv = argv
        self.flags = flags
        self.selection = selection
        self.dryRun = dryRun
    }

    package init(_ json: JSON) throws(ShapeError) {
        let shape = Shape(json)
        name = try shape.text("name")
        argv = try shape.texts("argv")
        flags = try shape.optional("flags")?.object() ?? [:]
        selection = try shape.map("selection", SelectedWebhook.init)
        dryRun = try shape.optionalBoolean("dryRun") ?? false
    }

    package var json: JSON {
        [
            "name": JSON(name), "argv": JSON(argv.map { JSON($0) }), "flags": JSON(flags),
            "selection": JSON(selection.map(\.json)), "dryRun": JSON(dryRun),
        ]
    }
}

package struct SelectedWebhook: Hashable, Sendable {
    package let key: String
    package let value: JSON?

    package init(key: String, value: JSON?) {
        self.key = key
        self.value = value
    }

    init(_ shape: Shape) throws(ShapeError) {
        key = try shape.text("key")
        value = shape.optional("value")?.json
    }

    var json: JSON {
        var members: JSONObject = ["key": JSON(key)]
        members["value"] = value
        return JSON(members)
    }
}

/// What a command came to.
package struct CommandResult: Hashable, Sendable {
    /// As of a program; 0 is success.
    package var exit: Int
    package var text: String?
    package var json: JSON?
    package var edits: [PluginEdit]

    package init(exit: Int, text: String? = nil, json: JSON? = nil, edits: [PluginEdit] = []) {
        self.exit = exit
        self.text = text
        self.json = json
        self.edits = edits
    }

    package init(_ json: JSON) throws(ShapeError) {
        let shape = Shape(json)
        exit = try shape.optional("exit")?.count() ?? 0
        text = try shape.optionalText("text")
        self.json = shape.optional("json")?.json
        edits = try shape.map("edits", PluginEdit.init)
    }

    package var message: JSON {
        var members: JSONObject = ["exit": JSON(exit)]
        members["text"] = text.map { JSON($0) }
        members["json"] = json
        if !edits.isEmpty { members["edits"] = JSON(edits.map(\.json)) }
        return JSON(members)
    }
}
