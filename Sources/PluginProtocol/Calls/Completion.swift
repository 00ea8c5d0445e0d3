import LosslessJSON

/// `complete`: what could stand at the cursor.
package struct CompletionParams: Hashable, Sendable {
    /// The command, or the name of a contributed completion.
    package var command: String
    /// The words before the one at the cursor.
    package var argv: [String]
    package var word: String
    /// Bytes before the cursor in `word`.
    package var cursor: Int

    package init(command: String, argv: [String] = [], word: String = "", cursor: Int? = nil) {
        self.command = command
        self.argv = argv
        self.word = word
        self.cursor = cursor ?? word.utf8.count
    }

    package init(_ json: JSON) throws(ShapeError) {
        let shape = Shape(json)
        command = try shape.text("command")
        argv = try shape.texts("argv")
        word = try shape.optionalText("word") ?? ""
        cursor = try shape.optional("cursor")?.count() ?? word.utf8.count
    }

    package var json: JSON {
        [
            "command": JSON(command), "argv": JSON(argv.map { JSON($0) }), "word": JSON(word), "cursor": JSON(cursor),
        ]
    }
}

package struct CompletionCandidate: Hashable, Sendable {
    package var value: String
    package var description: String?

    package init(value: String, description: String? = nil) {
        self.value = value
        self.description = description
    }

    init(_ shape: Shape) throws(ShapeError) {
        value = try shape.text("value")
        description = try shape.optionalText("description")
    }

    var json: JSON {
        var members: JSONObject = ["value": JSON(value)]
        members["description"] = description.map { JSON($0) }
        return JSON(members)
    }
}

package struct CompletionResult: Hashable, Sendable {
    package var candidates: [CompletionCandidate]

    package init(candidates: [CompletionCandidate]) { self.candidates = candidates }

    package init(_ json: JSON) throws(ShapeError) {
        candidates = try Shape(json).map("candidates", CompletionCandidate.init)
    }

    package var json: JSON { ["candidates": JSON(candidates.map(\.json))] }
}
