import LosslessJSON

/// `transform/apply`: webhooks to edit.
package struct TransformParams: Hashable, Sendable {
    /// The name of the contribution.
    package var name: String
    package var args: JSONObject
    package var webhooks: [KeyedDocument]

    package init(name: String, args: JSONObject = [:], webhooks: [KeyedDocument]) {
        self.name = name
        self.args = args
        self.webhooks = webhooks
    }

    package init(_ json: JSON) throws(ShapeError) {
        let shape = Shape(json)
        name = try shape.optionalText("name") ?? ""
        args = try shape.optional("args")?.object() ?? [:]
        webhooks = try shape.list("webhooks", of: KeyedDocument.init)
    }
}

package struct EditsResult: Hashable, Sendable {
    package var edits: [PluginEdit]

    package init(edits: [PluginEdit]) { self.edits = edits }

    package init(_ json: JSON) throws(ShapeError) {
        edits = try Shape(json).list("edits", of: PluginEdit.init)
    }

    package var json: JSON { ["edits": JSON(edits.map(\.json))] }
}

/// `event/committed`: what came of a run.
package struct CommittedParams: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package var key: String
        package var operation: PolicyChange.Operation
        /// A state of the journal: `confirmed`, `conflict`, `failed` …
        package var status: String

        package init(key: String, operation: PolicyChange.Operation, status: String) {
            self.key = key
            self.operation = operation
            self.status = status
        }
    }

    package var run: String
    package var results: [Entry]

    package init(run: String, results: [Entry]) {
        self.run = run
        self.results = results
    }

    package init(_ json: JSON) throws(ShapeError) {
        let shape = Shape(json)
        run = try shape.text("run")
        results = []
        for element in try shape.list("results") {
            results.append(
                Entry(
                    key: try element.text("key"),
                    operation: PolicyChange.Operation(rawValue: try element.text("op")) ?? .update,
                    status: try element.text("status")))
        }
    }

    package var json: JSON {
        let entries: [JSON] = results.map {
            ["key": JSON($0.key), "op": JSON($0.operation.rawValue), "status": JSON($0.status)]
        }
        return ["run": JSON(run), "results": JSON(entries)]
    }
}
