import LosslessJSON

/// The mark of a secret on a ``Value``: where it came from and, where that can be said, how to write it again.
///
/// A taint with `members` says which members of an object are secret and leaves the rest open; without, the whole value
/// is. What is computed from a tainted value is tainted by ``union(_:)``, which keeps the origins and forgets the recipe.
package struct Taint: Hashable, Sendable {
    /// What prints in place of a tainted value.
    package static let mask = "••••"

    /// A part of a word that evaluates to the value again.
    package enum Piece: Hashable, Sendable {
        case text(String)
        /// What stands inside `${…}`: `secret:NAME`, or a parameter's name.
        case reference(String)
    }

    /// One secret member of an object, by its path in it.
    package struct Member: Hashable, Sendable {
        package let path: JSONPath
        package let taint: Taint

        package init(path: JSONPath, taint: Taint) {
            self.path = path
            self.taint = taint
        }
    }

    /// The references that the value came from, sorted, each once: `secret:SLACK_TOKEN`.
    package let origins: [String]
    /// How to write the value as a word, with references in place of secrets; nil when it was computed.
    package let recipe: [Piece]?
    /// Which members are secret; empty when the whole value is.
    package let members: [Member]

    package init(origins: [String], recipe: [Piece]?, members: [Member] = []) {
        self.origins = Array(Set(origins)).sorted()
        self.recipe = recipe
        self.members = members
    }

    /// The taint of a value read from one reference, `secret:NAME`.
    package init(reference: String) {
        self.init(origins: [reference], recipe: [.reference(reference)])
    }

    /// The taint of an object with secret members, nil if there are none.
    package init?(members: [Member]) {
        guard !members.isEmpty else { return nil }
        self.init(origins: members.flatMap(\.taint.origins), recipe: nil, members: members)
    }

    package var coversWhole: Bool { members.isEmpty }

    /// The taint of what was computed from several values: all their origins, no recipe.
    package static func union(_ taints: [Taint?]) -> Taint? {
        let present = taints.compactMap { $0 }
        guard let first = present.first else { return nil }
        if present.count == 1, first.coversWhole { return Taint(origins: first.origins, recipe: nil) }
        return Taint(origins: present.flatMap(\.origins), recipe: nil)
    }

    /// The taint of the member at a path: the whole if it is inside a secret one, what is below it otherwise, or nil.
    package func member(at path: JSONPath) -> Taint? {
        if coversWhole { return Taint(origins: origins, recipe: nil) }
        var inside: [Member] = []
        for member in members {
            if path.starts(with: member.path) { return member.taint }
            if member.path.starts(with: path) {
                let rest = JSONPath(Array(member.path.components.dropFirst(path.components.count)))
                inside.append(Member(path: rest, taint: member.taint))
            }
        }
        return Taint(members: inside)
    }
}
