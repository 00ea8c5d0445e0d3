import LosslessJSON
import Session
import WebhookModel

/// `diff --against`: this organization's webhooks beside those of another profile, or of a file.
struct DiffAgainst: Sendable {
    /// Without changes: a webhook that only one side has.
    typealias Group = (heading: String, key: String, changes: [Change])

    let call: CommandCall
    /// A profile's name, else a file's path.
    let name: String

    func groups() async throws -> [Group] {
        let state = try await call.state()
        let others = try await others(state)
        let only = try call.text("A").map { try state.resolve($0) }
        var groups: [Group] = []
        var met: Set<WebhookKey> = []
        for (key, other) in others {
            if let only, key != only { continue }
            if let key { met.insert(key) }
            guard let key, let ours = state.webhook(key) else {
                let id = other[Member.id]?.string ?? ""
                groups.append(("only in \(Printable.escaped(name))  \(Self.shownName(other))", id, []))
                continue
            }
            let changes = DocumentDiff.changes(from: other, to: ours.document)
            if changes.isEmpty { continue }
            groups.append(("\(key)  \(Self.shownName(ours.document))", key.description, changes))
        }
        for key in only.map({ [$0] }) ?? state.keys where !met.contains(key) {
            guard let ours = state.webhook(key) else { continue }
            groups.append(("only here  \(key)  \(Self.shownName(ours.document))", key.description, []))
        }
        return groups
    }

    /// The other side's documents, each with the webhook here that it stands against.
    private func others(_ state: SessionState) async throws -> [(WebhookKey?, JSON)] {
        if let profile = try profile() {
            let webhooks = try await call.shell.connection.webhooks(of: profile)
            return try webhooks.map { webhook in
                (try key(named: webhook.name, state), webhook.document)
            }
        }
        let file = try DeclaredFile.read(name, call.shell.environment, in: call.shell.folder)
        let matching = DeclaredMatching(state: state, unknownID: .isPassedOver)
        let view = DocumentView(showsSecrets: false, known: state.knownSecrets)
        return try file.entries.map { entry in
            let key = try matching.key(of: entry)
            let ours = key.flatMap { state.webhook($0) }
            // A mask is no other value than the secret it stands for.
            let declaration = try matching.declaration(of: entry, ours)
            let whole = try? declaration.wanted(from: ours?.document, shownAs: ours.map(view.shown))
            return (key, whole ?? declaration.document)
        }
    }

    private func profile() throws -> Profile? {
        let configured = try call.shell.profiles.configuration().profile(named: name)
        guard name == Profile.sandboxName || configured != nil else { return nil }
        var request = ProfileResolver.Request()
        request.profile = name
        return try call.shell.profiles.resolve(request)
    }

    private func key(named name: String, _ state: SessionState) throws -> WebhookKey? {
        let keys = state.keys(named: name)
        if keys.count > 1 {
            throw DeclaredMatching.Failure(place: self.name, reason: .ambiguousName(name, count: keys.count))
        }
        return keys.first
    }

    private static func shownName(_ document: JSON?) -> String {
        Printable.escaped(Masking.shown(document?[Member.name]?.string ?? ""))
    }
}
