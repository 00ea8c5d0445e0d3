/// How near a candidate is to what was typed.
enum MatchTier: Int, Comparable, CaseIterable {
    /// It begins so.
    case beginning
    /// It begins so in other letter case.
    case folded
    /// It, or what stands beside it, holds the text somewhere.
    case within

    static func < (left: MatchTier, right: MatchTier) -> Bool { left.rawValue < right.rawValue }
}

/// What of a pool fits, in one tier: the first of them, and what holds for all.
struct CompletionMatches {
    var items: [CompletionItem] = []
    /// How many fit; `items` are the first.
    var total = 0
    /// What all of them begin with, unquoted; nil if there are none.
    var common: String?

    static let none = CompletionMatches()

    /// How many are handed on at most: more than anybody pages through.
    static let limit = 500

    /// Both, the other's behind. Of equal texts at hand the first counts.
    mutating func add(_ other: CompletionMatches) {
        guard other.total > 0 else { return }
        let known = Set(items.map(\.text))
        let new = other.items.filter { !known.contains($0.text) }
        items += new.prefix(Self.limit - items.count)
        total += other.total - (other.items.count - new.count)
        if let own = common, let others = other.common {
            common = Self.common(own, others)
        } else {
            common = other.common
        }
    }

    /// The longest start, in whole scalars, that both texts have.
    static func common(_ left: String, _ right: String) -> String {
        let pairs = zip(left.unicodeScalars, right.unicodeScalars)
        return String(left.unicodeScalars.prefix(pairs.prefix { $0 == $1 }.count))
    }

    /// What of a short list fits in a tier. Of equal texts the first counts.
    static func of(_ pool: [CompletionItem], _ tier: MatchTier, prefix: String) -> CompletionMatches {
        let folded = prefix.lowercased()
        var seen: Set<String> = []
        let fitting = pool.filter { fits($0, tier, prefix, folded) && seen.insert($0.text).inserted }
        guard let first = fitting.first?.text else { return .none }
        return CompletionMatches(
            items: Array(fitting.prefix(limit)), total: fitting.count,
            common: fitting.dropFirst().reduce(first) { common($0, $1.text) })
    }

    private static func fits(_ item: CompletionItem, _ tier: MatchTier, _ prefix: String, _ folded: String) -> Bool {
        switch tier {
        case .beginning: item.text.utf8.starts(with: prefix.utf8)
        case .folded: item.text.lowercased().utf8.starts(with: folded.utf8)
        case .within:
            item.text.lowercased().contains(folded) || item.detail?.lowercased().contains(folded) ?? false
        }
    }
}
