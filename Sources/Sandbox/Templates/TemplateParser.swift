import LosslessJSON

/// Reads a template's text: what stands outside of marks, and the nodes that the marks make.
struct TemplateParser {
    private let source: [UInt8]
    private let limits: TemplateLimits
    private var position = 0

    /// A tag, without what belongs to its own node.
    private enum Tag {
        case condition(TemplateCondition)
        case elseIf(TemplateCondition)
        case otherwise
        case loop(name: String, over: TemplateExpression)
        case end(String)
    }

    private enum Piece {
        case node(Template.Node)
        case tag(Tag, offset: Int)
    }

    init(source: String, limits: TemplateLimits) {
        self.source = Array(source.utf8)
        self.limits = limits
    }

    mutating func template() throws(TemplateError) -> Template {
        guard source.count <= limits.sourceBytes else {
            throw TemplateError(reason: .tooLong(limit: limits.sourceBytes), offset: nil)
        }
        let (nodes, end) = try nodes(depth: 0)
        if let end { throw TemplateError(reason: .unbalanced(Self.name(of: end.tag)), offset: end.offset) }
        return Template(nodes: nodes)
    }

    /// Nodes up to a tag that ends or divides what is open, or to the end of the text.
    private mutating func nodes(
        depth: Int
    ) throws(TemplateError) -> (nodes: [Template.Node], end: (tag: Tag, offset: Int)?) {
        guard depth <= limits.depth else {
            throw TemplateError(reason: .tooDeep(limit: limits.depth), offset: position)
        }
        var nodes: [Template.Node] = []
        while let piece = try piece() {
            switch piece {
            case .node(let node): nodes.append(node)
            case .tag(.condition(let condition), let offset):
                nodes.append(try branch(condition, depth: depth, offset: offset))
            case .tag(.loop(let name, let list), let offset):
                nodes.append(try loop(name, over: list, depth: depth, offset: offset))
            case .tag(let tag, let offset): return (nodes, (tag, offset))
            }
        }
        return (nodes, nil)
    }

    private mutating func branch(
        _ condition: TemplateCondition, depth: Int, offset: Int
    ) throws(TemplateError) -> Template.Node {
        var branches: [Template.Branch] = []
        var condition = condition
        while true {
            let (body, end) = try nodes(depth: depth + 1)
            branches.append(Template.Branch(condition: condition, body: body))
            switch end?.tag {
            case .elseIf(let next): condition = next
            case .otherwise:
                let rest = try nodes(depth: depth + 1)
                try expect("endif", rest.end, opened: "if", at: offset)
                return .branch(branches, otherwise: rest.nodes)
            default:
                try expect("endif", end, opened: "if", at: offset)
                return .branch(branches, otherwise: [])
            }
        }
    }

    private mutating func loop(
        _ name: String, over list: TemplateExpression, depth: Int, offset: Int
    ) throws(TemplateError) -> Template.Node {
        let (body, end) = try nodes(depth: depth + 1)
        guard case .otherwise = end?.tag else {
            try expect("endfor", end, opened: "for", at: offset)
            return .loop(name: name, over: list, body: body, otherwise: [])
        }
        let rest = try nodes(depth: depth + 1)
        try expect("endfor", rest.end, opened: "for", at: offset)
        return .loop(name: name, over: list, body: body, otherwise: rest.nodes)
    }

    private func expect(
        _ name: String, _ end: (tag: Tag, offset: Int)?, opened: String, at offset: Int
    ) throws(TemplateError) {
        guard let end else { throw TemplateError(reason: .unbalanced(opened), offset: offset) }
        guard case .end(name) = end.tag else {
            throw TemplateError(reason: .unbalanced(Self.name(of: end.tag)), offset: end.offset)
        }
    }

    private static func name(of tag: Tag) -> String {
        switch tag {
        case .condition: "if"
        case .elseIf: "elif"
        case .otherwise: "else"
        case .loop: "for"
        case .end(let name): name
        }
    }

    private mutating func piece() throws(TemplateError) -> Piece? {
        while position < source.count {
            let start = position
            guard source[position] == UInt8(ascii: "{"), position + 1 < source.count else { return text(from: start) }
            switch source[position + 1] {
            case UInt8(ascii: "#"): _ = try inside("{#", "#}")
            case UInt8(ascii: "{"):
                let (content, offset) = try inside("{{", "}}")
                var reader = TemplateExpressionReader(source: content, offset: offset)
                let expression = try reader.expression()
                try reader.end()
                return .node(.output(expression))
            case UInt8(ascii: "%"):
                let (content, offset) = try inside("{%", "%}")
                return .tag(try tag(content, offset), offset: start)
            default: return text(from: start)
            }
        }
        return nil
    }

    private mutating func text(from start: Int) -> Piece {
        position += 1
        while position < source.count {
            if source[position] == UInt8(ascii: "{"), position + 1 < source.count,
                [UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "#")].contains(source[position + 1])
            {
                break
            }
            position += 1
        }
        return .node(.text(String(decoding: source[start..<position], as: UTF8.self)))
    }

    /// What stands between two marks, quoted texts skipped; the position is behind the second one.
    private mutating func inside(
        _ opening: String, _ closing: String
    ) throws(TemplateError) -> (content: ArraySlice<UInt8>, offset: Int) {
        let start = position
        let mark = Array(closing.utf8)
        var end = position + 2
        var quote: UInt8?
        while end + 1 < source.count {
            if quote == nil, source[end] == mark[0], source[end + 1] == mark[1] {
                position = end + 2
                return (source[(start + 2)..<end], start + 2)
            }
            if let open = quote {
                if source[end] == UInt8(ascii: "\\") { end += 1 } else if source[end] == open { quote = nil }
            } else if opening != "{#", source[end] == UInt8(ascii: "\"") || source[end] == UInt8(ascii: "'") {
                quote = source[end]
            }
            end += 1
        }
        throw TemplateError(reason: .unclosed(opening), offset: start)
    }

    private func tag(_ content: ArraySlice<UInt8>, _ offset: Int) throws(TemplateError) -> Tag {
        var reader = TemplateExpressionReader(source: content, offset: offset)
        let name = try reader.word()
        let tag: Tag
        switch name {
        case "if": tag = .condition(try reader.condition())
        case "elif": tag = .elseIf(try reader.condition())
        case "else": tag = .otherwise
        case "for":
            let variable = try reader.word()
            guard try reader.word() == "in" else { throw reader.failure(.expected("'in'")) }
            tag = .loop(name: variable, over: try reader.expression())
        case "endif", "endfor": tag = .end(name)
        default: throw TemplateError(reason: .unknownTag(name), offset: offset)
        }
        try reader.end()
        return tag
    }
}
