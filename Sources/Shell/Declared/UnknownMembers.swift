import LosslessJSON
import Session
import WebhookModel

/// Members that entries of a file name and nobody knows: neither hookline, nor any webhook that was read. They are sent as
/// they stand, since the API may know more; but a slip of the pen looks the same.
struct UnknownMembers {
    /// Each once, in the order of the file, with the known one that is nearest.
    let names: [(name: String, nearest: String?)]

    private static let known: Set<String> = Member.serverOwned.union([
        Member.name, Member.description, Member.eventTypes, Member.channels, Member.isActive, Member.resourceTypes,
    ])

    init(_ entries: [DeclaredFile.Entry], _ state: SessionState) {
        var unknown: [String] = []
        var seen = Self.known
        for entry in entries {
            for name in entry.declaration.document.object?.keys ?? [] where seen.insert(name).inserted {
                unknown.append(name)
            }
        }
        if !unknown.isEmpty {
            var ofServer: Set<String> = []
            for key in state.keys { ofServer.formUnion(state.live(key)?.document.object?.keys ?? []) }
            unknown.removeAll(where: ofServer.contains)
        }
        names = unknown.map { ($0, Nearest.name($0, among: Self.known.sorted())) }
    }

    func warn(_ messages: Messages) {
        for (name, nearest) in names {
            messages.warn(
                "nobody knows the member \(Printable.escaped(name)); it is sent as it stands",
                hint: nearest.map { "did you mean \($0)?" })
        }
    }
}
