import LosslessJSON

/// What a text is put into, which says how values are made harmless there.
enum TemplateEscape: Hashable, Sendable {
    /// Plain text: nothing is changed.
    case none
    /// `& < > " '` become entities.
    case html
    /// Values stand within the quotes of a JSON text; what `json` gave stands for itself.
    case json
}

/// Fills a template's places.
struct TemplateRenderer {
    private let limits: TemplateLimits
    private let escape: TemplateEscape
    private var scopes: [(name: String, value: JSON)]
    private let values: JSON
    private var output: [UInt8] = []
    private var rounds = 0
    private var work = 0

    /// The text that a template gives for values, which its paths begin in.
    static func text(
        _ template: Template, values: JSON, escape: TemplateEscape = .none, limits: TemplateLimits = .standard
    ) throws(TemplateError) -> String {
        var renderer = TemplateRenderer(values: values, escape: escape, limits: limits)
        try renderer.render(template.nodes)
        return String(decoding: renderer.output, as: UTF8.self)
    }

    /// The value of a template that is nothing but one `{{ … }}`.
    static func value(
        _ expression: TemplateExpression, values: JSON, limits: TemplateLimits = .standard
    ) throws(TemplateError) -> JSON {
        var renderer = TemplateRenderer(values: values, escape: .none, limits: limits)
        return try renderer.value(expression)
    }

    private init(values: JSON, escape: TemplateEscape, limits: TemplateLimits) {
        self.values = values
        self.escape = escape
        self.limits = limits
        scopes = []
    }

    private mutating func render(_ nodes: [Template.Node]) throws(TemplateError) {
        for node in nodes {
            try spend(16)
            switch node {
            case .text(let text): try write(text)
            case .output(let expression):
                let isJSON = expression.filters.last?.filter == .json
                try write(escaped(try value(expression).templateText, isJSON: isJSON))
            case .branch(let branches, let otherwise):
                try render(try taken(branches)?.body ?? otherwise)
            case .loop(let name, let list, let body, let otherwise):
                try loop(name, over: try value(list), body, otherwise)
            }
        }
    }

    private mutating func loop(
        _ name: String, over list: JSON, _ body: [Template.Node], _ otherwise: [Template.Node]
    ) throws(TemplateError) {
        let elements = list.array ?? list.object?.map { ["key": JSON($0.name), "value": $0.value] as JSON } ?? []
        if elements.isEmpty { return try render(otherwise) }
        for (index, element) in elements.enumerated() {
            rounds += 1
            guard rounds <= limits.rounds else {
                throw TemplateError(reason: .tooManyRounds(limit: limits.rounds), offset: nil)
            }
            let place: JSON = [
                "index": JSON(index + 1), "first": JSON(index == 0), "last": JSON(index == elements.count - 1),
            ]
            scopes.append((name, element))
            scopes.append(("loop", place))
            try render(body)
            scopes.removeLast(2)
        }
    }

    private mutating func write(_ text: String) throws(TemplateError) {
        guard output.count + text.utf8.count <= limits.outputBytes else {
            throw TemplateError(reason: .outputTooLong(limit: limits.outputBytes), offset: nil)
        }
        output += text.utf8
    }

    private func escaped(_ text: String, isJSON: Bool) -> String {
        switch escape {
        case .none: return text
        case .json: return isJSON ? text : String(JSON(text).text(.compact).dropFirst().dropLast())
        case .html: return Self.htmlEscaped(text)
        }
    }

    static func htmlEscaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func taken(_ branches: [Template.Branch]) throws(TemplateError) -> Template.Branch? {
        for branch in branches where try holds(branch.condition) { return branch }
        return nil
    }

    private mutating func holds(_ condition: TemplateCondition) throws(TemplateError) -> Bool {
        try spend(256)
        switch condition {
        case .holds(let expression): return try value(expression).isTruthy
        case .equal(let left, let right):
            let (left, right) = (try value(left), try value(right))
            // What has parts equals nothing: comparing it could take long.
            return !left.kind.isContainer && !right.kind.isContainer && left == right
        case .contains(let element, let whole): return try contains(try value(element), try value(whole))
        case .not(let condition): return try !holds(condition)
        case .both(let left, let right):
            guard try holds(left) else { return false }
            return try holds(right)
        case .either(let left, let right):
            if try holds(left) { return true }
            return try holds(right)
        }
    }

    private mutating func contains(_ element: JSON, _ whole: JSON) throws(TemplateError) -> Bool {
        guard !element.kind.isContainer else { return false }
        try spend(whole.string?.utf8.count ?? (whole.kind.isContainer ? whole.count * 16 : 0))
        switch whole.kind {
        case .array: return whole.array?.contains { !$0.kind.isContainer && $0 == element } ?? false
        case .object: return element.string.map { whole[$0] != nil } ?? false
        case .string: return element.string.map { whole.string?.contains($0) ?? false } ?? false
        default: return false
        }
    }

    private mutating func value(_ expression: TemplateExpression) throws(TemplateError) -> JSON {
        var value = value(expression.operand)
        for application in expression.filters {
            let arguments = application.arguments.map { self.value($0) }
            let bound = application.filter.outputBound(value, arguments)
            guard bound <= limits.outputBytes else {
                throw TemplateError(reason: .outputTooLong(limit: limits.outputBytes), offset: nil)
            }
            try spend(bound + (value.string?.utf8.count ?? 0))
            value = application.filter.apply(value, arguments)
        }
        return value
    }

    private mutating func spend(_ amount: Int) throws(TemplateError) {
        work += amount
        guard work <= limits.work else { throw TemplateError(reason: .tooMuchWork, offset: nil) }
    }

    /// Null for what is missing.
    private func value(_ operand: TemplateExpression.Operand) -> JSON {
        switch operand {
        case .literal(let value): return value
        case .path(let path):
            guard case .name(let name)? = path.first else { return .null }
            var value = scopes.last { $0.name == name }?.value ?? values[name]
            for component in path.dropFirst() {
                switch component {
                case .name(let name): value = value?[name]
                case .index(let index): value = value?[index]
                default: value = nil
                }
            }
            return value ?? .null
        }
    }
}
