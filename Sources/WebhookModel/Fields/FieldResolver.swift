import LosslessJSON

/// Turns what a user wrote into a field, and knows which names exist.
///
/// The names of the fields and of the API's members are always known; what else the documents at hand hold (members and
/// channel kinds that no schema knows) is given, so that a mistyped name is an error and never an empty answer.
package struct FieldResolver: Sendable {
    private let members: Set<String>
    private let kinds: Set<String>

    /// A resolver that also knows these top-level members and channel kinds.
    package init(members: Set<String> = [], kinds: Set<String> = []) {
        self.members = members
        self.kinds = kinds
    }

    /// A resolver that also knows what these webhooks hold.
    package init(webhooks: some Sequence<Webhook>) {
        var members: Set<String> = []
        var kinds: Set<String> = []
        for webhook in webhooks {
            for (name, _) in webhook.document.object ?? [:] { members.insert(name) }
            for channel in webhook.channels { kinds.insert(channel.kind) }
        }
        self.init(members: members, kinds: kinds)
    }

    /// The field that a word names: a short name, a dotted path or, when it starts with `/`, a JSON pointer.
    package func field(_ word: String) throws(FieldError) -> Field {
        if let named = Self.byName[word] { return named }
        if word.hasPrefix("/") { return .path(FieldPath(try pointer(word))) }
        let path = try dotted(word)
        guard case .name(let first)? = path.components.first else { throw .malformed(word, reason: .noMember) }
        let member = Self.byName[first]?.member ?? first
        guard Self.known.contains(member) || members.contains(member) else {
            throw .unknown(first, nearest: nearest(to: first))
        }
        if path.components.count == 1 {
            return Self.byMember[member] ?? .path(FieldPath([.name(member)]))
        }
        let rest = path.components.dropFirst().map(FieldPath.Step.init)
        let steps = member == Member.channels ? try channelSteps(rest) : rest
        return .path(FieldPath([.name(member)] + steps))
    }

    /// Every name that can stand alone: for completion and suggestions.
    package var names: [String] {
        Field.named.map(\.description) + members.subtracting(Self.known).sorted()
    }

    /// A kind behind `channels`, and `configs` behind the kind where it is left out.
    private func channelSteps(_ steps: [FieldPath.Step]) throws(FieldError) -> [FieldPath.Step] {
        guard case .name(let kind)? = steps.first else { return steps }
        guard Catalogue.channelKind(kind) != nil || kinds.contains(kind) else {
            let candidates = Catalogue.channelKinds.map(\.name) + kinds.sorted()
            throw .unknownKind(kind, nearest: Nearest.name(kind, among: candidates))
        }
        let rest = steps.dropFirst()
        let isInChannel = rest.first.map { [.name(Member.configs), .name(Member.channelKind)].contains($0) } ?? true
        // Slack's `configs` hold a `channel` of their own: the kind is known here, so that is the one meant.
        let meansConfig = kind == "slack" && rest.count == 1 && rest.first == .name(Member.channelKind)
        let configs: [FieldPath.Step] = isInChannel && !meansConfig ? [] : [.name(Member.configs)]
        return [.kind(kind)] + configs + rest
    }

    private func pointer(_ text: String) throws(FieldError) -> JSONPath {
        do { return try JSONPath(pointer: text) } catch { throw .malformed(text, reason: .path(error)) }
    }

    private func dotted(_ text: String) throws(FieldError) -> JSONPath {
        do { return try JSONPath(parsing: text) } catch { throw .malformed(text, reason: .path(error)) }
    }

    private func nearest(to name: String) -> String? {
        Nearest.name(name, among: names + Self.known.sorted())
    }

    private static let byName = Dictionary(uniqueKeysWithValues: Field.named.map { ($0.description, $0) })
    private static let byMember: [String: Field] = Dictionary(
        uniqueKeysWithValues: Field.named.compactMap { field in field.member.map { ($0, field) } })
    private static let known: Set<String> = Set(byMember.keys).union([Member.internalID])
}

/// Why a word names no field.
package enum FieldError: Error, Hashable, Sendable {
    /// No field and no member of this name.
    case unknown(String, nearest: String?)
    /// No channel kind of this name behind `channels`.
    case unknownKind(String, nearest: String?)
    case malformed(String, reason: Reason)

    package enum Reason: Hashable, Sendable {
        /// The path doesn't start with a member's name.
        case noMember
        case path(JSONPathError)
    }
}
