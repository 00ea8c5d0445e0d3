/// A path followed through a value before anything changes: which slot of which container each component means. Finding it
/// is all that can fail, so an edit is all or nothing.
struct EditRoute {
    enum Mode {
        /// What the path names must be there.
        case existing
        /// The last component may be new, and inserts into an array.
        case insert
        /// Anything on the way may be new.
        case createMissing
    }

    enum Slot {
        case element(Int)
        case member(Int)
        /// To insert before this index.
        case newElement(Int)
        case newMember(String)

    }

    private(set) var slots: [Slot] = []
    /// The components behind the last slot, for which containers are to be made.
    private(set) var missing: ArraySlice<JSONPath.Component> = []

    init(_ path: JSONPath, in json: JSON, _ mode: Mode) throws(JSONPatchError) {
        guard path.isConcrete else { throw JSONPatchError(reason: .notConcrete, path: path) }
        var value = json
        for (position, component) in path.components.enumerated() {
            let isLast = position == path.count - 1
            let mayCreate = mode == .createMissing || mode == .insert && isLast
            let inserts = mode == .insert && isLast
            let slot: Slot
            do { slot = try Self.slot(component, in: value, mayCreate: mayCreate, inserts: inserts) } catch {
                throw JSONPatchError(reason: error, path: JSONPath(Array(path.components[...position])))
            }
            slots.append(slot)
            switch slot {
            case .element(let index):
                value = value[index] ?? .null
            case .member(let index):
                value = value.object?[index].value ?? .null
            case .newElement, .newMember:
                missing = path.components[(position + 1)...]
                try Self.checkMissing(missing, path)
                return
            }
        }
    }

    private static func slot(
        _ component: JSONPath.Component, in value: JSON, mayCreate: Bool, inserts: Bool
    ) throws(JSONPatchError.Reason) -> Slot {
        switch value.kind {
        case .object:
            let name = component.memberName ?? ""
            if let position = value.object?.position(of: name) { return .member(position) }
            guard mayCreate else { throw .notFound }
            return .newMember(name)
        case .array:
            return try element(component, count: value.count, mayCreate: mayCreate, inserts: inserts)
        default:
            throw .notAContainer(value.kind)
        }
    }

    private static func element(
        _ component: JSONPath.Component, count: Int, mayCreate: Bool, inserts: Bool
    ) throws(JSONPatchError.Reason) -> Slot {
        let isEnd = component == .name("-")
        guard let index = isEnd ? count : component.arrayIndex else {
            throw .notAContainer(.array)
        }
        guard index >= 0, index < count || mayCreate && index == count else {
            throw mayCreate ? .indexOutOfRange(count: count) : .notFound
        }
        return inserts || index == count ? .newElement(index) : .element(index)
    }

    /// A container that is made starts empty: only its first element can be set.
    private static func checkMissing(
        _ missing: ArraySlice<JSONPath.Component>, _ path: JSONPath
    ) throws(JSONPatchError) {
        for position in missing.indices {
            guard case .index(let index) = missing[position], index != 0 else { continue }
            let reached = JSONPath(Array(path.components[...position]))
            throw JSONPatchError(reason: .indexOutOfRange(count: 0), path: reached)
        }
    }

    /// `value` inside the containers that the components call for.
    static func wrap(_ value: JSON, in components: ArraySlice<JSONPath.Component>) -> JSON {
        components.reversed().reduce(value) { inner, component in
            switch component {
            case .index: JSON([inner])
            case .name(let name): JSON(JSONObject([(name, inner)]))
            case .any: inner
            }
        }
    }
}
