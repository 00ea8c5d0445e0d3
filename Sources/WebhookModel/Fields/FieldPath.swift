import LosslessJSON

/// A path into a webhook's document as a user writes it.
///
/// `channels[0].configs.url`, `channels.*.configs.headers.X-Team`, a JSON pointer `/channels/0/configs/url`; and a kind
/// behind `channels`, which picks the channels of that kind and stands in their `configs`:
/// `channels.slack.channel_id` (the same as `channels.slack.configs.channel_id`; `channels.slack` alone is the channels
/// themselves). A field's short name may stand first: `health.paused_at`.
package struct FieldPath: Hashable, Sendable, CustomStringConvertible {
    package enum Step: Hashable, Sendable {
        case name(String)
        case index(Int)
        /// Every element or member.
        case any
        /// The elements that are channels of this kind.
        case kind(String)
    }

    package let steps: [Step]
    /// As a user would write it.
    package let description: String

    package init(_ steps: [Step]) {
        self.steps = steps
        description = Self.spelling(of: steps)
    }

    /// A place in a document.
    package init(_ path: JSONPath) {
        self.init(path.components.map(Step.init))
    }

    /// Whether the path can stand for several places at once.
    package var crossesList: Bool {
        steps.contains { step in
            switch step {
            case .any, .kind: true
            case .name, .index: false
            }
        }
    }

    /// The path as a plain one, when no step depends on the document (`channels.slack` does).
    package var plain: JSONPath? {
        var components: [JSONPath.Component] = []
        for step in steps {
            guard let component = step.component else { return nil }
            components.append(component)
        }
        return JSONPath(components)
    }

    private static func spelling(of steps: [Step]) -> String {
        let components = steps.map { step in
            if case .kind(let kind) = step { JSONPath.Component.name(kind) } else { step.component ?? .any }
        }
        return JSONPath(components).description
    }
}

extension FieldPath.Step {
    init(_ component: JSONPath.Component) {
        self =
            switch component {
            case .name(let name): .name(name)
            case .index(let index): .index(index)
            case .any: .any
            }
    }

    var component: JSONPath.Component? {
        switch self {
        case .name(let name): .name(name)
        case .index(let index): .index(index)
        case .any: .any
        case .kind: nil
        }
    }
}

extension FieldPath {
    /// What the path finds: one value, or a list when it crosses one (empty when nothing is there).
    package func value(in document: JSON) -> FieldValue {
        let found = matches(in: document)
        if crossesList { return .list(found.map(\.value)) }
        return found.first.map { FieldValue($0.value) } ?? .absent
    }

    /// Every place the path leads to that holds a value, in the document's order.
    package func matches(in document: JSON) -> [(path: JSONPath, value: JSON)] {
        var places: [(path: JSONPath, value: JSON)] = [(JSONPath([]), document)]
        for step in steps {
            places = places.flatMap { Self.follow(step, from: $0.path, value: $0.value) }
        }
        return places
    }

    /// Where a write to this path goes: every place its steps lead to, the last names of which may be missing yet.
    ///
    /// A step over a list leads only to what is there, so an index one past the end, a kind without a channel or `*` in
    /// an empty list leads nowhere.
    package func targets(in document: JSON) -> [JSONPath] {
        var places: [(path: JSONPath, value: JSON?)] = [(JSONPath([]), document)]
        for step in steps {
            places = places.flatMap { place -> [(path: JSONPath, value: JSON?)] in
                if case .name(let name) = step, Self.mayHold(name: place.value) {
                    return [(place.path.appending(.name(name)), place.value?[name])]
                }
                return place.value.map { Self.follow(step, from: place.path, value: $0) } ?? []
            }
        }
        return places.map(\.path)
    }

    /// Whether a member can be made in this value: an object, or nothing yet.
    private static func mayHold(name value: JSON?) -> Bool {
        guard let value else { return true }
        return value.kind == .object
    }

    private static func follow(_ step: Step, from path: JSONPath, value: JSON) -> [(path: JSONPath, value: JSON)] {
        switch step {
        case .name(let name):
            return value.matches(of: [.name(name)]).map { (path.appending($0.path), $0.value) }
        case .index(let index):
            return value.matches(of: [.index(index)]).map { (path.appending($0.path), $0.value) }
        case .any:
            return value.children.map { (path.appending($0.component), $0.value) }
        case .kind(let kind):
            return (value.array ?? []).enumerated().filter { Channel(document: $0.element).kind == kind }
                .map { (path.appending(.index($0.offset)), $0.element) }
        }
    }
}
