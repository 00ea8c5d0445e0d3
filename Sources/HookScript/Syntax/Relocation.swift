/// Trees with one place for everything in them: what an alias stands for is where its name was written.
extension CommandStatement.Item {
    func moved(to span: SourceSpan) -> CommandStatement.Item {
        switch self {
        case .positional(let word): .positional(word.moved(to: span))
        case .flag(let flag):
            .flag(
                CommandStatement.Flag(
                    name: flag.name, isShort: flag.isShort, span: span, values: flag.values.map { $0.moved(to: span) }))
        case .keyValue(let pair):
            .keyValue(
                CommandStatement.KeyValue(
                    key: pair.key.moved(to: span), value: pair.value.moved(to: span), span: span))
        case .condition(let expression, _): .condition(expression.moved(to: span), span: span)
        case .endOfFlags: .endOfFlags(span)
        case .command(let command): .command(command.moved(to: span))
        }
    }
}

extension CommandStatement {
    func moved(to span: SourceSpan) -> CommandStatement {
        CommandStatement(
            name: Name(text: name.text, span: span), signature: signature, items: items.map { $0.moved(to: span) },
            additions: Rarely(additions.value?.moved(to: span)), span: span)
    }
}

extension CommandStatement.Additions {
    fileprivate func moved(to span: SourceSpan) -> Self {
        var moved = self
        moved.subcommand = subcommand.map { Name(text: $0.text, span: span) }
        moved.redirect = redirect.map {
            CommandStatement.Redirect(appends: $0.appends, file: $0.file.moved(to: span), span: span)
        }
        moved.pipeline = pipeline.map { $0.map { $0.moved(to: span) } }
        return moved
    }
}

extension Word {
    func moved(to span: SourceSpan) -> Word {
        let content: Content =
            switch content {
            case .literal: content
            case .value(let part): .value(part.moved(to: span))
            case .joined(let parts): .joined(parts.map { $0.moved(to: span) })
            case .spread(let part): .spread(part.moved(to: span))
            case .json(let template): .json(template.moved(to: span))
            }
        return Word(content: content, span: span)
    }
}

extension Word.Part {
    func moved(to span: SourceSpan) -> Word.Part {
        switch self {
        case .text: self
        case .variable(let variable): .variable(variable.moved(to: span))
        case .substitution(let substitution): .substitution(substitution.moved(to: span))
        }
    }
}

extension Variable {
    func moved(to span: SourceSpan) -> Variable {
        Variable(base: base, path: path, fallback: fallback?.moved(to: span), span: span)
    }
}

extension Substitution {
    func moved(to span: SourceSpan) -> Substitution { Substitution(command: command.moved(to: span), span: span) }
}

extension JSONTemplate {
    func moved(to span: SourceSpan) -> JSONTemplate {
        switch self {
        case .literal: self
        case .string(let parts): .string(parts.map { $0.moved(to: span) })
        case .array(let elements): .array(elements.map { $0.moved(to: span) })
        case .object(let members):
            .object(
                members.map { member in
                    Member(name: member.name.map { $0.moved(to: span) }, value: member.value.moved(to: span))
                })
        case .value(let part): .value(part.moved(to: span))
        case .spread(let part): .spread(part.moved(to: span))
        }
    }
}

extension Expression {
    func moved(to span: SourceSpan) -> Expression {
        switch self {
        case .or(let parts): .or(parts.map { $0.moved(to: span) })
        case .and(let parts): .and(parts.map { $0.moved(to: span) })
        case .not(let inner, _): .not(inner.moved(to: span), span)
        case .comparison(let comparison):
            .comparison(
                Comparison(
                    comparator: comparison.comparator, comparatorSpan: span, left: comparison.left.moved(to: span),
                    right: comparison.right.moved(to: span)))
        case .exists(let path, _): .exists(path.moved(to: span), span)
        case .arithmetic(let first, let terms):
            .arithmetic(
                first.moved(to: span),
                terms.map { Term(sign: $0.sign, signSpan: span, operand: $0.operand.moved(to: span)) })
        case .range(let low, let high): .range(low.moved(to: span), high.moved(to: span))
        case .ago(let inner, _): .ago(inner.moved(to: span), span)
        case .call(let call):
            .call(Call(function: call.function, arguments: call.arguments.map { $0.moved(to: span) }, span: span))
        case .word(let word): .word(BareWord(text: word.text, role: word.role, span: span))
        case .string(let parts, _): .string(parts.map { $0.moved(to: span) }, span)
        case .pattern(let literal):
            .pattern(PatternLiteral(pattern: literal.pattern, ignoresCase: literal.ignoresCase, span: span))
        case .variable(let variable): .variable(variable.moved(to: span))
        case .substitution(let substitution): .substitution(substitution.moved(to: span))
        case .list(let elements, _):
            .list(elements.map { Element(value: $0.value.moved(to: span), isSpread: $0.isSpread) }, span)
        case .object(let template, _): .object(template.moved(to: span), span)
        case .constant(let constant):
            .constant(Constant(value: constant.value, span: span, crossesList: constant.crossesList))
        }
    }
}
