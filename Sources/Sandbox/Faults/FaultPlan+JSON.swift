import LosslessJSON

extension FaultPlan {
    /// The most rules of a plan.
    private static let ruleLimit = 64

    /// Reads `{seed?, rules: [{fault, rate?, count?, operations?, status?, retry_after?, milliseconds?, fields?}]}`.
    init(parsing body: JSON) throws(APIProblem) {
        var reader = BodyReader(body)
        let seed = reader.integer("seed", in: 0...Int.max) ?? 0
        let list = reader.required("rules", reader.value("rules"))
        if let list, list.array == nil { reader.fault(.notAList, "rules") }
        let elements = list?.array ?? []
        if elements.count > Self.ruleLimit {
            reader.report("too_long", "rules", "List should have at most \(Self.ruleLimit) items")
        }
        reader.finish()
        var problems = reader.problems
        var rules: [FaultRule] = []
        for (index, element) in elements.prefix(Self.ruleLimit).enumerated() {
            let (rule, found) = FaultRule.parse(element, at: ["body", "rules", .index(index)])
            problems += found
            if let rule { rules.append(rule) }
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        self.init(seed: UInt64(seed), rules: rules)
    }

    func json(happened: [Int]) -> JSON {
        let rules = zip(self.rules, happened).map { $0.json(happened: $1) }
        return ["seed": JSON(Int(truncatingIfNeeded: seed & UInt64(Int.max))), "rules": JSON(rules)]
    }
}

extension FaultRule {
    static func parse(
        _ value: JSON, at location: [ValidationProblem.Step]
    ) -> (rule: FaultRule?, problems: [ValidationProblem]) {
        var reader = BodyReader(value, at: location)
        let name = reader.required("fault", reader.text("fault"))
        let kind = name.flatMap { FaultKind(rawValue: $0) }
        if name != nil, kind == nil { reader.fault(.notOneOf(FaultKind.allCases.map(\.rawValue)), "fault") }
        let rate = reader.number("rate", in: 0...1)
        let count = reader.integer("count", in: 0...Int.max)
        let operations = reader.texts("operations") ?? []
        if let unknown = operations.first(where: { !RouteDeclaration.faultyIDs.contains($0) }) {
            reader.report("enum", "operations", "No operation that faults happen to is called '\(unknown)'")
        }
        let status = reader.integer("status", in: 500...599)
        let retryAfter = reader.integer("retry_after", in: 0...3_600)
        let milliseconds = reader.integer("milliseconds", in: 0...60_000)
        let fields = reader.texts("fields") ?? []
        // What is told of a rule may be sent back.
        _ = reader.integer("happened", in: 0...Int.max)
        reader.finish()
        guard let kind, reader.problems.isEmpty else { return (nil, reader.problems) }
        return (
            FaultRule(
                kind, rate: rate ?? 1, count: count, operations: Set(operations), status: status ?? 500,
                retryAfter: retryAfter ?? 1, milliseconds: milliseconds ?? 1_000, fields: fields), []
        )
    }

    func json(happened: Int) -> JSON {
        var rule: JSONObject = ["fault": JSON(kind.rawValue)]
        rule["rate"] = JSONNumber(rate).map { JSON($0) }
        if let count { rule["count"] = JSON(count) }
        if !operations.isEmpty { rule["operations"] = JSON(operations.sorted().map { JSON($0) }) }
        switch kind {
        case .serverError, .serverErrorAfter: rule["status"] = JSON(status)
        case .rateLimited, .unavailable: rule["retry_after"] = JSON(retryAfter)
        case .delay: rule["milliseconds"] = JSON(milliseconds)
        case .droppedFields: rule["fields"] = JSON(fields.map { JSON($0) })
        default: break
        }
        rule["happened"] = JSON(happened)
        return JSON(rule)
    }

    /// Reads the `X-Sandbox-Fault` header: `fault; name=value, fault`, each as a rule that holds for this request.
    static func parse(header: String) throws(APIProblem) -> [FaultRule] {
        var rules: [FaultRule] = []
        for part in header.split(separator: ",") {
            let words = part.split(separator: ";").map { $0.drop { $0 == " " } }
            var members: JSONObject = ["fault": JSON(trimmed(words.first ?? ""))]
            for word in words.dropFirst() {
                let pair = word.split(separator: "=", maxSplits: 1)
                guard pair.count == 2 else { throw .badRequest("X-Sandbox-Fault is unreadable") }
                let (name, value) = (trimmed(pair[0]), trimmed(pair[1]))
                members[name] =
                    name == "fields"
                    ? JSON(value.split(separator: "+").map { JSON(String($0)) })
                    : JSONNumber(spelling: value).map { JSON($0) } ?? JSON(value)
            }
            let (rule, problems) = parse(JSON(members), at: ["header", "X-Sandbox-Fault"])
            guard let rule else { throw .invalid(problems) }
            rules.append(rule)
        }
        return rules
    }

    private static func trimmed(_ text: Substring) -> String {
        text.split(separator: " ").joined(separator: " ")
    }
}
