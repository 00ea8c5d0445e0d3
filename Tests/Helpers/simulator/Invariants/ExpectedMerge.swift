import LosslessJSON
import Session
import WebhookModel

/// The three-way merge as docs/safety tells it, written a second time: says what is wrong with a target.
struct ExpectedMerge {
    let intent: Intent
    let live: JSON?
    private(set) var objections: [String] = []

    /// What is wrong with writing `target` over `live`; nil for nothing.
    static func objection(to target: JSON?, _ operation: WriteOperation, over live: JSON?, _ intent: Intent) -> String?
    {
        var merge = ExpectedMerge(intent: intent, live: live)
        switch operation {
        case .create: merge.checkCreate(target)
        case .delete: merge.checkDelete()
        case .update: merge.checkUpdate(target)
        }
        return merge.objections.isEmpty ? nil : merge.objections.joined(separator: "; ")
    }

    private mutating func checkCreate(_ target: JSON?) {
        guard let target, let staged = intent.staged else { return object("nothing was to be created") }
        for name in Set((target.object?.keys ?? []) + (staged.object?.keys ?? [])) where name != Member.isActive {
            if Member.serverOwned.contains(name) { continue }
            if target[name] != staged[name] { object("\(name) is not as staged") }
        }
    }

    private mutating func checkDelete() {
        if intent.staged != nil { return object("nothing was to be deleted") }
        guard let base = intent.base, let live, !intent.force else { return }
        if !Documents.isSame(base, live) { object("deleted though somebody changed it") }
    }

    private mutating func checkUpdate(_ target: JSON?) {
        guard let target, let live, let base = intent.base, let staged = intent.staged else {
            return object("nothing was to be changed")
        }
        let names = Set([target, live, base, staged].flatMap { $0.object?.keys ?? [] })
        for name in names.sorted() where !Member.serverOwned.contains(name) {
            let (old, now, wanted, written) = (base[name], live[name], staged[name], target[name])
            switch name {
            case Member.eventTypes: checkEvents(old, now, wanted, written)
            case Member.channels: checkChannels(old, now, wanted, written)
            default: checkValue(old, now, wanted, written, at: [name])
            }
        }
    }

    private mutating func checkValue(_ old: JSON?, _ now: JSON?, _ wanted: JSON?, _ written: JSON?, at path: [String]) {
        let isExplicit = intent.explicit.contains { $0.starts(with: path) }
        if old == wanted, !isExplicit {
            if !Documents.isSpelledAlike(written, now) {
                object("\(path) was not to be changed", old, now, wanted, written)
            }
            return
        }
        if now == old || now == wanted {
            if written != wanted { object("\(path) is not what was staged", old, now, wanted, written) }
            return
        }
        // An object that both added is merged by its members, as if there had been an empty one.
        guard let oldKeys = old == nil ? [] : old?.object?.keys, let nowKeys = now?.object?.keys,
            let wantedKeys = wanted?.object?.keys
        else {
            if !intent.force { return object("\(path) was changed by somebody else too", old, now, wanted, written) }
            if written != wanted { object("\(path) is not what was forced", old, now, wanted, written) }
            return
        }
        for key in Set(oldKeys + nowKeys + wantedKeys).sorted() {
            checkValue(old?[key], now?[key], wanted?[key], written?[key], at: path + [key])
        }
    }

    private mutating func checkEvents(_ old: JSON?, _ now: JSON?, _ wanted: JSON?, _ written: JSON?) {
        let (base, live, staged) = (Documents.texts(old), Documents.texts(now), Documents.texts(wanted))
        let target = Documents.texts(written)
        if intent.isExactAboutEvents {
            if live != base, live != staged, !intent.force { object("event types were changed by somebody else too") }
            if target != staged { object("event types are not exactly those") }
            return
        }
        // Order or copies alone: whoever forces that over other event types gets exactly it.
        if base == staged, old != wanted, live != base {
            if !intent.force { object("event types were changed by somebody else too") }
            if written != wanted { object("event types are not what was forced") }
            return
        }
        if target != live.subtracting(base.subtracting(staged)).union(staged.subtracting(base)) {
            object("event types are not the merge", old, now, wanted, written)
        }
        if old == wanted, !Documents.isSpelledAlike(written, now) { object("event types were not to be changed") }
    }

    private mutating func checkChannels(_ old: JSON?, _ now: JSON?, _ wanted: JSON?, _ written: JSON?) {
        let versions = [old, now, wanted, written].map(Documents.channels)
        let urls = Set(versions.flatMap(\.keys)).sorted()
        for url in urls {
            let (base, live, staged, target) = (versions[0][url], versions[1][url], versions[2][url], versions[3][url])
            if live == nil || staged == nil, base != staged, live != base, live != staged {
                if !intent.force { object("the channel \(url) was changed by somebody else too") }
                continue
            }
            checkValue(base, live, staged, target, at: [Member.channels, url])
        }
    }

    private mutating func object(_ objection: String) { objections.append(objection) }

    private mutating func object(_ objection: String, _ old: JSON?, _ now: JSON?, _ wanted: JSON?, _ written: JSON?) {
        let texts = [old, now, wanted, written].map { $0?.text() ?? "nothing" }
        object("\(objection): base \(texts[0]), live \(texts[1]), staged \(texts[2]), written \(texts[3])")
    }
}

/// Comparisons of documents.
enum Documents {
    /// Apart from what only the server changes.
    static func isSame(_ left: JSON?, _ right: JSON?) -> Bool {
        guard let left = left?.object, let right = right?.object else { return left == nil && right == nil }
        return Set(left.keys + right.keys).allSatisfy { Member.serverOwned.contains($0) || left[$0] == right[$0] }
    }

    /// Whether one is created in the place of another that was deleted; masked secrets apart.
    static func isRecreation(_ target: JSON?, of old: JSON) -> Bool {
        target?[Member.name] == old[Member.name]
            && Set(channels(target?[Member.channels]).keys) == Set(channels(old[Member.channels]).keys)
    }

    static func isSpelledAlike(_ left: JSON?, _ right: JSON?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.text() == right.text()
    }

    static func texts(_ list: JSON?) -> Set<String> { Set((list?.array ?? []).compactMap(\.string)) }

    static func channels(_ list: JSON?) -> [String: JSON] {
        var result: [String: JSON] = [:]
        for channel in list?.array ?? [] {
            if let url = channel[Member.configs]?["url"]?.string { result[url] = channel }
        }
        return result
    }

    /// Whether a server's document holds all of a target: further members may be its defaults, and masks stand for what
    /// is hidden.
    static func holds(_ document: JSON?, _ target: JSON?) -> Bool {
        guard let document, let target = target?.object else { return false }
        return target.allSatisfy { name, value in
            if Member.serverOwned.contains(name) || document[name] == value { return true }
            return name == Member.channels
                && SecretMasks.masked([Member.channels: value])
                    == SecretMasks.masked([Member.channels: document[name] ?? .null])
        }
    }
}
