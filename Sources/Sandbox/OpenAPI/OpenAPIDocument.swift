import LosslessJSON

/// The OpenAPI document of a server, made from the declarations of its routes.
struct OpenAPIDocument {
    let dialect: SandboxDialect

    var json: JSON {
        var paths: [String: JSONObject] = [:]
        var order: [String] = []
        for route in RouteDeclaration.all where route.dialects.contains(dialect) {
            if paths[route.path] == nil { order.append(route.path) }
            paths[route.path, default: [:]][route.method.rawValue.lowercased()] = operation(route)
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "hookline sandbox", "version": "1",
                "description":
                    "The organization webhooks API as the embedded server has it, and the operations by which it is rehearsed with.",
            ],
            "paths": JSON(JSONObject(order.map { ($0, JSON(paths[$0] ?? [:])) })),
            "components": [
                "securitySchemes": ["key": ["type": "http", "scheme": "bearer"]],
                "schemas": OpenAPISchemas.all,
            ],
        ]
    }

    private func operation(_ route: RouteDeclaration) -> JSON {
        var operation: JSONObject = ["operationId": JSON(route.id), "summary": JSON(route.summary)]
        operation["security"] =
            route.access == .anybody ? [] : route.access == .local ? [[:], ["key": []]] : [["key": []]]
        var parameters = route.parameters.map(parameter)
        if route.path.contains("{identifier}") {
            parameters.insert(
                [
                    "name": "identifier", "in": "path", "required": true, "schema": ["type": "string"],
                    "description": "A webhook's identifier",
                ], at: 0)
        }
        if !parameters.isEmpty { operation["parameters"] = JSON(parameters) }
        if let body = route.body {
            operation["requestBody"] = [
                "required": JSON(route.isBodyRequired), "content": ["application/json": ["schema": reference(body)]],
            ]
        }
        let answers = route.answers.map { ("\($0.status)", answer($0)) }
        operation["responses"] = JSON(JSONObject(answers))
        return JSON(operation)
    }

    private func parameter(_ parameter: RouteDeclaration.Parameter) -> JSON {
        let schema: JSON =
            switch parameter.shape {
            case .text: ["type": "string"]
            case .boolean: ["type": "boolean"]
            case .integer(let range):
                ["type": "integer", "minimum": JSON(range.lowerBound), "maximum": JSON(range.upperBound)]
            case .oneOf(let words): ["type": "string", "enum": JSON(words.map { JSON($0) })]
            }
        return [
            "name": JSON(parameter.name), "in": "query", "required": false, "schema": schema,
            "description": JSON(parameter.description),
        ]
    }

    private func answer(_ answer: RouteDeclaration.Answer) -> JSON {
        guard let schema = answer.schema else { return ["description": JSON(answer.description)] }
        let content = JSON(JSONObject([(answer.contentType, ["schema": reference(schema)] as JSON)]))
        return ["description": JSON(answer.description), "content": content]
    }

    private func reference(_ name: String) -> JSON { ["$ref": JSON("#/components/schemas/\(name)")] }
}
