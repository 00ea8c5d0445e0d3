import LosslessJSON
import WebhookModel

/// What a file says a webhook should be: a document, with marks where a secret is to stay what it is.
///
/// Members that it doesn't name stay as they are; a list that it names is meant whole.
package struct Declaration: Hashable, Sendable {
    /// An object; at the places in `kept` stands whatever the file shows of the secret.
    package let document: JSON
    /// Where `!keep` stands, or what we show in place of a secret.
    package let kept: Set<JSONPath>
    /// Where `!keep` stands.
    private let marked: Set<JSONPath>

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
        self.kept = kept.union(StandIn.places(in: document))
        marked = kept
    }

    private init(_ document: JSON, exactly kept: Set<JSONPath>, marked: Set<JSONPath>) {
        self.document = document
        self.kept = kept
        self.marked = marked
    }

    /// The same marks in another document.
    package func saying(_ document: JSON) throws(Failure) -> Declaration {
        try Declaration(document: document, kept: marked)
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
        let hidden = Self.hidden(in: current, shownAs: shown)
        if kept.isEmpty, hidden.isEmpty { return document }
        let declared = document[Member.channels]?.array ?? []
        let origins = Self.origins(of: declared, in: shown?[Member.channels]?.array ?? [], pairing)
        var result = document
        // What stands as it was shown was not edited.
        for (place, text) in hidden {
            for path in Self.places(place, origins) where document.value(at: path) == text {
                guard let value = current?.value(at: place) else { continue }
                do { try result.set(value, at: path) } catch { throw .nothingToKeep(at: path) }
            }
        }
        for path in kept.sorted(by: { $0.description < $1.description }) {
            guard let value = Self.value(at: path, in: current, origins) else { throw .nothingToKeep(at: path) }
            do { try result.set(value, at: path) } catch { throw .nothingToKeep(at: path) }
        }
        return result
    }

    /// Where a document is shown other than it is, and what is shown there.
    private static func hidden(in current: JSON?, shownAs shown: JSON?) -> [(place: JSONPath, text: JSON)] {
        guard let current, let shown else { return [] }
        var found: [(place: JSONPath, text: JSON)] = []
        var pending = [(JSONPath.root, current, shown)]
        while let (path, value, text) = pending.popLast() {
            if value == text { continue }
            let (parts, texts) = (value.children, text.children)
            if value.kind == text.kind, !parts.isEmpty, parts.count == texts.count {
                pending += zip(parts, texts).map { (path.appending($0.component), $0.value, $1.value) }
            } else {
                found.append((path, text))
            }
        }
        return found
    }

    /// Where a place of what is there stands in the file, whose channels may be in another order.
    private static func places(_ place: JSONPath, _ origins: [Int?]) -> [JSONPath] {
        guard let (position, rest) = EditedDocument.channelPlace(place) else { return [place] }
        return origins.indices.filter { origins[$0] == position }
            .map { JSONPath(EditedDocument.channelPath($0).components + rest.components) }
    }

    private static func value(at path: JSONPath, in current: JSON?, _ origins: [Int?]) -> JSON? {
        guard let (position, rest) = EditedDocument.channelPlace(path) else { return current?.value(at: path) }
        guard origins.indices.contains(position), let origin = origins[position] else { return nil }
        return current?.value(at: JSONPath(EditedDocument.channelPath(origin).components + rest.components))
    }

    /// For each channel of the file the position of the one it stands for.
    private static func origins(of declared: [JSON], in shown: [JSON], _ pairing: Pairing) -> [Int?] {
        pairing == .identity
            ? ChannelPairing.origins(of: declared, in: shown) : ChannelPairing.likelyOrigins(of: declared, in: shown)
    }
}

extension Declaration {
    /// The places in `kept` where nothing stands in `current` that could stay: somebody must say what it is.
    package func missing(
        from current: JSON?, shownAs shown: JSON?, pairing: Pairing = .identity
    ) -> [JSONPath] {
        let origins = Self.origins(
            of: document[Member.channels]?.array ?? [], in: shown?[Member.channels]?.array ?? [], pairing)
        return kept.filter { Self.value(at: $0, in: current, origins) == nil }
            .sorted { $0.description < $1.description }
    }

    /// The first place where something stands for a secret that is not what `shown` has there, and more than a mask: edited,
    /// or shown before a change. What it is to be can't be told. A reference that `!keep` marks is good where `shown` has
    /// none: a session forgets by which reference a secret came.
    package func editedMask(shownAs shown: JSON?, pairing: Pairing = .identity) -> JSONPath? {
        guard let shown, !kept.isEmpty else { return nil }
        let declared = document[Member.channels]?.array ?? []
        let origins = Self.origins(of: declared, in: shown[Member.channels]?.array ?? [], pairing)
        return kept.sorted { $0.description < $1.description }.first { path in
            guard let value = document.value(at: path), let text = value.string,
                let there = Self.value(at: path, in: shown, origins), there != value
            else { return false }
            if StandIn.isPart(of: text) { return true }
            let isForgotten = marked.contains(path) && !(there.string.map(StandIn.isReference) ?? false)
            return StandIn.isReference(text) && !isForgotten
        }
    }

    /// The same with values in place of marks.
    package func supplied(_ values: [JSONPath: JSON]) throws(Failure) -> Declaration {
        var result = document
        for (path, value) in values {
            do { try result.set(value, at: path) } catch { throw .nothingToKeep(at: path) }
        }
        return Declaration(result, exactly: kept.subtracting(values.keys), marked: marked)
    }
}
