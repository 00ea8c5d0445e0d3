import LosslessJSON
import PluginProtocol

/// Why a call to a plugin came to nothing.
package enum PluginCallError: Error, Hashable, Sendable {
    /// No enabled plugin contributes this.
    case unknown(String)
    case pins(PinStoreError)
    case failed(plugin: String, CallFailure)
}

extension PluginHost {
    func table() throws(PluginCallError) -> ContributionTable {
        do throws(PinStoreError) { return try contributions() } catch { throw .pins(error) }
    }

    func resolve(
        _ word: String, _ point: ContributionTable.Point
    ) throws(PluginCallError) -> (plugin: EnabledPlugin, name: String) {
        guard let found = try table().resolve(word, point) else { throw .unknown(word) }
        return found
    }

    /// Makes a call whose `params` are printed, in parts or one, and answers each part's result.
    func call(
        _ running: Running, _ method: Method, _ parts: [[UInt8]], timed: Manifest.TimedCall,
        conversation: (any PluginConversation)? = nil, progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) async throws(PluginCallError) -> [JSON] {
        let plugin = running.plugin
        // The envelope around the params needs less than this.
        let largest = (parts.map(\.count).max() ?? 0) + 256
        guard largest <= configuration.lineLimit else {
            throw .failed(plugin: plugin.id, .tooLarge(size: largest, limit: configuration.lineLimit))
        }
        let deadlines = configuration.deadlines.applying(plugin.manifest.timeouts)
        let number = state.withLock { state in
            defer { state.nextCall += 1 }
            return state.nextCall
        }
        let call = PluginCall(
            id: CallID(rawValue: number), method: method, parts: parts, timeout: deadlines.deadline(of: timed))
        let requests = HostRequests(
            plugin: plugin, tokens: running.tokens, services: services, states: stateStore, conversation: conversation,
            partLimit: configuration.partLimit)
        let result = await running.runner.call(call, answers: requests.answer, progress: progress)
        switch result {
        case .success(let values): return values
        case .failure(let failure): throw .failed(plugin: plugin.id, failure)
        }
    }

    /// Reads an answer; one of another shape is a failure like a crash.
    func read<T>(
        _ json: JSON, of plugin: EnabledPlugin, _ body: (JSON) throws(ShapeError) -> T
    ) throws(PluginCallError) -> T {
        do throws(ShapeError) { return try body(json) } catch { throw .failed(plugin: plugin.id, .malformed(error)) }
    }
}
