import FoundationEssentials
import Testing

@testable import HookScript

/// A script of the tests with what its comments expect:
///
///     echo a                  # expect: a
///     echo $b                 # error 6: $b is not set
///     # error 3:1: this quote is never closed
///     # exit: 3
///
/// `error COLUMN` is about the comment's own line, `error LINE:COLUMN` about any. Messages match as prefixes.
/// `# arguments: a b` gives `$1`, `$2`.
struct ScriptFile: Sendable, CustomTestStringConvertible {
    struct ExpectedError: Hashable, CustomStringConvertible {
        let line: Int
        let column: Int
        let message: String
        var description: String { "\(line):\(column): \(message)" }
    }

    let name: String
    let text: String
    private(set) var output: [String] = []
    private(set) var errors: [ExpectedError] = []
    private(set) var exit: Int32?
    private(set) var arguments: [String] = []

    var testDescription: String { name }

    init(name: String, text: String) {
        self.name = name
        self.text = text
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            read(String(line), number: index + 1)
        }
    }

    private mutating func read(_ line: String, number: Int) {
        if let rest = Self.after("# expect: ", in: line) { output.append(rest) }
        if line.hasSuffix("# expect:") { output.append("") }
        if let rest = Self.after("# exit: ", in: line) { exit = Int32(rest) }
        if let rest = Self.after("# arguments: ", in: line) {
            arguments = rest.split(separator: " ").map(String.init)
        }
        guard let rest = Self.after("# error ", in: line) else { return }
        let parts = rest.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        if parts.count == 3, let line = Int(parts[0]), let column = Int(parts[1]) {
            errors.append(ExpectedError(line: line, column: column, message: parts[2].trimmed))
        } else if let column = Int(parts[0]) {
            errors.append(
                ExpectedError(line: number, column: column, message: parts.dropFirst().joined(separator: ":").trimmed))
        }
    }

    private static func after(_ marker: String, in line: String) -> String? {
        guard let range = line.firstRange(of: marker) else { return nil }
        return String(line[range.upperBound...])
    }

    /// Every script below the folder beside this one.
    static let all: [ScriptFile] = {
        let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let root = "/" + folder + "/Scripts"
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
        return names.filter { $0.hasSuffix(".hook") }.sorted().compactMap { name in
            (try? String(contentsOfFile: root + "/" + name, encoding: .utf8)).map { ScriptFile(name: name, text: $0) }
        }
    }()
}

extension String {
    var trimmed: String {
        var text = Substring(self)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
