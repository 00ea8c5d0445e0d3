import LosslessJSON
import PluginProtocol

extension PluginHost {
    /// Renders webhooks in a contributed format: text without control characters.
    ///
    /// - Parameter width: columns of the window; nil where the text does not go to one.
    package func render(
        _ format: String, _ webhooks: [JSON], width: Int? = nil, color: Bool = false
    ) async throws(PluginCallError) -> String {
        try await render(format, webhooks.count, width, color) { index, encoder, writer in
            encoder.write(webhooks[index], &writer)
        }
    }

    /// Renders the changes of a plan: an element of `webhooks` is `{key, op, before, after, paths}` then.
    package func render(
        _ format: String, changes: [PolicyChange], width: Int? = nil, color: Bool = false
    ) async throws(PluginCallError) -> String {
        try await render(format, changes.count, width, color) { index, encoder, writer in
            changes[index].write(to: &encoder, &writer)
        }
    }

    private func render(
        _ format: String, _ count: Int, _ width: Int?, _ color: Bool,
        element: (Int, inout DocumentEncoder, inout SecretTokens.Writer) -> Void
    ) async throws(PluginCallError) -> String {
        let (plugin, name) = try resolve(format, .format)
        let running = running(plugin)
        let head: JSON = ["format": JSON(name), "width": width.map { JSON($0) } ?? .null, "color": JSON(color)]
        let params = running.tokens.withWriter { writer in
            var encoder = DocumentEncoder(visibility: plugin.visibility)
            encoder.write(head.bytes().dropLast())
            encoder.write(#","webhooks":["#.utf8)
            for index in 0..<count {
                if index > 0 { encoder.write(",".utf8) }
                element(index, &encoder, &writer)
            }
            encoder.write("]}".utf8)
            return encoder.take()
        }
        let answer = try await call(running, .renderFormat, [params], timed: .format)
        let result = try read(answer[0], of: plugin) { json throws(ShapeError) in try FormatResult(json) }
        return PlainText.stripped(result.text)
    }
}
