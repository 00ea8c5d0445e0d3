import HookScript
import LosslessJSON
import WebhookModel

/// Secrets that were typed, or computed: a recording asks for them with `param`.
struct RecordedSecrets: Sendable {
    /// A `param` that the recording needs.
    struct Parameter: Hashable, Sendable {
        let name: String
        let help: String

        /// The help stands in quotes, whatever is in a key's name.
        var line: String {
            let shown = help.unicodeScalars.filter {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789_-.[]* ".unicodeScalars.contains($0))
            }
            return "param \(name) \"\(String(String.UnicodeScalarView(shown)))\" --secret"
        }
    }

    private(set) var parameters: [Parameter] = []
    /// So that one that is used twice is asked for once. Never printed.
    private var names: [String: String] = [:]

    /// The name of the parameter that stands for a secret.
    mutating func name(for value: String, called help: String) -> String {
        if let name = names[value] { return name }
        let name = "secret_\(parameters.count + 1)"
        names[value] = name
        parameters.append(Parameter(name: name, help: help))
        return name
    }

    /// The argument with a parameter's name in place of every secret that stands in it as it is, and of every one that no
    /// word gives again.
    ///
    /// - Parameter place: where in a document the value would stand; nil where no document gets it.
    mutating func word(_ argument: Argument, at place: JSONPath?, called help: String) -> String {
        let value = argument.value
        if value.isTainted {
            if value.canBeGivenAgain { return argument.canonical }
            return hidden(value.revealedText, help)
        }
        guard let place else { return argument.canonical }
        let json = document(argument)
        guard SecretPaths.holdsSecret(json, at: place) else { return argument.canonical }
        guard json.object != nil || json.array != nil else { return hidden(argument.revealedText, help) }
        // Members are found in a document: this one is put where it belongs, and the way there taken off again.
        var members: [Taint.Member] = []
        collect(json, at: place, below: [], into: &members)
        return Value(json, taint: Taint(members: members)).word(as: .json)
    }

    private mutating func hidden(_ secret: String, _ help: String) -> String {
        "${\(name(for: secret, called: help))}"
    }

    private mutating func collect(
        _ value: JSON, at place: JSONPath, below path: [JSONPath.Component], into members: inout [Taint.Member]
    ) {
        if let object = value.object {
            for (name, member) in object {
                collect(member, at: place.appending(.name(name)), below: path + [.name(name)], into: &members)
            }
        } else if let array = value.array {
            for (index, element) in array.enumerated() {
                collect(element, at: place.appending(.index(index)), below: path + [.index(index)], into: &members)
            }
        } else if SecretPaths.holdsSecret(value, at: place) {
            let help = path.last.map { JSONPath([$0]).description } ?? "secret"
            let name = name(for: value.string ?? value.text(), called: help)
            members.append(.init(path: JSONPath(path), taint: Taint(reference: name)))
        }
    }

    private func document(_ argument: Argument) -> JSON {
        let text = argument.revealedText
        if argument.literal != nil || argument.kind == .channelKind, text.hasPrefix("{") || text.hasPrefix("["),
            let json = try? JSON(parsing: text)
        {
            return json
        }
        return argument.value.revealedJSON
    }
}

extension Value {
    /// Whether a word with references that outlast the session evaluates to it.
    fileprivate var canBeGivenAgain: Bool {
        guard let taint = combinedTaint else { return true }
        if taint.coversWhole { return taint.canBeGivenAgain }
        return (jsonTaint ?? taint).members.allSatisfy(\.taint.canBeGivenAgain)
    }
}

extension Taint {
    fileprivate var canBeGivenAgain: Bool {
        guard coversWhole else { return members.allSatisfy(\.taint.canBeGivenAgain) }
        guard let recipe else { return false }
        return recipe.allSatisfy { piece in
            switch piece {
            case .text: true
            case .reference(let name): name.hasPrefix("secret:") || name.hasPrefix("env:")
            }
        }
    }
}
