/// What people read about scripts, aliases, options and the programs behind a pipe.
enum ScriptSentences {
    static func faults(_ count: Int, isMore: Bool, path: String) -> Problem {
        let problems = isMore ? "more than \(count) problems" : count == 1 ? "1 problem" : "\(count) problems"
        return Problem("faults", .usage, "\(problems) in \(shown(path))")
    }

    static func notCanonical(_ count: Int) -> Problem {
        Problem(
            "not-canonical", .failed,
            count == 1 ? "1 file is not in canonical form" : "\(count) files are not in canonical form",
            hint: "fmt FILE… writes it")
    }

    static func recordingGoesOn(_ path: String) -> Problem {
        Problem(
            "recording", .failed, "what is done is recorded in \(shown(path)) already", hint: "record stop ends it")
    }

    static func recordingOverEdits(_ count: Int) -> Problem {
        let edits = count == 1 ? "1 webhook has staged edits" : "\(count) webhooks have staged edits"
        return Problem(
            "staged-edits", .failed, "\(edits) that a recording begun now would not hold",
            hint: "commit or discard all first")
    }

    static func problem(_ failure: RecordingFile.Failure) -> Problem {
        switch failure {
        case .changed(let path): Problem("recording", .failed, "somebody else has changed \(shown(path))")
        }
    }

    static func unknownAlias(_ name: String, _ nearest: String?) -> Problem {
        Problem(
            "not-found", .failed, "there is no alias “\(shown(name))”",
            hint: nearest.map { "did you mean \(shown($0))?" } ?? "alias lists them")
    }

    static func programsNotAllowed(_ program: String) -> Problem {
        Problem(
            "exec", .usage, "a script may not run other programs, and this pipe runs \(shown(program))",
            hint: "if you trust the script: run FILE --allow-exec")
    }

    static func notInScripts(_ what: String) -> Problem {
        Problem(
            "exec", .usage, "a script may not \(what): a program could run by it",
            hint: "if you trust the script: run FILE --allow-exec")
    }

    static func noProgram(_ name: String) -> Problem {
        Problem("no-program", .failed, "there is no program “\(shown(name))” that can be run")
    }

    static func program(_ name: String, _ status: Int32) -> Problem {
        let how = status > 128 ? "was ended by signal \(status - 128)" : "ended with status \(status)"
        var problem = Problem("program", ExitStatus(rawValue: status) ?? .failed, "\(shown(name)) \(how)")
        problem.status = status
        return problem
    }

    static func problem(_ failure: PromptTemplate.Failure) -> Problem {
        switch failure {
        case .unknownField(let name, let nearest):
            let fields = PromptTemplate.Field.allCases.map(\.rawValue).joined(separator: ", ")
            return Problem(
                "prompt", .usage, "a prompt has no field “\(shown(name))”",
                hint: nearest.map { "did you mean {\($0)}?" } ?? "fields: \(fields), right")
        case .unbalanced(let offset):
            return Problem(
                "prompt", .usage, "the brace at character \(offset + 1) of the prompt has no other half",
                hint: "{{ and }} stand for braces")
        case .twoRights: return Problem("prompt", .usage, "{right} stands in the prompt twice")
        case .tooLong(let limit): return Problem("prompt", .usage, "a prompt has no more than \(limit) characters")
        }
    }

    private static func shown(_ text: String) -> String { Printable.escaped(text) }
}
