import LosslessJSON

extension Value {
    /// The value of a JSON document; a taint that names members goes to the elements of a list.
    package init(_ json: JSON, taint: Taint? = nil) {
        self.init(json, taint: taint, depth: Self.documentDepth)
    }

    /// The value of a part of a document that is no deeper than this.
    init(_ json: JSON, taint: Taint?, depth: UInt16) {
        let inner = depth == 0 ? 0 : depth - 1
        switch json.kind {
        case .null: self.init(Content.null, taint: taint)
        case .boolean: self.init(.boolean(json.boolean ?? false), taint: taint)
        case .number: self.init(json.number.map(Content.number) ?? Content.null, taint: taint)
        case .string: self.init(.text(json.string ?? ""), taint: taint)
        case .object: self.init(json.object.map(Content.object) ?? Content.null, taint: taint, depth: depth)
        case .array:
            var elements: [Value] = []
            for (index, element) in (json.array ?? []).enumerated() {
                let own = taint?.member(at: JSONPath([.index(index)]))
                elements.append(Value(element, taint: own, depth: inner))
            }
            self.init(.list(elements), taint: nil, depth: depth)
        }
    }

    /// The value as JSON: a time as RFC 3339 text, a duration as text like `30d`. Secrets are in it.
    package var revealedJSON: JSON {
        switch content {
        case .null: JSON.null
        case .boolean(let boolean): JSON(boolean)
        case .number(let number): JSON(number)
        case .text(let text): JSON(text)
        case .list(let elements): JSON(elements.map(\.revealedJSON))
        case .object(let object): JSON(object)
        case .time(let instant): JSON(instant.description)
        case .duration(let duration): JSON(DurationText.text(of: duration))
        }
    }

    /// The value as text, as it stands inside a longer word: lists and objects as compact JSON. Secrets are in it.
    package var revealedText: String {
        switch content {
        case .null: "null"
        case .boolean(let boolean): boolean ? "true" : "false"
        case .number(let number): number.spelling
        case .text(let text): text
        case .list, .object: revealedJSON.text(.compact)
        case .time(let instant): instant.description
        case .duration(let duration): DurationText.text(of: duration)
        }
    }

    /// Whether the value as JSON has no secret in it, and then that JSON.
    package var json: JSON? { isTainted ? JSON?.none : .some(revealedJSON) }

    /// The taint of ``revealedJSON``: which members of it are secret.
    package var jsonTaint: Taint? {
        guard case .list(let elements) = content else { return taint }
        var members: [Taint.Member] = []
        for (index, element) in elements.enumerated() {
            guard let taint = element.jsonTaint else { continue }
            let place = JSONPath([.index(index)])
            if taint.coversWhole {
                members.append(Taint.Member(path: place, taint: taint))
            } else {
                members += taint.members.map {
                    Taint.Member(path: JSONPath(place.components + $0.path.components), taint: $0.taint)
                }
            }
        }
        return Taint.union([taint]) ?? Taint(members: members)
    }
}
