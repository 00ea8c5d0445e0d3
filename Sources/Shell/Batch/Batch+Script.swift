import HookScript

/// `hookline run FILE [ARG…] [--var NAME=VALUE]… [--on-error stop|continue] [--check]
/// [--allow-exec] [--resume]`.
extension Batch {
    func runScript(_ words: [String]) async -> ExitStatus {
        var request: ScriptRequest?
        var index = 0
        var variables: [String: Value] = [:]
        var isCheck = false
        var continues = false
        var allowsExec = false
        while index < words.count {
            var word = words[index]
            var next = index + 1 < words.count ? words[index + 1] : nil
            // `--var=NAME=VALUE` is one word, and so is `--on-error=continue`.
            for name in ["--var", "--on-error"] where word.hasPrefix(name + "=") {
                next = String(word.dropFirst(name.count + 1))
                word = name
                index -= 1
            }
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
