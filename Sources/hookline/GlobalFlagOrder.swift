import Shell

/// Lets global flags stand behind the command too: `hookline ls --profile production`.
enum GlobalFlagOrder {
    private static let switches: Set<String> = [
        "--sandbox", "--no-rc", "--no-input", "--dry-run", "--detailed-exitcode", "--insecure-http", "--allow-exec",
        "--quiet", "--verbose", "--yes", "-y", "-n", "-q", "-v",
    ]
    private static let valued: Set<String> = ["--profile", "--api-base", "--color", "--colour", "--plugin-path"]

    /// The words with every global flag that the command does not declare itself moved to the front. What stands after
    /// `--`, or in a condition after `where`, is left alone; so are the words of `-c` and of `sandbox serve`.
    static func globalFirst(_ words: [String]) -> [String] {
        guard let start = commandIndex(words), !words[start...].starts(with: ["sandbox", "serve"]) else { return words }
        var front: [String] = []
        var rest: [String] = []
        var index = start
        while index < words.count {
            let word = words[index]
            if word == "--" || word == "where" {
                rest += words[index...]
                break
            }
            let name = String(word.prefix { $0 != "=" })
            let isOwn = CommandTable.declares(word: name, command: words[start])
            if !isOwn, switches.contains(word) || (valued.contains(name) && name != word) {
                front.append(word)
            } else if !isOwn, valued.contains(word), index + 1 < words.count {
                front += [word, words[index + 1]]
                index += 1
            } else {
                rest.append(word)
            }
            index += 1
        }
        return words[..<start] + front + rest
    }

    /// Where the command stands: the first word that is neither a flag nor a flag's value.
    private static func commandIndex(_ words: [String]) -> Int? {
        let taking = valued.union(["-c", "--format"])
        var index = 0
        while index < words.count {
            let word = words[index]
            if word == "--" { return nil }
            if !word.hasPrefix("-") { return index }
            index += taking.contains(word) ? 2 : 1
        }
        return nil
    }
}
