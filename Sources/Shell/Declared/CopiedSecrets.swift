import HookScript
import LosslessJSON
import Session
import WebhookModel

/// The secrets that a copy to another organization needs: what stands there already stays, the rest is given by
/// `key=value` words or asked for. None is taken along from here.
struct CopiedSecrets: Sendable {
    /// A webhook to copy, its secrets marked as to be kept.
    struct Source: Sendable {
        let declaration: Declaration
        /// What stands at those places here: two places with the same are asked for once.
        let values: [JSONPath: JSON]

        init(_ document: JSON) throws(Declaration.Failure) {
            var members = document.object ?? [:]
            for name in Member.serverOwned { members[name] = nil }
            let plain = JSON(members)
            let secrets = SecretPaths.secrets(in: plain)
            declaration = try Declaration(
                document: Masking.masked(plain), kept: Set(secrets.map(\.path)))
            values = Dictionary(secrets.map { ($0.path, $0.value) }) { first, _ in first }
        }
    }

    /// The organization that the copy goes to.
    let state: SessionState
    /// What was given, by the key's name.
    let given: [String: EditValue]
    /// Asks a person; throws where nobody can be asked.
    let ask: @Sendable (_ key: String, _ webhook: String) async throws -> String

    /// What each webhook is to become over there.
    func wanted(_ sources: [Source]) async throws -> [WantedWebhook] {
        var answers: [JSON: JSON] = [:]
        var wanted: [WantedWebhook] = []
        let view = DocumentView(showsSecrets: false, known: state.knownSecrets)
        for (number, source) in sources.enumerated() {
            let entry = DeclaredFile.Entry(declaration: source.declaration, place: "webhook \(number + 1)")
            let key = try DeclaredMatching(state: state, unknownID: .isPassedOver).key(of: entry)
            let current = key.flatMap { state.webhook($0) }
            let missing = source.declaration.missing(from: current?.document, shownAs: current.map(view.shown))
            var values: [JSONPath: JSON] = [:]
            var references: [JSONPath: String] = [:]
            for path in missing {
                let name = Self.name(of: path)
                if let value = given[name] {
                    values[path] = value.json
                    references[path] = value.reference
                } else if let answer = source.values[path].flatMap({ answers[$0] }) {
                    values[path] = answer
                } else {
                    let answer = JSON(try await ask(name, source.declaration.name ?? ""))
                    if let value = source.values[path] { answers[value] = answer }
                    values[path] = answer
                }
            }
            let document = try source.declaration.supplied(values)
                .wanted(from: current?.document, shownAs: current.map(view.shown))
            wanted.append(WantedWebhook(key: key, document: document, references: references))
        }
        return wanted
    }

    /// The setting's own name: `bot_token`, `headers.Authorization`.
    private static func name(of path: JSONPath) -> String {
        let components = path.components
        if let index = components.firstIndex(of: .name(Member.configs)), index + 1 < components.count {
            return JSONPath(Array(components[(index + 1)...])).description
        }
        return path.description
    }
}
