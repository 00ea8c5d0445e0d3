import LosslessJSON
import PluginProtocol

extension PluginHost {
    /// Asks a contributed transform for edits of these webhooks. Nothing is staged.
    package func transform(
        _ transform: String, args: JSONObject = [:], _ webhooks: [KeyedDocument],
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) async throws(PluginCallError) -> ProposedEdits {
        let (plugin, name) = try resolve(transform, .transform)
        let running = running(plugin)
        let parts = running.tokens.withWriter { writer in
            var parts = BatchParts(limit: configuration.partLimit)
            var encoder = DocumentEncoder(visibility: plugin.visibility)
            for webhook in webhooks {
                encoder.write(#"{"key":"#.utf8)
                encoder.write(JSON(webhook.key).bytes())
                encoder.write(#","value":"#.utf8)
                encoder.write(webhook.value, &writer)
                encoder.write("}".utf8)
                parts.add(encoder.take())
            }
            return parts
        }
        let params = parts.params("webhooks", head: ["name": JSON(name), "args": JSON(args)])
        let answers = try await call(running, .applyTransform, params, timed: .transform, progress: progress)
        var edits: [PluginEdit] = []
        for answer in answers {
            edits += try read(answer, of: plugin) { json throws(ShapeError) in try EditsResult(json).edits }
        }
        return ProposedEdits(edits: edits, source: plugin, tokens: running.tokens)
    }

    /// Checks what a plugin wants changed: that it writes within its permission, and puts no secret where it was not. All
    /// of it or nothing.
    ///
    /// - Parameters:
    ///   - documents: the webhooks that the plugin was given, as they were then.
    ///   - apply: a document with operations applied, as staging will apply them. It is given tokens for secrets.
    package func review(
        _ proposed: ProposedEdits, documents: [KeyedDocument],
        apply: (JSON, [PatchOperation]) throws -> JSON
    ) throws(EditRejection) -> [ReviewedEdit] {
        let known = Dictionary(documents.map { ($0.key, $0.value) }) { first, _ in first }
        let review = EditReview(
            permissions: proposed.source.manifest.permissions, tokens: proposed.tokens,
            visibility: proposed.source.visibility)
        var reviewed: [ReviewedEdit] = []
        for edit in Self.merged(proposed.edits) {
            guard let document = known[edit.key] else { throw .unknownKey(edit.key) }
            reviewed.append(try review.review(edit, document: document, apply: apply))
        }
        return reviewed
    }

    /// One edit for each webhook, in the order they came first: an edit must be judged with those before it.
    private static func merged(_ edits: [PluginEdit]) -> [PluginEdit] {
        var order: [String] = []
        var patches: [String: [PatchOperation]] = [:]
        for edit in edits {
            if patches[edit.key] == nil { order.append(edit.key) }
            patches[edit.key, default: []] += edit.patch
        }
        return order.map { PluginEdit(key: $0, patch: patches[$0] ?? []) }
    }
}
