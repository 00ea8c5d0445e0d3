import LosslessJSON
import PluginProtocol

/// A call of each contribution on samples: the answer must have its shape.
struct ContributionChecks {
    let run: ConformanceRun

    private var contributions: Contributions { run.manifest.contributions }

    func results() -> [ConformanceResult] {
        examples() + formats() + transforms() + policies() + channels() + rest()
    }

    private func examples() -> [ConformanceResult] {
        contributions.commands.flatMap { command in
            command.examples.map { example in
                run.check(.example, example) { probe in
                    try run.greet(probe)
                    let params = ExampleLine(example, command: command).params
                    let result = try CommandResult(try probe.call(Method.runCommand.rawValue, params.json).get())
                    try known(result.edits)
                }
            }
        }
    }

    private func formats() -> [ConformanceResult] {
        contributions.formats.map { format in
            run.check(.format, format.name) { probe in
                try run.greet(probe)
                for webhooks in [ConformanceSamples.webhooks.map(\.value), [], ConformanceSamples.changes.array ?? []] {
                    let params = FormatParams(format: format.name, webhooks: webhooks, width: 80).json
                    _ = try FormatResult(try probe.call(Method.renderFormat.rawValue, params).get())
                }
            }
        }
    }

    /// A transform may refuse arguments that it lacks, with an error; then it must say what, and go on.
    private func transforms() -> [ConformanceResult] {
        contributions.transforms.map { transform in
            run.check(.transform, transform.name) { probe in
                try run.greet(probe)
                for _ in 0..<2 {
                    let params: JSON = [
                        "part": 1, "of": 1, "name": JSON(transform.name), "args": [:],
                        "webhooks": JSON(ConformanceSamples.webhooks.map(\.json)),
                    ]
                    switch try probe.call(Method.applyTransform.rawValue, params) {
                    case .success(let result): try known(EditsResult(result).edits)
                    case .failure(let error) where !error.message.isEmpty: continue
                    case .failure(let error): throw error
                    }
                }
            }
        }
    }

    /// In one part and in two.
    private func policies() -> [ConformanceResult] {
        guard !contributions.policies.isEmpty else { return [] }
        let names = JSON(contributions.policies.map { JSON($0.name) })
        return [
            run.check(.policy) { probe in
                try run.greet(probe)
                let changes = ConformanceSamples.changes.array ?? []
                for parts in [[changes], [Array(changes.prefix(1)), Array(changes.dropFirst())], [[]]] {
                    for (index, part) in parts.enumerated() {
                        let params: JSON = [
                            "part": JSON(index + 1), "of": JSON(parts.count), "policies": names, "changes": JSON(part),
                        ]
                        _ = try FindingsResult(try probe.call(Method.checkPolicy.rawValue, params).get())
                    }
                }
            }
        ]
    }

    private func channels() -> [ConformanceResult] {
        let kinds = contributions.channelKinds + contributions.validators
        let validators = kinds.map { kind in
            run.check(.validator, kind) { probe in
                try run.greet(probe)
                for items: JSON in [[], [["key": "wh_abc123def4", "index": 0, "configs": [:]]]] {
                    let params: JSON = ["part": 1, "of": 1, "kind": JSON(kind), "items": items]
                    _ = try FindingsResult(try probe.call(Method.validateChannel.rawValue, params).get())
                }
            }
        }
        let own = contributions.channelKinds.map { kind in
            run.check(.channelKind, kind) { probe in
                try run.greet(probe)
                // What it lacks it must refuse with an error, or lower all the same.
                let lowered = try probe.call(Method.lowerChannel.rawValue, ["kind": JSON(kind), "configs": [:]])
                if case .success(let result) = lowered { _ = try ChannelValue.read(result) }
                let foreign: JSON = ["channel": "carrier_pigeon", "configs": [:]]
                let recognized = try probe.call(
                    Method.recognizeChannel.rawValue, ["kind": JSON(kind), "channel": foreign])
                guard try ChannelValue.read(try recognized.get()) == nil else {
                    throw ConformanceProbe.Failure.answer("it recognizes what is none of its own")
                }
            }
        }
        return validators + own
    }

    private func rest() -> [ConformanceResult] {
        var results: [ConformanceResult] = []
        if !contributions.completions.isEmpty, let command = contributions.commands.first {
            results.append(
                run.check(.completion) { probe in
                    try run.greet(probe)
                    let params = CompletionParams(command: command.name).json
                    _ = try CompletionResult(try probe.call(Method.complete.rawValue, params).get())
                })
        }
        if contributions.events.contains(.committed) {
            results.append(
                run.check(.event) { probe in
                    try run.greet(probe)
                    let entry = CommittedParams.Entry(key: "wh_abc123def4", operation: .update, status: "confirmed")
                    let params = CommittedParams(run: "1", results: [entry]).json
                    guard try probe.call(Method.eventCommitted.rawValue, params).get().kind == .object else {
                        throw ConformanceProbe.Failure.answer("the answer is no object")
                    }
                })
        }
        return results
    }

    /// Edits are about webhooks that were given.
    private func known(_ edits: [PluginEdit]) throws {
        let keys = Set(ConformanceSamples.webhooks.map(\.key))
        for edit in edits where !keys.contains(edit.key) {
            throw ConformanceProbe.Failure.answer("an edit of \(PlainText.strippedLine(edit.key)), which was not given")
        }
    }
}

/// An example of a manifest as a call: words at blanks, `--flag`, `--flag=value`, and `--flag value` where it takes one.
struct ExampleLine {
    let params: CommandParams

    init(_ line: String, command: ContributedCommand) {
        var words = line.split(separator: " ").map(String.init)[...]
        words = words.dropFirst()
        var argv: [String] = []
        var flags: JSONObject = [:]
        while let word = words.popFirst() {
            guard word.hasPrefix("--"), word.count > 2 else {
                argv.append(word)
                continue
            }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            if parts.count == 2 {
                flags[name] = JSON(String(parts[1]))
            } else if command.flags.first(where: { $0.name == name })?.value != nil, let value = words.popFirst() {
                flags[name] = JSON(value)
            } else {
                flags[name] = JSON(true)
            }
        }
        let selection = ConformanceSamples.webhooks.map { SelectedWebhook(key: $0.key, value: $0.value) }
        params = CommandParams(name: command.name, argv: argv, flags: flags, selection: selection, dryRun: true)
    }
}
