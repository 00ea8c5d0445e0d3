import Session
import WebhookModel

/// What people read when a word names no webhook or field, or an edit cannot be made.
enum SessionSentences {
    static func problem(_ error: ResolutionError) -> Problem {
        switch error {
        case .notFound(let text, let nearest):
            return Problem(
                "not-found", .failed, "there is no webhook \(quoted(text))",
                hint: nearest.map { "did you mean \(Printable.escaped($0))?" }
                    ?? "ls lists them; refresh reads them again")
        case .ambiguous(let text, let candidates, let count):
            let shown = candidates.map(\.description).joined(separator: ", ")
            let more = count > candidates.count ? " and \(count - candidates.count) more" : ""
            return Problem("ambiguous", .failed, "\(quoted(text)) could be \(shown)\(more)", hint: "name one by its id")
        case .unknownNew(let number):
            return Problem("not-found", .failed, "there is no new:\(number) in this session")
        }
    }

    static func problem(_ error: FieldError) -> Problem {
        switch error {
        case .unknown(let name, let nearest):
            return Problem(
                "unknown-field", .usage, "there is no field \(quoted(name))",
                hint: nearest.map { "did you mean \($0)?" } ?? "fields: "
                    + Field.named.map(\.description).joined(separator: ", "))
        case .unknownKind(let name, let nearest):
            return Problem(
                "unknown-field", .usage, "no channel is of kind \(quoted(name))",
                hint: nearest.map { "did you mean \($0)?" } ?? "kinds: "
                    + Catalogue.channelKinds.map(\.name).joined(separator: ", "))
        case .malformed(let text, let reason):
            let why =
                switch reason {
                case .noMember: "it must begin with a member's name"
                case .path(let error): Printable.escaped(String(describing: error))
                }
            return Problem("unknown-field", .usage, "\(quoted(text)) is no path: \(why)")
        }
    }

    static func problem(_ error: StagingError) -> Problem {
        switch error {
        case .noTarget:
            return Problem(
                "no-target", .usage, "no webhook is named, selected or current", hint: "choose with get, use or select")
        case .emptySelection:
            return Problem(
                "no-target", .failed, "the selection is empty, so there is nothing to edit",
                hint: "deselect goes back to the current webhook")
        case .unknown(let key): return Problem("not-found", .failed, "there is no webhook \(key)")
        case .deleted(let key):
            return Problem("deleted", .failed, "\(key) is staged for deletion", hint: "undo takes that back")
        case .edit(let failures):
            guard let first = failures.first else { return Problem("edit", .failed, "the edit cannot be made") }
            var found = problem(first.error)
            let more = failures.count > 1 ? " and \(failures.count - 1) more" : ""
            found.sentence.message = "\(first.key)\(more): " + found.sentence.message + "; nothing was staged"
            return found
        }
    }

    static func problem(_ error: EditError) -> Problem {
        let (message, hint) = words(error)
        return Problem("edit", .failed, message, hint: hint)
    }

    private static func words(_ error: EditError) -> (String, String?) {
        switch error {
        case .noSuchPlace(let path): ("nothing can stand at \(shown(path.description))", "show displays what is there")
        case .readOnly(let member): ("\(shown(member)) is the server's own", nil)
        case .required(let member): ("\(shown(member)) is required and cannot be removed", nil)
        case .wrongType(let member, let expected, let found):
            ("\(shown(member)) must be \(expected.rawValue), not \(found.rawValue)", nil)
        case .secretOutsideConfigs(let path):
            ("a secret cannot be written to \(shown(path.description))", "secrets belong in a channel's configs")
        case .ambiguousChannel(let match, let positions):
            (
                "\(ChannelMatchText.text(match)) matches \(positions.count) channels, at "
                    + positions.map(String.init).joined(separator: ", "),
                "name one by its index, or by kind:key=value"
            )
        case .configsNotAnObject(let kind): ("a channel's configs must be an object, not \(kind.rawValue)", nil)
        case .badKey(let path): ("the key \(shown(path.description)) leads through a value that is no object", nil)
        case .notAList(let member): ("\(shown(member)) of this webhook is no list", nil)
        case .unknownEvents(let pattern, let nearest):
            ("no known event type matches \(shown(pattern.text))", nearest.map { "did you mean \($0)?" })
        case .deleted: ("it is staged for deletion", "undo takes that back")
        case .wrongOrigin: ("it exists already", nil)
        }
    }

    static func problem(_ error: JournalError) -> Problem {
        switch error {
        case .unknownRun(let run): Problem("journal", .failed, "there is no run \(run)")
        case .unknownEntry(let run, _): Problem("journal", .failed, "run \(run) has no such entry")
        case .finished(let run): Problem("journal", .failed, "run \(run) is over")
        case .unavailable(let reason):
            Problem(
                "journal", .failed, "the journal cannot be written: \(Printable.escaped(reason)); nothing more was sent"
            )
        }
    }

    private static func shown(_ text: String) -> String { Printable.escaped(text) }
    private static func quoted(_ text: String) -> String { "“\(Printable.escaped(text))”" }
}
