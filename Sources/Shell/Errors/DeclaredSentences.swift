import LosslessJSON
import Session
import WebhookModel

/// What people read about files of webhooks, and about what they edited by hand.
enum DeclaredSentences {
    static func problem(_ failure: DeclaredFile.Failure) -> Problem {
        var problem = problem(failure.problem)
        problem.sentence.message = "\(shown(failure.path)): " + problem.sentence.message
        return problem
    }

    static func problem(_ problem: DeclaredFile.Problem) -> Problem {
        switch problem {
        case .empty: return syntax("there is nothing in it", hint: "[] is a list of no webhook")
        case .yaml(let failure): return yaml(failure)
        case .json(let error):
            return syntax("line \(error.line), column \(error.column): this is no JSON", hint: nil)
        case .csv(let failure): return csv(failure)
        case .notADocument(let place, let kind):
            return syntax("\(place): a webhook is an object, and this is \(name(of: kind))", hint: nil)
        case .nameless(let place):
            return syntax("\(place): nothing says which webhook it is", hint: "it needs webhook_id or webhook_name")
        case .badID(let place, let text):
            return syntax("\(place): “\(shown(text))” is no identifier of a webhook", hint: nil)
        case .repeated(let place, let first, let name):
            return syntax("\(place): “\(shown(name))” is there twice, first at \(first)", hint: nil)
        }
    }

    static func problem(_ failure: DeclaredMatching.Failure) -> Problem {
        let place = failure.place
        switch failure.reason {
        case .unknownID(let id):
            return Problem(
                "not-found", .failed, "\(place): there is no webhook \(id)",
                hint: "import creates what isn't there; without webhook_id the name decides")
        case .ambiguousName(let name, let count):
            return Problem(
                "ambiguous", .failed, "\(place): \(count) webhooks are called “\(shown(name))”",
                hint: "webhook_id says which")
        case .nothingToKeep(let path, let isNew):
            return Problem(
                "nothing-to-keep", .failed,
                isNew
                    ? "\(place): \(path) is to be kept, and there is no such webhook yet"
                    : "\(place): \(path) is to be kept, and no channel like this has one",
                hint: "write the value itself")
        case .deleted(let key):
            return Problem(
                "deleted", .failed, "\(place): \(key) is staged for deletion", hint: "discard \(key) keeps it")
        case .repeated(let key, let first):
            return Problem("usage", .usage, "\(place): this is \(key) again, as at \(first)")
        case .missing(let member):
            return Problem("usage", .usage, "\(place): a new webhook needs \(member)")
        case .masked(let member):
            return Problem(
                "usage", .usage, "\(place): \(member) shows a mask where a secret stands, and was edited",
                hint: "write the whole text, or leave the cell empty")
        case .editedMask(let path):
            return Problem(
                "usage", .usage, "\(place): \(path) stands for a secret, and is not what is shown of it now",
                hint: "write the whole text, or !keep before it in YAML and what export shows now")
        }
    }

    static func problem(_ stranger: EditSheet.Stranger) -> Problem {
        Problem(
            "usage", .usage, "\(stranger.place): “\(shown(stranger.name))” is none of those that are edited",
            hint: "create and clone begin new ones")
    }

    /// What ended the edit, and where the work is that went into it.
    static func problem(_ kept: KeptSheet) -> Problem {
        var problem = Problems.problem(kept.cause)
        let path = Printable.escaped(kept.path)
        let way = "what you wrote is kept in \(path); apply \(path) stages it"
        problem.sentence.hint = problem.sentence.hint.map { $0 + "\n" + way } ?? way
        return problem
    }

    static func problem(_ failure: TextEditor.Failure) -> Problem {
        switch failure {
        case .none:
            Problem("no-editor", .failed, "there is no editor to open", hint: "set VISUAL or EDITOR, and HOME")
        case .failed(let editor, let status):
            Problem("editor", .failed, "\(shown(editor)) ended with status \(status); nothing changed")
        case .notText: Problem("editor", .failed, "what the editor left is not UTF-8; nothing changed")
        }
    }

    private static func yaml(_ failure: YamlReader.Failure) -> Problem {
        let place = failure.line > 0 ? "line \(failure.line): " : ""
        return switch failure.reason {
        case .syntax(let problem): syntax(place + shown(problem), hint: nil)
        case .repeatedMember(let name): syntax("\(place)“\(shown(name))” is there twice", hint: nil)
        case .memberNotText: syntax("\(place)a member's name is text", hint: nil)
        case .alias: syntax("\(place)anchors and aliases are not taken", hint: "write the value where it is meant")
        case .unknownTag(let tag): syntax("\(place)the tag \(shown(tag)) is not known", hint: "!keep is")
        }
    }

    private static func csv(_ failure: DeclaredTable.Failure) -> Problem {
        let place = failure.line > 0 ? "line \(failure.line): " : ""
        return switch failure.reason {
        case .empty: syntax("there is nothing in it", hint: "the first line names the columns: id,active")
        case .notText: syntax("it is not UTF-8", hint: nil)
        case .openQuote: syntax("\(place)a quote is opened and never closed", hint: nil)
        case .afterQuote: syntax("\(place)something stands behind a closing quote", hint: nil)
        case .unknownColumn(let name, let nearest):
            syntax(
                "\(place)there is no column “\(shown(name))”",
                hint: nearest.map { "did you mean \($0)?" }
                    ?? "there are id, name, description, active, events and resource_types")
        case .repeatedColumn(let name): syntax("\(place)the column “\(shown(name))” is there twice", hint: nil)
        case .count(let expected, let found):
            syntax("\(place)\(found) cells, where the head has \(expected)", hint: nil)
        case .notBoolean(let text): syntax("\(place)“\(shown(text))” is neither true nor false", hint: nil)
        }
    }

    private static func syntax(_ message: String, hint: String?) -> Problem {
        Problem("syntax", .usage, message, hint: hint)
    }

    static func name(of kind: JSON.Kind) -> String {
        switch kind {
        case .null: "null"
        case .array: "a list"
        case .string: "text"
        case .number: "a number"
        case .boolean: "a boolean"
        case .object: "an object"
        }
    }

    private static func shown(_ text: String) -> String { Printable.escaped(text) }
}
