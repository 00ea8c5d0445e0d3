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
/// `error COLUMN` is about the comment's own line, `error LINE:COLUMN` about any. Messages match as prefixes. What else
/// a comment can say: `Scripts/README.md`.
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
    /// Hints of the first error, and the calls that led to it, as they are shown.
    private(set) var hints: [String] = []
    private(set) var trace: [String] = []
    private(set) var isCheck = false
    private(set) var aliases: [Alias] = []
    private(set) var parameters: [String: String] = [:]
    private(set) var answers: [String: String] = [:]
    /// Other scripts, which `run NAME` runs.
    private(set) var files: [String: String] = [:]
    private(set) var limits = Limits.forTests
    /// The canonical form, from the file beside it that ends in `.formatted`.
    let formatted: String?

    var testDescription: String { name }

    init(name: String, text: String, formatted: String? = nil) {
        self.name = name
        self.text = text
        self.formatted = formatted
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
        if line == "# check" { isCheck = true }
        if let rest = Self.after("# hint: ", in: line) { hints.append(rest) }
        if let rest = Self.after("# trace: ", in: line) { trace.append(rest) }
        if let (name, value) = Self.pair("# alias ", in: line) { aliases.append(Alias(name, text: value)) }
        if let (name, value) = Self.pair("# var ", in: line) { parameters[name] = value }
        if let (name, value) = Self.pair("# answer ", in: line) { answers[name] = value }
        if let (name, value) = Self.pair("# file ", in: line) { files[name] = value }
        if let (name, value) = Self.pair("# limit ", in: line), let count = Int(value) { limits.set(name, to: count) }
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

    /// `# KEYWORD NAME: VALUE`, on a line of its own.
    private static func pair(_ marker: String, in line: String) -> (name: String, value: String)? {
        guard line.hasPrefix(marker), let colon = line.firstRange(of: ": ") else { return nil }
        let name = line[..<colon.lowerBound].dropFirst(marker.count)
        return (String(name), String(line[colon.upperBound...]))
    }

    /// Those that are run or checked, and those whose form alone matters.
    static let toRun = all.filter { $0.formatted == nil }
    static let toFormat = all.filter { $0.formatted != nil }

    /// Every script below the folder beside this one.
    static let all: [ScriptFile] = {
        let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let root = "/" + folder + "/Scripts"
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
        return names.filter { $0.hasSuffix(".hook") }.sorted().compactMap { name in
            let formatted = try? String(contentsOfFile: root + "/" + name.dropLast(5) + ".formatted", encoding: .utf8)
            return (try? String(contentsOfFile: root + "/" + name, encoding: .utf8)).map {
                ScriptFile(name: name, text: $0, formatted: formatted)
            }
        }
    }()
}

extension Limits {
    /// Sets a limit by its name.
    mutating func set(_ name: String, to count: Int) {
        switch LimitName(rawValue: name) {
        case .sourceBytes: sourceBytes = count
        case .wordBytes: wordBytes = count
        case .nesting: nesting = count
        case .errors: errors = count
        case .arguments: arguments = count
        case .calls: calls = count
        case .steps: steps = count
        case .listElements: listElements = count
        case .valueDepth: valueDepth = count
        case .textBytes: textBytes = count
        case .patternBytes: patternBytes = count
        case .patternInstructions: patternInstructions = count
        case nil: preconditionFailure("no limit \(name)")
        }
    }
}

extension String {
    var trimmed: String {
        var text = Substring(self)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
