import LosslessJSON
import PluginProtocol

extension PatchOperation {
    /// Texts that say where and what for, and names: none of them may hold a secret.
    var plainTexts: [String] {
        switch self {
        case .set(let path, _), .unset(let path): [path]
        case .addEvents(let names), .removeEvents(let names), .setEvents(let names): names
        case .renameEvent(let old, let new): [old, new]
        case .addChannel(let kind, _): [kind]
        case .setChannel(let match, let configs): [match] + (configs.object?.keys ?? [])
        case .removeChannel(let match): [match]
        // What is replaced may be a part of a text: no token may be searched for or put in.
        case .replace(let path, let old, let new): [path, old, new.string ?? new.description]
        }
    }

    /// The operation with another value in place of what it writes.
    func mapValue<Failure: Error>(_ body: (JSON) throws(Failure) -> JSON) throws(Failure) -> PatchOperation {
        switch self {
        case .set(let path, let value): .set(path: path, try body(value))
        case .addChannel(let kind, let configs): .addChannel(kind: kind, configs: try body(configs))
        case .setChannel(let match, let configs): .setChannel(match: match, configs: try body(configs))
        case .replace(let path, let old, let new): .replace(path: path, from: old, to: try body(new))
        case .unset, .addEvents, .removeEvents, .setEvents, .renameEvent, .removeChannel: self
        }
    }
}
