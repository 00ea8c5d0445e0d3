import LosslessJSON
import WebhookModel

/// What a file says a webhook should be: a document, with marks where a secret is to stay what it is.
///
/// Members that it doesn't name stay as they are; a list that it names is meant whole.
package struct Declaration: Hashable, Sendable {
    /// An object; at the places in `kept` stands whatever the file shows of the secret.
    package let document: JSON
    /// Where `!keep` or a mask stands.
    package let kept: Set<JSONPath>

    /// How a channel of the file is taken for one that is there.
    package enum Pairing: Hashable, Sendable {
        /// By identity alone: for files, which may be anybody's.
        case identity
        /// Also the only one left of its kind: for a person who edits a webhook's own text.
        case identityThenKind
    }

    package enum Failure: Error, Hashable, Sendable {
        case notADocument(JSON.Kind)
        /// A secret is to stay what it is where nothing stands.
        case nothingToKeep(at: JSONPath)
    }

    package init(document: JSON, kept: Set<JSONPath> = []) throws(Failure) {
        guard document.object != nil else { throw .notADocument(document.kind) }
        self.document = document
        self.kept = kept
    }

    package var id: WebhookID? { document[Member.id]?.string.flatMap { WebhookID(rawValue: $0) } }
    package var name: String? { document[Member.name]?.string }

    /// The document that `current` is to become.
    ///
    /// - Parameters:
    ///   - current: what is there; nil for a webhook to create.
    ///   - shown: `current` as it was written to files: masked.
    ///   - isWhole: whether members that the declaration doesn't name are removed.
    package func wanted(
        from current: JSON?, shownAs shown: JSON?, pairing: Pairing = .identity, isWhole: Bool = false
    ) throws(Failure) -> JSON {
        let declared = try resolved(from: current, shownAs: shown, pairing)
        guard let members = declared.object else { throw .notADocument(declared.kind) }
        var result = isWhole ? [:] : current?.object ?? [:]
        if isWhole, let old = current?.object {
            for name in old.keys where members[name] != nil || Member.serverOwned.contains(name) {
                result[name] = old[name]
            }
        }
        for (name, value) in members where !Member.serverOwned.contains(name) { result[name] = value }
        return JSON(result)
    }

    /// The document with the secrets that stay put in.
    private func resolved(from current: JSON?, shownAs shown: JSON?, _ pairing: Pairing) throws(Failure) -> JSON {
        if kept.isEmpty { return document }
        let declared = document[Member.channels]?.array ?? []
        let origins = Self.origins(of: declared, in: shown?[Member.channels]?.array ?? [], pairing)
        var result = document
        for path in kept.sorted(by: { $0.description < $1.description }) {
            guard let value = Self.value(at: path, in: current, origins) else { throw .nothingToKeep(at: path) }
            do { try result.set(value, at: path) } catch { throw .nothingToKeep(at: path) }
        }
        return result
    }

    private static func value(at path: JSONPath, in current: JSON?, _ origins: [Int?]) -> JSON? {
        guard let (position, rest) = EditedDocument.channelPlace(path) else { return current?.value(at: path) }
        guard origins.indices.contains(position), let origin = origins[position] else { return nil }
        return current?.value(at: JSONPath(EditedDocument.channelPath(origin).components + rest.components))
    }

    /// For each channel of the file the position of the one it stands for.
    private static func origins(of declared: [JSON], in shown: [JSON], _ pairing: Pairing) -> [Int?] {
        let origins = ChannelPairing.origins(of: declared, in: shown)
        return pairing == .identity ? origins : ChannelPairing.filledByKind(origins, of: declared, in: shown)
    }
}

extension ChannelPairing {
    /// The same, and where one channel of a kind is left on both sides, they are taken for each other.
    static func filledByKind(_ origins: [Int?], of new: [JSON], in old: [JSON]) -> [Int?] {
        let taken = Set(origins.compactMap(\.self))
        let left = Dictionary(grouping: old.indices.filter { !taken.contains($0) }) { Channel(document: old[$0]).kind }
        let unpaired = Dictionary(grouping: new.indices.filter { origins[$0] == nil }) {
            Channel(document: new[$0]).kind
        }
        var result = origins
        for (kind, positions) in unpaired where positions.count == 1 {
            if let others = left[kind], others.count == 1 { result[positions[0]] = others[0] }
        }
        return result
    }
}
