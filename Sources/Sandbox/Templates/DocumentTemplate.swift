import LosslessJSON

/// A JSON value whose texts are templates.
enum DocumentTemplate {
    /// The value with every text in it rendered. A text that is nothing but one `{{ … }}` becomes the value itself, a
    /// number a number; any other becomes a text. Names of members stay.
    static func render(
        _ value: JSON, values: JSON, limits: TemplateLimits = .standard
    ) throws(TemplateError) -> JSON {
        var budget = limits.outputBytes
        return try render(value, values, limits, &budget)
    }

    private static func render(
        _ value: JSON, _ values: JSON, _ limits: TemplateLimits, _ budget: inout Int
    ) throws(TemplateError) -> JSON {
        switch value.kind {
        case .string:
            let rendered = try text(value.string ?? "", values, limits)
            budget -= rendered.string?.utf8.count ?? rendered.text(.compact).utf8.count
            guard budget >= 0 else {
                throw TemplateError(reason: .outputTooLong(limit: limits.outputBytes), offset: nil)
            }
            return rendered
        case .array:
            var elements: [JSON] = []
            for element in value.array ?? [] { elements.append(try render(element, values, limits, &budget)) }
            return JSON(elements)
        case .object:
            var members: [(String, JSON)] = []
            for (name, member) in value.object ?? [:] {
                members.append((name, try render(member, values, limits, &budget)))
            }
            return JSON(JSONObject(members))
        default: return value
        }
    }

    private static func text(
        _ source: String, _ values: JSON, _ limits: TemplateLimits
    ) throws(TemplateError) -> JSON {
        let template = try Template(parsing: source, limits: limits)
        if let sole = template.soleOutput {
            return try TemplateRenderer.value(sole, values: values, limits: limits)
        }
        return JSON(try TemplateRenderer.text(template, values: values, limits: limits))
    }

    /// A text that renders to JSON, such as a list of blocks. Values within its quotes can't break out of them.
    static func parse(_ source: String, values: JSON) throws(TemplateError) -> JSON {
        let template = try Template(parsing: source)
        let text = try TemplateRenderer.text(template, values: values, escape: .json)
        do { return try JSON(parsing: text) } catch { throw TemplateError(reason: .notJSON, offset: nil) }
    }
}
