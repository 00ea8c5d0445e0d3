import LosslessJSON
import Session
import WebhookModel

/// Finds which webhook each entry of a file is about, and what that webhook is to become.
struct DeclaredMatching: Sendable {
    /// What an identifier that the organization doesn't have means.
    enum UnknownID: Sendable {
        /// A mistake: the file is of this organization.
        case isAnError
        /// Nothing: the file may be of another one, and the name decides.
        case isPassedOver
    }

    struct Failure: Error, Sendable {
        enum Reason: Sendable {
            case unknownID(WebhookID)
            case ambiguousName(String, count: Int)
            case nothingToKeep(JSONPath, isNew: Bool)
            case deleted(WebhookKey)
            case repeated(WebhookKey, first: String)
            /// A webhook to create lacks this member.
            case missing(String)
            /// A cell that was edited shows a mask in place of a secret in this member.
            case masked(String)
            /// Something stands for a secret that is not what is shown of it now.
            case editedMask(JSONPath)
        }

        let place: String
        let reason: Reason
    }

    let state: SessionState
    var unknownID = UnknownID.isAnError
    /// Whether names are looked up; off, what no identifier finds is created.
    var findsByName = true
    var pairing = Declaration.Pairing.identity
    /// Whether members that an entry doesn't name are removed.
    var isWhole = false

    func wanted(_ entries: [DeclaredFile.Entry]) throws(Failure) -> [WantedWebhook] {
        var places: [WebhookKey: String] = [:]
        var wanted: [WantedWebhook] = []
        for entry in entries {
            let key = try self.key(of: entry)
            if let key, let first = places.updateValue(entry.place, forKey: key) {
                throw Failure(place: entry.place, reason: .repeated(key, first: first))
            }
            wanted.append(WantedWebhook(key: key, document: try document(of: entry, key)))
        }
        return wanted
    }

    /// The webhook an entry is about; nil for one to create.
    func key(of entry: DeclaredFile.Entry) throws(Failure) -> WebhookKey? {
        if let id = entry.declaration.id {
            if state.contains(.existing(id)) { return .existing(id) }
            if unknownID == .isAnError { throw Failure(place: entry.place, reason: .unknownID(id)) }
        }
        guard findsByName, let name = entry.declaration.name else { return nil }
        let keys = state.keys(named: name)
        if keys.count > 1 { throw Failure(place: entry.place, reason: .ambiguousName(name, count: keys.count)) }
        return keys.first
    }

    private func document(of entry: DeclaredFile.Entry, _ key: WebhookKey?) throws(Failure) -> JSON {
        let current = key.flatMap { state.webhook($0) }
        if let key, current == nil { throw Failure(place: entry.place, reason: .deleted(key)) }
        let view = DocumentView(showsSecrets: false, known: state.knownSecrets)
        let declaration = try declaration(of: entry, current)
        // What another organization shows is another text, and no edit.
        if unknownID == .isAnError || current.map({ $0.id == declaration.id }) ?? false,
            let path = declaration.editedMask(shownAs: current.map(view.shown), pairing: pairing)
        {
            throw Failure(place: entry.place, reason: .editedMask(path))
        }
        let document: JSON
        do throws(Declaration.Failure) {
            document = try declaration.wanted(
                from: current?.document, shownAs: current.map(view.shown), pairing: pairing, isWhole: isWhole)
        } catch {
            switch error {
            case .nothingToKeep(let path):
                throw Failure(place: entry.place, reason: .nothingToKeep(path, isNew: key == nil))
            case .notADocument: return declaration.document
            }
        }
        if current == nil {
            for member in [Member.name, Member.eventTypes, Member.channels] where document[member] == nil {
                throw Failure(place: entry.place, reason: .missing(member))
            }
        }
        return document
    }

    /// What an entry says of a webhook that is there; of a table's, what was edited in it.
    func declaration(of entry: DeclaredFile.Entry, _ current: Webhook?) throws(Failure) -> Declaration {
        let declaration = entry.declaration
        guard entry.isOfTable, let current else { return declaration }
        do throws(TableEdits.MaskedText) {
            let edited = try TableEdits(known: state.knownSecrets).edited(declaration.document, of: current)
            return (try? declaration.saying(edited)) ?? declaration
        } catch {
            throw Failure(place: entry.place, reason: .masked(error.member))
        }
    }
}
