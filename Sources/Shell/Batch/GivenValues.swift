import HookScript
import WebhookModel

/// What a script is given by name or by place: a script that says what it asks for (`param`) is given nothing else, or a
/// mistyped name would leave a default in force. What its text reads all the same (`$name`, `$@`) is asked for, too.
struct GivenValues {
    let request: ScriptRequest
    let source: SourceText

    /// - Throws: `ShellError.usage` for a value that nothing reads.
    func check(signatures: any SignatureLookup, limits: Limits) throws {
        // The script is read once more here, so only for somebody who is given something.
        if request.variables.isEmpty, request.arguments.isEmpty { return }
        // What does not read as a script says so when it is run.
        guard let script = try? Parser.parse(source, signatures: signatures, limits: limits) else { return }
        let parameters = script.body.statements.compactMap { statement -> String? in
            if case .parameter(let parameter) = statement.kind { parameter.name.text } else { nil }
        }
        if parameters.isEmpty { return }
        for name in request.variables.keys.sorted() where !parameters.contains(name) && !reads(name) {
            let nearest = Nearest.name(name, among: parameters)
            throw refusal(
                "has no parameter \(name)",
                nearest.map { "did you mean \($0)?" } ?? "it has " + parameters.joined(separator: ", "))
        }
        if request.arguments.count > parameters.count, !["@", "#", "1"].contains(where: reads) {
            let count = parameters.count == 1 ? "one argument" : "\(parameters.count) arguments at most"
            throw refusal("takes \(count)", "in this order: " + parameters.joined(separator: ", "))
        }
    }

    private func reads(_ name: String) -> Bool {
        let text = String(decoding: source.bytes, as: UTF8.self)
        return text.contains("$" + name) || text.contains("${" + name)
    }

    private func refusal(_ problem: String, _ hint: String) -> ShellError {
        .usage(command: "run", problem: "\(Printable.escaped(request.path)) \(problem)", hint: hint)
    }
}
