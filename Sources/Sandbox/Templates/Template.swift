import LosslessJSON

/// A text with places that are filled from an event. The language is described in docs/sandbox.md.
///
/// It has no way to call, to assign or to reach anything but the values it is given, and every rendering ends within
/// `TemplateLimits`.
struct Template: Hashable, Sendable {
    indirect enum Node: Hashable, Sendable {
        case text(String)
        case output(TemplateExpression)
        case branch([Branch], otherwise: [Node])
        case loop(name: String, over: TemplateExpression, body: [Node], otherwise: [Node])
    }

    struct Branch: Hashable, Sendable {
        let condition: TemplateCondition
        let body: [Node]
    }

    let nodes: [Node]

    /// The single value that the template consists of, if it is nothing but one `{{ … }}`.
    var soleOutput: TemplateExpression? {
        guard nodes.count == 1, case .output(let expression) = nodes[0] else { return nil }
        return expression
    }

    init(nodes: [Node]) {
        self.nodes = nodes
    }

    init(parsing source: String, limits: TemplateLimits = .standard) throws(TemplateError) {
        var parser = TemplateParser(source: source, limits: limits)
        self = try parser.template()
    }
}

/// A value and the filters that it goes through.
struct TemplateExpression: Hashable, Sendable {
    enum Operand: Hashable, Sendable {
        case literal(JSON)
        /// Names and places, from the outermost value on.
        case path([JSONPath.Component])
    }

    struct Application: Hashable, Sendable {
        let filter: TemplateFilter
        let arguments: [Operand]
    }

    let operand: Operand
    let filters: [Application]
}

/// What decides an `if`.
indirect enum TemplateCondition: Hashable, Sendable {
    case holds(TemplateExpression)
    case equal(TemplateExpression, TemplateExpression)
    case contains(TemplateExpression, in: TemplateExpression)
    case not(TemplateCondition)
    case both(TemplateCondition, TemplateCondition)
    case either(TemplateCondition, TemplateCondition)
}
