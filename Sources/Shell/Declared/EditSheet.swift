import LosslessJSON
import Session
import WebhookModel

/// What `edit` puts into the editor, and what it makes of what comes back.
struct EditSheet: Sendable {
    struct Stranger: Error, Sendable {
        let place: String
        let name: String
    }

    private static let errorMark = "#! "

    let text: String
    private let keys: [WebhookKey]
    private let state: SessionState

    init(keys: [WebhookKey], state: SessionState) throws {
        self.keys = keys
        self.state = state
        let view = DocumentView(showsSecrets: false, known: state.knownSecrets)
        var documents: [String] = []
        for key in keys {
            guard let webhook = state.webhook(key) else { throw StagingError.deleted(key) }
            documents.append(YamlWriter.text(of: Self.shown(view.shown(webhook), key), keepsMasked: true))
        }
        text = Self.head + documents.joined(separator: "---\n")
    }

    private static let head = """
        # What is changed here is staged, not sent. !keep leaves a secret what it is.
        # webhook_id says which webhook it is; a document that is taken out leaves its webhook as it is.

        """

    /// The identifier first, then what can be edited.
    private static func shown(_ document: JSON, _ key: WebhookKey) -> JSON {
        var members: JSONObject = [Member.id: JSON(key.description)]
        for (name, value) in document.object ?? [:] where !Member.serverOwned.contains(name) { members[name] = value }
        return JSON(members)
    }

    static func isEmpty(_ text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).allSatisfy {
            $0.trimmingBlanks.isEmpty || $0.hasPrefix("#") || $0 == "---"
        }
    }

    /// What each document makes of its webhook.
    func wanted(_ text: String) throws -> [WantedWebhook] {
        let found: [YamlReader.Document]
        do { found = try YamlReader.documents(in: text) } catch { throw DeclaredFile.Problem.yaml(error) }
        var seen: [WebhookKey: String] = [:]
        return try found.map { document in
            let place = "line \(document.line)"
            let key = try key(of: document.value, place)
            if let first = seen.updateValue(place, forKey: key) {
                throw DeclaredMatching.Failure(place: place, reason: .repeated(key, first: first))
            }
            return try wanted(document, key, place)
        }
    }

    private func key(of document: JSON, _ place: String) throws -> WebhookKey {
        guard document.object != nil else {
            throw DeclaredFile.Problem.notADocument(place: place, document.kind)
        }
        guard let name = document[Member.id]?.string else { throw DeclaredFile.Problem.nameless(place: place) }
        guard let key = WebhookKey(name), keys.contains(key) else { throw Stranger(place: place, name: name) }
        return key
    }

    private func wanted(_ document: YamlReader.Document, _ key: WebhookKey, _ place: String) throws -> WantedWebhook {
        let view = DocumentView(showsSecrets: false, known: state.knownSecrets)
        let current = state.webhook(key)
        let declaration = try Declaration(document: document.value, kept: document.kept)
        let shown = current.map(view.shown)
        if let path = declaration.editedMask(shownAs: shown, pairing: .identityThenKind) {
            throw DeclaredMatching.Failure(place: place, reason: .editedMask(path))
        }
        let wanted: JSON
        do throws(Declaration.Failure) {
            wanted = try declaration.wanted(
                from: current?.document, shownAs: shown, pairing: .identityThenKind, isWhole: true)
        } catch {
            guard case .nothingToKeep(let path) = error else { throw error }
            throw DeclaredMatching.Failure(place: place, reason: .nothingToKeep(path, isNew: key.id == nil))
        }
        return WantedWebhook(key: key, document: wanted)
    }

    // MARK: Mistakes

    /// Whether the text is to blame, and may be mended.
    static func isMistake(_ error: any Error) -> Bool {
        error is DeclaredFile.Problem || error is DeclaredMatching.Failure || error is Stranger
            || error is StagingError || error is EditError
    }

    /// The text with what is wrong on top, in place of what was wrong before.
    static func text(_ text: String, under problem: Problem) -> String {
        let rest = text.split(separator: "\n", omittingEmptySubsequences: false).drop { $0.hasPrefix(errorMark) }
        let lines = [problem.sentence.message, problem.sentence.hint].compactMap(\.self).flatMap {
            $0.split(separator: "\n")
        }
        return lines.map { errorMark + $0 + "\n" }.joined() + rest.joined(separator: "\n")
    }
}
