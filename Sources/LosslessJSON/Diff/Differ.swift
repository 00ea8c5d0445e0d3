/// Walks two values side by side and notes where they differ. What is still to do is a list, not the call stack.
struct Differ {
    private enum Task {
        case compare(JSONPath, old: JSON, JSONPath, new: JSON)
        case note(JSONChange)
    }

    private(set) var changes: [JSONChange] = []
    /// The next one last.
    private var tasks: [Task] = []

    mutating func compare(_ old: JSON, _ new: JSON) {
        tasks = [.compare(.root, old: old, .root, new: new)]
        while let task = tasks.popLast() {
            switch task {
            case .note(let change): changes.append(change)
            case .compare(let oldPath, let old, let newPath, let new): compare(oldPath, old, newPath, new)
            }
        }
    }

    private mutating func compare(_ oldPath: JSONPath, _ old: JSON, _ newPath: JSONPath, _ new: JSON) {
        guard !old.isIdentical(to: new) else { return }
        switch (old.kind, new.kind) {
        case (.object, .object): compareMembers(oldPath, old, newPath, new)
        case (.array, .array): compareElements(oldPath, old, newPath, new)
        default:
            if old != new { changes.append(JSONChange(path: oldPath, before: old, after: new)) }
        }
    }

    private mutating func compareMembers(_ oldPath: JSONPath, _ old: JSON, _ newPath: JSONPath, _ new: JSON) {
        var todo: [Task] = []
        for member in old.members {
            let name = member.name.string ?? ""
            if let found = new.member(named: member.name) {
                guard Self.mayDiffer(member.value, found.value) else { continue }
                todo.append(
                    .compare(oldPath.appending(name), old: member.value, newPath.appending(name), new: found.value))
            } else {
                todo.append(.note(JSONChange(path: oldPath.appending(name), before: member.value, after: nil)))
            }
        }
        for member in new.members where old.member(named: member.name) == nil {
            let path = newPath.appending(member.name.string ?? "")
            todo.append(.note(JSONChange(path: path, before: nil, after: member.value)))
        }
        tasks.append(contentsOf: todo.reversed())
    }

    /// Whether a closer look is due, with its path: not for what is the same, or equal scalars.
    private static func mayDiffer(_ old: JSON, _ new: JSON) -> Bool {
        if old.kind.isContainer, new.kind.isContainer { return !old.isIdentical(to: new) }
        return old != new
    }

    private mutating func compareElements(_ oldPath: JSONPath, _ old: JSON, _ newPath: JSONPath, _ new: JSON) {
        let oldElements = Array(old.elements)
        let newElements = Array(new.elements)
        let todo = ArrayAlignment.steps(from: oldElements, to: newElements).map { step -> Task in
            switch step {
            case .pair(let from, let to):
                .compare(
                    oldPath.appending(from), old: oldElements[from], newPath.appending(to), new: newElements[to])
            case .remove(let from):
                .note(JSONChange(path: oldPath.appending(from), before: oldElements[from], after: nil))
            case .insert(let to):
                .note(JSONChange(path: newPath.appending(to), before: nil, after: newElements[to]))
            }
        }
        tasks.append(contentsOf: todo.reversed())
    }
}
