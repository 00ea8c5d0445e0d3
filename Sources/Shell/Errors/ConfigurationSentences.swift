import WebhookModel

/// What people read about configuration, profiles, keys, secrets and files.
enum ConfigurationSentences {
    static func problem(_ error: ConfigurationError) -> Problem {
        let place = Printable.escaped(error.path) + (error.line.map { ", line \($0)" } ?? "")
        let (message, hint) = words(error.reason)
        // What the system refuses is no mistake in the file.
        if case .unreadable(let reason) = error.reason {
            return Problem("configuration", .failed, "\(place): \(message)", hint: self.hint(reason))
        }
        return Problem("configuration", .usage, "\(place): \(message)", hint: hint ?? hintForMode(error))
    }

    private static func words(_ reason: ConfigurationError.Reason) -> (String, String?) {
        switch reason {
        case .syntax(let text): ("not YAML: \(Printable.escaped(text))", nil)
        case .notAMapping(let what): ("\(Printable.escaped(what)) must hold members, NAME: VALUE", nil)
        case .unknownMember(let name, let nearest):
            ("unknown member \(quoted(name))", nearest.map { "did you mean \($0)?" })
        case .duplicateMember(let name): ("\(quoted(name)) is given twice", nil)
        case .badValue(let member, let expected): ("\(member) must be \(expected)", nil)
        case .missing(let member): ("\(member) is missing", nil)
        case .keyAndCommand: ("a profile has either key or key_command", nil)
        case .badProfileName(let name):
            ("\(quoted(name)) is no profile name", "letters, digits, - _ and . only, at most 64")
        case .unknownDefault(let name, let nearest):
            ("the default profile \(quoted(name)) does not exist", nearest.map { "did you mean \($0)?" })
        case .tooOpen(let mode): ("the file holds a key and others may read it (mode \(octal(mode)))", nil)
        case .untrusted(let mode, true): ("others may write the file (mode \(octal(mode)))", nil)
        case .untrusted: ("the file is another user's", "what it says would be run as you; copy it if you trust it")
        case .unreadable(let reason): (words(reason), nil)
        case .tooLarge: ("the file is too long to be a configuration", nil)
        case .notEditable(let obstacle): ConfigurationObstacleSentences.words(obstacle)
        }
    }

    private static func hintForMode(_ error: ConfigurationError) -> String? {
        switch error.reason {
        case .tooOpen: "chmod 600 \(Printable.escaped(error.path))"
        case .untrusted(_, true): "chmod go-w \(Printable.escaped(error.path))"
        default: nil
        }
    }

    static func problem(_ error: ProfileResolver.Failure) -> Problem {
        switch error {
        case .unknownProfile(let name, let known):
            return Problem(
                "unknown-profile", .usage, "there is no profile \(quoted(name))",
                hint: known.isEmpty
                    ? "there is none yet: profile add \(Printable.escaped(name))"
                    : "there are: " + known.joined(separator: ", "))
        case .otherHost(let profile, let profileHost, let host):
            return Problem(
                "other-host", .usage,
                "--api-base names \(Printable.escaped(host)), but profile \(profile) is for \(profileHost)",
                hint: "the key of a profile goes to its own host only; make another profile")
        case .badBase(let base):
            return Problem(
                "bad-base", .usage, "\(quoted(Masking.shown(base))) is no base URL",
                hint: "https://HOST, http://HOST:PORT or http+unix://PATH, without user information")
        case .sandboxAndProfile:
            return Problem("usage", .usage, "--sandbox does not go with --profile or --api-base")
        }
    }

    static func problem(_ error: KeyFailure) -> Problem {
        switch error {
        case .none(let profile):
            Problem(
                "no-key", .notAllowed, "profile \(profile) has no API key",
                hint: profile == ProfileResolver.unnamed
                    ? "set MIXPEEK_API_KEY, or go by a profile: --profile NAME" : "set one with: login \(profile)")
        case .commandFailed(let profile, let status):
            Problem("no-key", .notAllowed, "the key_command of profile \(profile) failed with status \(status)")
        case .empty(let profile):
            Problem("no-key", .notAllowed, "the key of profile \(profile) is empty")
        }
    }

    static func problem(_ error: SecretStore.Failure) -> Problem {
        switch error {
        case .unknown(let name, let known):
            let hint = known.isEmpty ? "set it with: secret set \(name)" : "there are: " + known.joined(separator: ", ")
            return Problem("unknown-secret", .failed, "there is no secret \(quoted(name))", hint: hint)
        case .badName(let name):
            return Problem(
                "bad-name", .usage, "\(quoted(name)) is no name for a secret",
                hint: "letters, digits, - _ and . only, at most 64")
        case .tooOpen(let path, let mode):
            return Problem(
                "too-open", .failed,
                "\(Printable.escaped(path)) holds secrets and others may read it (mode \(octal(mode)))",
                hint: "chmod 600 \(Printable.escaped(path))")
        case .damaged(let path):
            return Problem("damaged", .failed, "\(Printable.escaped(path)) is no JSON object of secrets")
        case .file(let error): return problem(error)
        case .readOnly:
            return Problem(
                "read-only", .failed, "secrets come from secret_command", hint: "change them where it reads them")
        case .commandFailed(let status):
            return Problem("no-secret", .failed, "secret_command failed with status \(status)")
        }
    }

    static func problem(_ error: FileError) -> Problem {
        if error.reason == .interrupted { return Problems.problem(ShellError.interrupted) }
        return Problem(
            "file", .failed, "\(Printable.escaped(error.path)): \(words(error.reason))", hint: hint(error.reason))
    }

    /// What to do where the place is at fault, and not the file.
    private static func hint(_ reason: FileError.Reason) -> String? {
        switch reason {
        case .noSpace: "free some room there, and try again; what was there is as it was"
        case .readOnly: "mount it for writing, or name another place"
        case .notFound, .notAllowed, .exists, .isFolder, .isPipe, .tooLarge, .system, .interrupted: nil
        }
    }

    static func problem(_ error: SandboxFailure) -> Problem {
        let place = error.path.map { " (\(Printable.escaped($0)))" } ?? ""
        return Problem(
            "sandbox", .failed, "the sandbox did not start\(place): \(Printable.escaped(error.reason))",
            hint:
                "--sandbox keeps its webhooks in memory; XDG_STATE_HOME names another place for files; doctor looks closer"
        )
    }

    static func words(_ reason: FileError.Reason) -> String {
        switch reason {
        case .notFound: "there is no such file"
        case .notAllowed: "no permission"
        case .exists: "it exists already"
        case .isFolder: "it is a folder"
        case .isPipe: "it is a pipe, and no file"
        case .noSpace: "the disk is full"
        case .readOnly: "the file system is read-only"
        case .tooLarge(let limit): "it is longer than \(limit) bytes"
        case .system(_, let text): text
        case .interrupted: "interrupted"
        }
    }

    private static func octal(_ mode: UInt32) -> String { String(mode, radix: 8) }
    private static func quoted(_ text: String) -> String { "“\(Printable.escaped(text))”" }
}

extension ConfigurationSentences {
    static func problem(_ error: ServiceSetupError) -> Problem {
        Problem(
            "bad-\(error.member.rawValue)", .usage,
            "the \(error.member.rawValue) of profile \(error.profile) cannot be used: \(Printable.escaped(error.reason))",
            hint: error.member == .proxy
                ? "proxy in the profile, HTTPS_PROXY, http_proxy or ALL_PROXY names it; NO_PROXY leaves hosts out" : nil
        )
    }
}
