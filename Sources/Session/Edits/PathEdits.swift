import LosslessJSON
import WebhookModel

extension EditedDocument {
    mutating func set(_ path: FieldPath, to value: EditValue) throws(EditError) -> [EditNote] {
        try Self.checkWritable(path)
        try Self.checkType(of: value.json, at: path)
        guard let document else { throw .wrongOrigin }
        let targets = path.targets(in: document)
        if targets.isEmpty {
            if path.crossesList { return [.nothingAt(path)] }
            throw .noSuchPlace(path)
        }
        if value.isSecret { try Self.checkHoldsConfigs(targets, path) }
        var isEqual = true
        for target in targets {
            isEqual = try write(value, at: target, of: path) && isEqual
        }
        return isEqual ? [.equalAlready(path)] : []
    }

    mutating func unset(_ path: FieldPath) throws(EditError) -> [EditNote] {
        try Self.checkWritable(path)
        if let member = Self.soleMember(of: path), Self.requiredMembers.contains(member) {
            throw .required(member: member)
        }
        guard let document else { throw .wrongOrigin }
        let found = path.matches(in: document)
        // From the last, so that the positions of those before stay right.
        for (target, _) in found.reversed() {
            do { try self.document?.remove(at: target) } catch { throw .noSuchPlace(path) }
            noteRemoval(at: target)
        }
        return found.isEmpty ? [.nothingAt(path)] : []
    }

    mutating func replace(_ path: FieldPath, _ old: TextPattern, with new: EditValue) throws(EditError) -> [EditNote] {
        try Self.checkWritable(path)
        guard let document else { throw .wrongOrigin }
        let found = path.matches(in: document)
        if found.isEmpty { return [.nothingAt(path)] }
        let replacement = Replacement(old: old, new: new)
        var changes: [(path: JSONPath, value: JSON)] = []
        for (target, value) in found { replacement.collect(value, at: target, into: &changes) }
        if changes.isEmpty { return [.nothingToReplace(old)] }
        if new.isSecret { try Self.checkHoldsConfigs(changes.map(\.path), path) }
        for change in changes {
            _ = try write(EditValue(change.value, reference: new.reference), at: change.path, of: path)
        }
        return []
    }

    /// Writes one value; answers whether it was there already.
    private mutating func write(
        _ value: EditValue, at target: JSONPath, of path: FieldPath
    ) throws(EditError) -> Bool {
        let isEqual = document?.value(at: target) == value.json
        if !isEqual {
            do { try document?.set(value.json, at: target) } catch { throw .noSuchPlace(path) }
        }
        noteWrite(value, at: target)
        return isEqual
    }

    private mutating func noteWrite(_ value: EditValue, at target: JSONPath) {
        if let (position, rest) = Self.channelPlace(target) {
            while channels.count <= position { channels.append(ChannelTrack(origin: nil)) }
            channels[position].note(value, at: rest)
        } else {
            explicit = explicit.filter { !$0.starts(with: target) }
            explicit.insert(target)
            if target == JSONPath([.name(Member.channels)]) { retrackChannels() }
        }
    }

    private mutating func noteRemoval(at target: JSONPath) {
        if let (position, rest) = Self.channelPlace(target) {
            guard channels.indices.contains(position) else { return }
            if rest.components.isEmpty { channels.remove(at: position) } else { channels[position].forget(at: rest) }
        } else {
            explicit = explicit.filter { !$0.starts(with: target) }
        }
    }

    /// After the whole list was replaced: a set list is exact, so its channels are all new to the merge.
    private mutating func retrackChannels() {
        let count = document?[Member.channels]?.array?.count ?? 0
        channels = Array(repeating: ChannelTrack(origin: nil), count: count)
    }
}

extension EditedDocument {
    private static let requiredMembers: Set<String> = [
        Member.name, Member.eventTypes, Member.channels, Member.isActive,
    ]

    private static func checkWritable(_ path: FieldPath) throws(EditError) {
        guard case .name(let member)? = path.steps.first else { throw .noSuchPlace(path) }
        if Member.serverOwned.contains(member) { throw .readOnly(member: member) }
    }

    private static func checkType(of value: JSON, at path: FieldPath) throws(EditError) {
        guard let member = soleMember(of: path) else { return }
        let expected: Finding.Expected
        switch member {
        case Member.name where value.string == nil: expected = .text
        case Member.isActive where value.boolean == nil: expected = .boolean
        case Member.eventTypes where !isTexts(value): expected = .texts
        case Member.channels where value.array == nil: expected = .list
        default: return
        }
        throw .wrongType(member: member, expected: expected, found: value.kind)
    }

    private static func isTexts(_ value: JSON) -> Bool {
        value.array.map { $0.allSatisfy { $0.string != nil } } ?? false
    }

    private static func soleMember(of path: FieldPath) -> String? {
        guard path.steps.count == 1, case .name(let member)? = path.steps.first else { return nil }
        return member
    }

    private static func checkHoldsConfigs(_ targets: [JSONPath], _ path: FieldPath) throws(EditError) {
        let areConfigs = targets.allSatisfy { target in
            channelPlace(target).map { $0.rest.components.first == .name(Member.configs) } ?? false
        }
        if !areConfigs { throw .secretOutsideConfigs(path) }
    }
}

/// Finds what a `replace` changes in a value and everything below it.
private struct Replacement {
    let old: TextPattern
    let new: EditValue

    func collect(_ value: JSON, at path: JSONPath, into changes: inout [(path: JSONPath, value: JSON)]) {
        switch value.kind {
        case .object:
            for (name, member) in value.object ?? [:] {
                collect(member, at: path.appending(.name(name)), into: &changes)
            }
        case .array:
            for (index, element) in (value.array ?? []).enumerated() {
                collect(element, at: path.appending(.index(index)), into: &changes)
            }
        case .string:
            guard let text = value.string, let result = old.replacing(in: text, with: newText), result != text else {
                return
            }
            changes.append((path, JSON(result)))
        case .number, .boolean, .null:
            if !old.isRegex, value.description == old.source, value != new.json { changes.append((path, new.json)) }
        }
    }

    private var newText: String { new.json.string ?? new.json.description }
}
