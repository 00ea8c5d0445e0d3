import HookScript

/// `hookline run FILE [ARG…] [--var NAME=VALUE]… [--on-error stop|continue] [--check]
/// [--allow-exec] [--resume]`.
extension Batch {
    func runScript(_ words: [String]) async -> ExitStatus {
        let words = Self.apart(words)
        var request: ScriptRequest?
        var index = 0
        var variables: [String: Value] = [:]
        var isCheck = false
        var continues = false
        var allowsExec = false
        while index < words.count {
            let word = words[index]
            let next = index + 1 < words.count ? words[index + 1] : nil
            switch word {
            case "--check": isCheck = true
            case "--allow-exec": allowsExec = true
            case "--resume": return await leave(await ScriptRunner(shell: shell).run(words: ["run"] + words))
            case "--var":
                guard let next, let pair = Self.pair(next) else { return refuse("--var takes NAME=VALUE") }
                variables[pair.name] = pair.value
                index += 1
            case "--on-error":
                guard let next, ["stop", "continue"].contains(next) else {
                    return refuse("--on-error takes stop or continue")
                }
                continues = next == "continue"
                index += 1
            case "--":
                request?.arguments += words[(index + 1)...].map { Value($0) }
                index = words.count
            default:
                if word.hasPrefix("--"), word.count > 2 {
                    return refuse("run has no flag \(Printable.escaped(word))", hint: "help run")
                }
                if request == nil {
                    request = ScriptRequest(path: word)
                } else if let pair = Self.pair(word) {
                    variables[pair.name] = pair.value
                } else {
                    request?.arguments.append(Value(word))
                }
            }
            index += 1
        }
        guard var request else { return refuse("run needs a FILE", hint: "hookline run FILE [ARG…] [NAME=VALUE…]") }
        request.variables = variables
        request.isCheck = isCheck
        request.continuesOnError = continues
        request.allowsExec = allowsExec
        return await leave(await ScriptRunner(shell: shell).runFile(request))
    }

    /// `--var=NAME=VALUE` is two words in one, and so is `--on-error=continue`; what stands behind `--` is as it is.
    private static func apart(_ words: [String]) -> [String] {
        let end = words.firstIndex(of: "--") ?? words.endIndex
        let flags = words[..<end].flatMap { word in
            let flag = ["--var", "--on-error"].first { word.hasPrefix($0 + "=") }
            return flag.map { [$0, String(word.dropFirst($0.count + 1))] } ?? [word]
        }
        return flags + words[end...]
    }

    /// `NAME=VALUE` with a name that a variable may have; the value is text.
    static func pair(_ word: String) -> (name: String, value: Value)? {
        guard let equals = word.firstIndex(of: "="), equals != word.startIndex else { return nil }
        let name = String(word[..<equals])
        let isName = name.utf8.allSatisfy {
            $0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF)
        }
        guard isName, let first = name.utf8.first, !(0x30...0x39).contains(first) else { return nil }
        return (name, Value(String(word[word.index(after: equals)...])))
    }
}
