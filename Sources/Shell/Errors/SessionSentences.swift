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
                hint: nearest.map { "did you mean \(Printable.escaped($0))?" } ?? "fields: "
                    + Field.named.map(\.description).joined(separator: ", "))
        case .unknownKind(let name, let nearest):
            return Problem(
                "unknown-field", .usage, "no channel is of kind \(quoted(name))",
                hint: nearest.map { "did you mean \(Printable.escaped($0))?" } ?? "kinds: "
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
        case .notADocument(let kind): ("a webhook's document is an object, and this is \(kind)", nil)
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
        case .finished(let run):
            Problem("journal", .failed, "run \(run) is over", hint: "rollback \(run) takes it back")
        case .leased(let run, let names):
            Problem(
                "busy", .failed,
                "run \(run) of another hookline is writing \(names.first.map(\.description) ?? "these")"
                    + (names.count > 1 ? " and \(names.count - 1) more" : "") + "; nothing was sent",
                hint: "try again when it is through; resume \(run) goes on with it if it was let go of here")
        case .overtaken:
            Problem(
                "busy", .failed, "other sessions of hookline keep writing the same webhooks; nothing was sent",
                hint: "try again")
        case .unsettled(let runs):
            Problem(
                "busy", .failed,
                "run \(runs.first.map { "\($0)" } ?? "?") ended in the middle of a write to one of these; nothing was sent",
                hint: "try again, or resume it")
        case .exposed(let path, let mode):
            Problem(
                "too-open", .failed,
                "\(Printable.escaped(path)) holds secrets and may be read by others (mode \(String(mode, radix: 8)))",
                hint: "chmod go-rwx \(Printable.escaped(path))")
        case .newer(let path):
            Problem(
                "journal", .failed, "\(Printable.escaped(path)) was written by a newer hookline",
                hint: "use that, or move the file away")
        case .unavailable(let reason):
            Problem(
                "journal", .failed, "the journal cannot be used: \(Printable.escaped(reason))",
                hint: "no write is sent that it does not hold first; doctor says how to mend it")
        }
    }

    static func problem(_ error: PlanFile.Failure) -> Problem {
        switch error {
        case .notAPlan: return Problem("plan", .failed, "this is no plan of hookline")
        case .edited:
            return Problem(
                "plan", .declined, "the plan was changed since it was made, or was made with another key",
                hint: "make it anew: plan --out FILE")
        case .otherTarget(let target):
            return Problem(
                "other-profile", .declined,
                "it was made with profile \(Printable.escaped(target.profile)) on \(Printable.escaped(target.host)), and "
                    + "another key or host than this one",
                hint: "profile use \(Printable.escaped(target.profile))")
        case .expired(let time):
            return Problem("plan", .declined, "the plan was good until \(time)", hint: "make it anew: plan --out FILE")
        case .notYetMade(let time, let now):
            return Problem(
                "plan", .declined, "the plan was made at \(time), and by this machine's clock it is \(now)",
                hint: "set the clock that is wrong, or make the plan anew: plan --out FILE")
        case .stale(let keys):
            let shown = keys.prefix(3).map(\.description).joined(separator: ", ")
            let more = keys.count > 3 ? " and \(keys.count - 3) more" : ""
            return Problem(
                "conflict", .conflict, "somebody changed \(shown)\(more) since the plan was made; nothing was sent",
                hint: "make it anew: plan --out FILE")
        case .notKept(let key, .literalSecret(let path)):
            return Problem(
                "plan", .usage, "\(key): a plan holds no secret as it is, and \(Printable.escaped(path)) has one",
                hint: "give it by reference: secret set NAME, then ${secret:NAME}")
        case .notKept(let key, .notExpressible):
            return Problem(
                "plan", .failed, "\(key): no command makes exactly what is staged", hint: "commit it from here")
        case .changedSinceDraft(let keys):
            let shown = keys.prefix(3).map(\.description).joined(separator: ", ")
            let more = keys.count > 3 ? " and \(keys.count - 3) more" : ""
            return Problem(
                "conflict", .conflict, "\(shown)\(more) changed since the draft was kept; nothing was staged",
                hint: "show them, then draft restore --force puts the edits over them, or draft drop")
        case .editsAreStaged(let count):
            return Problem(
                "staged-edits", .failed,
                "\(count == 1 ? "1 webhook has" : "\(count) webhooks have") staged edits beside the plan",
                hint: "commit or discard all first")
        case .holdsNothing: return Problem("plan", .failed, "there is nothing to keep: nothing would be sent")
        }
    }

    static func problem(_ error: RunError) -> Problem {
        switch error {
        case .noRun: return Problem("no-run", .failed, "there is no such run of this profile", hint: "log lists them")
        case .nothingOpen(let run):
            return Problem("no-run", .done, "run \(run) has nothing left to do")
        case .nothingDone(let run):
            return Problem("no-run", .failed, "run \(run) changed nothing that could be taken back")
        case .unclear(let run, let name):
            return Problem(
                "unclear", .conflict,
                "run \(run) may have created the webhook \(quoted(name)), and nobody can tell which one it is; "
                    + "nothing was taken back",
                hint: "resume \(run) leaves it as a conflict; look at it, then rollback \(run)")
        case .takenBackInPart(let run, let rollback):
            return Problem(
                "taken-back", .declined,
                "run \(rollback), which takes run \(run) back, did not come to its end; nothing was taken back",
                hint: "resume \(rollback)")
        case .otherTarget(let run, let target):
            return Problem(
                "other-profile", .declined,
                "run \(run) was made with profile \(target.profile) on \(Printable.escaped(target.host)), and another key or host "
                    + "than this one",
                hint: "profile use \(target.profile); --same-organization if only the key is new")
        case .otherOrganization(let run):
            return Problem(
                "other-profile", .declined, "this organization has none of the webhooks of run \(run)",
                hint: "log \(run) shows them")
        case .journal(let error): return problem(error)
        case .service(let error): return Problems.problem(error)
        }
    }

    private static func shown(_ text: String) -> String { Printable.escaped(text) }
    private static func quoted(_ text: String) -> String { "“\(Printable.escaped(text))”" }
}
