import LosslessJSON

/// Reads request bodies.
enum RequestDocument {
    /// The JSON of a body that must be there, whatever its content type. As the API's framework has it: no body, and what is no JSON, are 422; what
    /// the decoder cannot begin with (no UTF-8, nesting beyond the limit) is 400. Duplicate members count as no JSON: kept
    /// they could not be edited, dropped they would be lost.
    static func parse(_ bytes: [UInt8]) throws(APIProblem) -> JSON {
        do {
            return try JSON(parsing: bytes)
        } catch {
            throw problem(error)
        }
    }

    private static func problem(_ error: JSONSyntaxError) -> APIProblem {
        switch error.reason {
        case .empty:
            .invalid([ValidationProblem(type: "missing", location: ["body"], message: "Field required")])
        case .invalidUTF8, .tooDeep, .tooLarge:
            .badRequest("There was an error parsing the body")
        default:
            .invalid([
                ValidationProblem(
                    type: "json_invalid", location: ["body", .index(error.offset)], message: "JSON decode error")
            ])
        }
    }
}

/// The body of a list page: `{event_type?, is_active?}`, which may be left out.
enum ListFilterBody {
    static func parse(_ bytes: [UInt8]) throws(APIProblem) -> ListFilter {
        guard !bytes.isEmpty else { return ListFilter() }
        let body = try RequestDocument.parse(bytes)
        var problems: [ValidationProblem] = []
        func report(_ fault: SchemaFault, _ location: [ValidationProblem.Step]) {
            problems.append(ValidationProblem(type: fault.type, location: location, message: fault.message))
        }
        var filter = ListFilter()
        switch body.kind {
        case .null: return filter
        case .object: break
        default: report(.notAnObject, ["body"])
        }
        if let eventType = body["event_type"], !eventType.isNull {
            filter.eventType = eventType.string
            if filter.eventType == nil { report(.notAString, ["body", "event_type"]) }
        }
        if let isActive = body["is_active"], !isActive.isNull {
            filter.isActive = isActive.boolean
            if filter.isActive == nil { report(.notABoolean, ["body", "is_active"]) }
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        return filter
    }
}
