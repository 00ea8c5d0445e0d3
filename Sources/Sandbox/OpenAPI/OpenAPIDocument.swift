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
        let answers = route.answers.map { ("\($0.status)", answer($0, links: links(behind: $0, of: route))) }
        operation["responses"] = JSON(JSONObject(answers))
        return JSON(operation)
    }

    private func parameter(_ parameter: RouteDeclaration.Parameter) -> JSON {
        let schema: JSON =
            switch parameter.shape {
            case .text: ["type": "string"]
            case .form(let pattern): ["type": "string", "pattern": JSON(pattern)]
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

    private func answer(_ answer: RouteDeclaration.Answer, links: JSONObject) -> JSON {
        var object: JSONObject = ["description": JSON(answer.description)]
        if let schema = answer.schema {
            object["content"] = JSON(JSONObject([(answer.contentType, ["schema": reference(schema)] as JSON)]))
        }
        if !links.isEmpty { object["links"] = JSON(links) }
        return JSON(object)
    }

    /// What can be done with a webhook that an answer tells of for the first time.
    private func links(behind answer: RouteDeclaration.Answer, of route: RouteDeclaration) -> JSONObject {
        guard case .create = route.operation(""), answer.schema == "Webhook" else { return [:] }
        let next = ["get_webhook", "update_webhook", "delete_webhook"]
        return JSONObject(
            next.map { id in
                (id, ["operationId": JSON(id), "parameters": ["identifier": "$response.body#/webhook_id"]] as JSON)
            })
    }

    private func reference(_ name: String) -> JSON { ["$ref": JSON("#/components/schemas/\(name)")] }
}
