import LosslessJSON

/// Words and their parts. A value that comes out of a variable is never looked at as source.
extension Interpreter {
    /// The arguments that a word stands for: one, or one for each element of a spread.
    func arguments(_ word: Word, _ frame: Frame) async throws(RunError) -> [EvaluatedWord] {
        guard case .spread(let part) = word.content else { return [try await evaluate(word, frame)] }
        let value = try await self.value(of: part, frame)
        guard let list = value.elements else {
            throw failure(.operation(.unsuited("...", value.kind)), word.span, frame)
        }
        guard list.count <= limits.arguments else {
            throw fatal(.limitReached(.arguments, allowed: limits.arguments), word.span, frame)
        }
        return list.map { EvaluatedWord(value: $0, literal: nil, span: word.span) }
    }

    /// The one argument that a word stands for.
    func evaluate(_ word: Word, _ frame: Frame) async throws(RunError) -> EvaluatedWord {
        switch word.content {
        case .literal(let text): return EvaluatedWord(value: Value(text), literal: text, span: word.span)
        case .value(let part):
            return EvaluatedWord(value: try await value(of: part, frame), literal: nil, span: word.span)
        case .joined(let parts):
            return EvaluatedWord(value: try await text(parts, word.span, frame), literal: nil, span: word.span)
        case .spread: throw failure(.spreadInsideWord, word.span, frame)
        case .json(let template):
            return EvaluatedWord(value: try await value(of: template, frame), literal: nil, span: word.span)
        }
    }

    func value(of part: Word.Part, _ frame: Frame) async throws(RunError) -> Value {
        switch part {
        case .text(let text): return Value(text)
        case .variable(let variable): return try await value(of: variable, frame)
        case .substitution(let substitution): return try await result(of: substitution, frame)
        }
    }

    /// Parts joined as text, with the recipe to write it again if some are secret.
    func text(_ parts: [Word.Part], _ span: SourceSpan, _ frame: Frame) async throws(RunError) -> Value {
        var text = ""
        var taints: [Taint] = []
        var recipe: [Taint.Piece]? = []
        for (index, part) in parts.enumerated() {
            let value = try await value(of: part, frame)
            try checkMember(of: value, part, next: index + 1 < parts.count ? parts[index + 1] : nil, frame)
            let piece = pieceText(value, part)
            if let taint = value.combinedTaint {
                taints.append(taint)
                if let own = taint.recipe { recipe?.append(contentsOf: own) } else { recipe = nil }
            } else {
                recipe?.append(.text(piece))
            }
            text += piece
            guard text.utf8.count <= limits.textBytes else {
                throw fatal(.limitReached(.textBytes, allowed: limits.textBytes), span, frame)
            }
        }
        guard !taints.isEmpty else { return Value(text) }
        return Value(text, taint: Taint(origins: taints.flatMap(\.origins), recipe: recipe))
    }

    /// The text of a value inside a longer word: `$@` with blanks between, all else as it is.
    private func pieceText(_ value: Value, _ part: Word.Part) -> String {
        if case .variable(let variable) = part, variable.base == .arguments, let list = value.list {
            return list.map(\.revealedText).joined(separator: " ")
        }
        return value.revealedText
    }

    /// `"$webhook.name"` would print the whole webhook and then `.name`: certainly not what was meant.
    private func checkMember(
        of value: Value, _ part: Word.Part, next: Word.Part?, _ frame: Frame
    ) throws(RunError) {
        guard value.kind == .object || value.kind == .list, case .variable(let variable) = part, variable.path.isEmpty,
            case .text(let text)? = next, case .named(let name) = variable.base
        else { return }
        let bytes = Array(text.utf8.prefix(2))
        let isMember = bytes.count == 2 && bytes[0] == .dot && bytes[1].beginsName
        if isMember || bytes.first == .openBracket { throw failure(.memberInText(name), variable.span, frame) }
    }

    /// The value of a JSON literal, its secret members marked.
    func value(of template: JSONTemplate, _ frame: Frame) async throws(RunError) -> Value {
        switch template {
        case .literal(let json): return Value(json)
        case .string(let parts): return try await text(parts, frame.statement, frame)
        case .value(let part): return try await value(of: part, frame)
        case .spread: return .null
        case .array(let elements):
            var values: [Value] = []
            for element in elements {
                guard case .spread(let part) = element else {
                    values.append(try await value(of: element, frame))
                    continue
                }
                let value = try await value(of: part, frame)
                guard let list = value.elements else {
                    throw failure(.operation(.unsuited("...", value.kind)), part.span, frame)
                }
                values += list
                guard values.count <= limits.listElements else {
                    throw fatal(.limitReached(.listElements, allowed: limits.listElements), part.span, frame)
                }
            }
            return try checked(Value(values), frame)
        case .object(let members): return try await object(members, frame)
        }
    }

    private func object(_ members: [JSONTemplate.Member], _ frame: Frame) async throws(RunError) -> Value {
        var object = JSONObject()
        var secrets: [Taint.Member] = []
        var depth: UInt16 = 0
        for member in members {
            let name = try await text(member.name, frame.statement, frame)
            let value = try await value(of: member.value, frame)
            let key = name.revealedText
            object[key] = value.revealedJSON
            depth = max(depth, value.depth)
            guard let taint = Taint.member(of: value, named: name) else { continue }
            secrets +=
                taint.coversWhole
                ? [Taint.Member(path: [.name(key)], taint: taint)]
                : taint.members.map {
                    Taint.Member(path: JSONPath([.name(key)]).appending($0.path), taint: $0.taint)
                }
        }
        return try checked(Value(.object(object), taint: Taint(members: secrets), depth: depth &+ 1), frame)
    }

    /// Refuses what a script has nested too deeply, level by level.
    private func checked(_ value: Value, _ frame: Frame) throws(RunError) -> Value {
        guard Int(value.depth) <= limits.valueDepth else {
            throw fatal(.limitReached(.valueDepth, allowed: limits.valueDepth), frame.statement, frame)
        }
        return value
    }
}

extension Taint {
    /// The taint of a member whose name or value is secret. A secret name makes a secret of the value too.
    fileprivate static func member(of value: Value, named name: Value) -> Taint? {
        guard let own = name.taint else { return value.jsonTaint }
        return Taint(origins: own.origins + (value.jsonTaint?.origins ?? []), recipe: nil)
    }
}

extension Value {
    /// The value with the taint of the whole that it was an element of.
    func tainted(byWhole taint: Taint?) -> Value {
        guard let taint, taint.coversWhole else { return self }
        return tainted(by: taint)
    }
}

extension Word.Part {
    var span: SourceSpan {
        switch self {
        case .text: SourceSpan(0, 0)
        case .variable(let variable): variable.span
        case .substitution(let substitution): substitution.span
        }
    }
}
