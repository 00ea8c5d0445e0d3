import LosslessJSON
import WebhookModel

extension EditedDocument {
    mutating func addEvents(_ names: [String]) throws(EditError) -> [EditNote] {
        var elements = try eventElements()
        var subscribed = Set(elements.compactMap(\.string))
        var notes: [EditNote] = []
        for name in names {
            guard subscribed.insert(name).inserted else {
                notes.append(.alreadySubscribed(name))
                continue
            }
            notes += Self.notesOnUnknown([name])
            elements.append(JSON(name))
        }
        write(elements)
        return notes
    }

    mutating func removeEvents(_ patterns: [EventPattern]) throws(EditError) -> [EditNote] {
        let elements = try eventElements()
        let subscribed = elements.compactMap(\.string)
        var removed: Set<String> = []
        var notes: [EditNote] = []
        for pattern in patterns {
            let matched = subscribed.filter(pattern.matches)
            if matched.isEmpty {
                notes.append(pattern.isGlob ? .nothingMatched(pattern) : .notSubscribed(pattern.text))
            }
            removed.formUnion(matched)
        }
        if !removed.isEmpty {
            write(elements.filter { element in element.string.map { !removed.contains($0) } ?? true })
        }
        return notes
    }

    mutating func setEvents(_ names: [String]) -> [EditNote] {
        let path = JSONPath([.name(Member.eventTypes)])
        let value = JSON(names.map { JSON($0) })
        let isEqual = document?[Member.eventTypes] == value
        if !isEqual { writeMember(Member.eventTypes, value) }
        explicit.insert(path)
        return isEqual ? [.equalAlready(FieldPath(path))] : Self.notesOnUnknown(names)
    }

    mutating func renameEvent(_ old: String, to new: String) throws(EditError) -> [EditNote] {
        let elements = try eventElements()
        guard elements.contains(where: { $0.string == old }) else { return [.notSubscribed(old)] }
        guard old != new else { return [.alreadySubscribed(new)] }
        var isPresent = elements.contains { $0.string == new }
        var renamed: [JSON] = []
        for element in elements {
            guard element.string == old else {
                renamed.append(element)
                continue
            }
            if !isPresent { renamed.append(JSON(new)) }
            isPresent = true
        }
        write(renamed)
        return Self.notesOnUnknown([new])
    }

    static func notesOnUnknown(_ names: [String]) -> [EditNote] {
        names.filter { !Catalogue.isKnownEventType($0) }
            .map { .unknownEvent($0, nearest: Nearest.name($0, among: Catalogue.eventTypes.lazy.map(\.name))) }
    }

    /// The elements of `event_types`; none when absent or null.
    private func eventElements() throws(EditError) -> [JSON] {
        guard let value = document?[Member.eventTypes], !value.isNull else { return [] }
        guard let elements = value.array else { throw .notAList(member: Member.eventTypes) }
        return elements
    }

    private mutating func write(_ elements: [JSON]) {
        if elements != (document?[Member.eventTypes]?.array ?? []) { writeMember(Member.eventTypes, JSON(elements)) }
    }

    mutating func writeMember(_ name: String, _ value: JSON) {
        guard var members = document?.object else { return }
        members[name] = value
        document = JSON(members)
    }
}
