import LosslessJSON
import Session
import WebhookModel

/// A plan and what came of it, as people and programs read them.
struct PlanLines: Sendable {
    var style: Style
    var showsSecrets = false

    /// How many webhooks, or groups of them, are shown with their changes.
    static let shownEntries = 10
    /// How many of a group are named.
    static let shownKeys = 8
    /// How many warnings, conflicts and refusals.
    static let shownAsides = 20

    private var changes: ChangeLines { ChangeLines(style: style, showsSecrets: showsSecrets) }

    func lines(_ plan: Plan, target: String) -> [String] {
        let writes = plan.entries.filter { $0.action.isWrite }
        var lines = ["Plan for \(target): \(summary(plan))."]
        let groups = groups(writes)
        for group in groups.prefix(Self.shownEntries) { lines += self.lines(of: group) }
        let rest = groups.dropFirst(Self.shownEntries).reduce(0) { $0 + $1.entries.count }
        if rest > 0 { lines.append("  and \(rest) more; --json names all") }
        let asides = warnings(plan) + plan.entries.flatMap(asides)
        lines += asides.prefix(Self.shownAsides)
        if asides.count > Self.shownAsides { lines.append("  and \(asides.count - Self.shownAsides) more remarks") }
        return lines
    }

    /// Webhooks that the same happens to.
    private struct Group {
        var entries: [PlanEntry]
        let changes: [String]
    }

    /// Those whose changes read the same are one group, in the order in which the first of each comes.
    private func groups(_ writes: [PlanEntry]) -> [Group] {
        var groups: [Group] = []
        var positions: [[String]: Int] = [:]
        for entry in writes {
            let lines = changes.lines(entry.changes, indent: "    ")
            let mark = [entry.action.kind.rawValue] + lines
            if let position = positions[mark] {
                groups[position].entries.append(entry)
            } else {
                positions[mark] = groups.count
                groups.append(Group(entries: [entry], changes: lines))
            }
        }
        return groups
    }

    /// An example with its changes, and which others they are for.
    private func lines(of group: Group) -> [String] {
        let first = group.entries[0]
        let name = "\(first.key)  \(Printable.escaped(Masking.shown(first.name)))"
        let others = group.entries.dropFirst()
        if others.isEmpty { return ["  \(first.action.kind.rawValue) \(name)"] + group.changes }
        let shown = others.prefix(Self.shownKeys).map(\.key.description).joined(separator: " ")
        let more = others.count > Self.shownKeys ? " and \(others.count - Self.shownKeys) more" : ""
        return ["  \(first.action.kind.rawValue) \(group.entries.count) alike, the first \(name)"] + group.changes
            + ["    also \(shown)\(more)"]
    }

    private func summary(_ plan: Plan) -> String {
        let words: [(PlanEntry.Action.Kind, String)] = [
            (.create, "to create"), (.update, "to update"), (.delete, "to delete"), (.already, "already so"),
            (.conflict, "in conflict"), (.invalid, "invalid"), (.masked, "with masked secrets"),
        ]
        let parts = words.compactMap { kind, word in plan.counts[kind].map { "\($0) \(word)" } }
        return parts.isEmpty ? "nothing to do" : parts.joined(separator: ", ")
    }

    /// What is probably not meant: the same of many webhooks is said once.
    private func warnings(_ plan: Plan) -> [String] {
        var order: [String] = []
        var keys: [String: [WebhookKey]] = [:]
        for entry in plan.entries {
            for finding in entry.warnings {
                let text = FindingSentences.summary(finding)
                if keys[text] == nil { order.append(text) }
                if keys[text]?.last != entry.key { keys[text, default: []].append(entry.key) }
            }
        }
        return order.map { text in
            let keys = keys[text] ?? []
            let whose = keys.count == 1 ? "\(keys[0]): \(text)" : "\(text) (\(keys.count) webhooks)"
            return style(.warning, "  warning: ") + whose
        }
    }

    /// What a person should know of an entry beside its changes.
    private func asides(_ entry: PlanEntry) -> [String] {
        var lines = entry.overwritten.map { style(.warning, "  overwrites: ") + "\(entry.key): " + conflict($0) }
        switch entry.action {
        case .conflict(let conflicts):
            lines += conflicts.map { style(.failure, "  conflict: ") + "\(entry.key): " + conflict($0) }
        case .invalid(let findings):
            lines += findings.map { style(.failure, "  invalid: ") + "\(entry.key): " + FindingSentences.text($0) }
        case .masked(let paths):
            let places = paths.map { Printable.escaped($0.description) }.joined(separator: ", ")
            lines.append(
                style(.failure, "  masked: ")
                    + "\(entry.key): a mask or a reference stands in place of a secret at \(places); "
                    + "sending it could destroy the secret; commit --allow-masked \(entry.key) sends it all the same"
            )
        case .create, .update, .delete, .already: break
        }
        return lines
    }

    /// A limit that the plan is over.
    func breach(_ breach: LimitBreach) -> String {
        let text =
            switch breach {
            case .count(let count, let limit):
                "\(webhooks(count)) would be written, and the limit is \(limit); --max-changes \(count) allows it"
            case .percent(let percent, let limit, let count, let organization):
                "\(count) of \(organization) webhooks would be written, \(Int(percent.rounded(.up))) %, and the limit is "
                    + "\(Int(limit)) %; --max-changes \(count) allows it"
            case .needs(let allowance, let keys): needs(allowance, keys)
            }
        return style(.failure, "  limit: ") + text
    }

    private func webhooks(_ count: Int) -> String { count == 1 ? "1 webhook" : "\(count) webhooks" }

    private func needs(_ allowance: CommitLimits.Allowance, _ keys: [WebhookKey]) -> String {
        let what =
            switch allowance {
            case .delete: "would be deleted"
            case .enable: "would be enabled, and no edit says so"
            case .pause: "would be paused, and no edit says so"
            case .last: "would lose the last event type or channel"
            case .wildcard: "would be subscribed to everything"
            case .host: "would have a URL on another host"
            }
        let shown = keys.prefix(5).map(\.description).joined(separator: ", ")
        let more = keys.count > 5 ? " and \(keys.count - 5) more" : ""
        return "\(shown)\(more) \(what); --allow \(allowance.rawValue) permits it"
    }

    func json(_ prepared: PreparedCommit) -> JSON {
        [
            "entries": JSON(prepared.plan.entries.map { json($0) }), "requests": JSON(prepared.plan.writes),
            "limits": JSON(prepared.breaches.map { JSON(breach($0)) }),
        ]
    }

    /// A conflict with its three values.
    func conflict(_ conflict: Conflict) -> String {
        let shown = showsSecrets ? conflict : conflict.masked
        if shown.path == .root, shown.live == nil {
            return "somebody has deleted it since; discard gives your edits of it up"
        }
        func text(_ value: JSON?) -> String { value.map { Printable.escapedJSON($0.text(.compact)) } ?? "(absent)" }
        return "\(Printable.escaped(shown.path.description)): it was \(text(shown.base)), is now \(text(shown.live)), "
            + "and would become \(text(shown.staged))"
    }

    func json(_ entry: PlanEntry, status: CommitStatus? = nil) -> JSON {
        var members: [(String, JSON)] = [
            ("id", JSON(entry.key.description)), ("name", JSON(entry.name)),
            ("action", JSON(entry.action.kind.rawValue)), ("changes", JSON(entry.changes.map(changes.json))),
        ]
        if let status { members.append(("status", JSON(status.kind.rawValue))) }
        let conflicts: [Conflict]
        switch (status, entry.action) {
        case (.conflict(let found), _): conflicts = found
        case (nil, .conflict(let found)): conflicts = found
        default: conflicts = []
        }
        if !conflicts.isEmpty { members.append(("conflicts", JSON(conflicts.map(json)))) }
        if case .confirmed(let verification) = status {
            let found = [("differences", verification.differences), ("lost", verification.lost)]
            members += found.filter { !$0.1.isEmpty }.map { ($0.0, JSON($0.1.map(changes.json))) }
        }
        return JSON(JSONObject(members))
    }

    private func json(_ conflict: Conflict) -> JSON {
        let shown = showsSecrets ? conflict : conflict.masked
        return [
            "path": JSON(shown.path.description), "base": shown.base ?? .null, "live": shown.live ?? .null,
            "staged": shown.staged ?? .null,
        ]
    }
}
