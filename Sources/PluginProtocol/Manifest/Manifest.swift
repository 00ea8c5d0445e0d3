import LosslessJSON

/// What `plugin.json` says: who a plugin is, how it is run, what it contributes, and what it asks for.
package struct Manifest: Hashable, Sendable {
    package var id: String
    package var version: String
    package var summary: String
    package var kind: Kind
    package var contributions: Contributions
    package var permissions: Permissions
    /// Calls that it takes at once: 1…16.
    package var concurrency: Int
    /// Deadlines in seconds, by the name of a call: `command`, `format` …; they replace the host's.
    package var timeouts: [TimedCall: Double]

    package enum Kind: Hashable, Sendable {
        /// A program that speaks the protocol: its words, and the versions of the protocol that it speaks.
        case program(argv: [String], protocols: [Int])
        /// A file of the command language, whose `def`s become commands.
        case script(file: String)
    }

    /// A call with a deadline that a manifest may set.
    package enum TimedCall: String, Hashable, Sendable, CaseIterable {
        case initialize, complete, format, validate, policy, transform, command, event, channel
    }

    package init(
        id: String, version: String, summary: String, kind: Kind, contributions: Contributions = Contributions(),
        permissions: Permissions = Permissions(), concurrency: Int = 1, timeouts: [TimedCall: Double] = [:]
    ) {
        self.id = id
        self.version = version
        self.summary = summary
        self.kind = kind
        self.contributions = contributions
        self.permissions = permissions
        self.concurrency = concurrency
        self.timeouts = timeouts
    }

    /// The methods that a program must answer to deliver what its manifest promises.
    package var requiredMethods: [Method] {
        guard case .program = kind else { return [] }
        var methods: [Method] = []
        if !contributions.commands.isEmpty { methods.append(.runCommand) }
        if !contributions.formats.isEmpty { methods.append(.renderFormat) }
        if !contributions.transforms.isEmpty { methods.append(.applyTransform) }
        if !contributions.policies.isEmpty { methods.append(.checkPolicy) }
        if !contributions.channelKinds.isEmpty {
            methods += [.validateChannel, .lowerChannel, .recognizeChannel]
        } else if !contributions.validators.isEmpty {
            methods.append(.validateChannel)
        }
        if !contributions.completions.isEmpty { methods.append(.complete) }
        if !contributions.events.isEmpty { methods.append(.eventCommitted) }
        return methods
    }
}

/// What a plugin adds to hookline.
package struct Contributions: Hashable, Sendable {
    package var commands: [ContributedCommand] = []
    package var formats: [NamedContribution] = []
    package var transforms: [NamedContribution] = []
    package var policies: [NamedContribution] = []
    package var channelKinds: [String] = []
    /// Kinds of channels, the API's own among them, that it validates beside those it contributes.
    package var validators: [String] = []
    package var completions: [String] = []
    package var events: [Event] = []

    package enum Event: String, Hashable, Sendable, CaseIterable { case committed }

    package init() {}
}

package struct NamedContribution: Hashable, Sendable {
    package var name: String
    package var summary: String

    package init(name: String, summary: String) {
        self.name = name
        self.summary = summary
    }
}

package struct ContributedCommand: Hashable, Sendable {
    package var name: String
    package var summary: String
    package var usage: String?
    package var flags: [ContributedFlag]
    package var examples: [String]

    package init(
        name: String, summary: String, usage: String? = nil, flags: [ContributedFlag] = [], examples: [String] = []
    ) {
        self.name = name
        self.summary = summary
        self.usage = usage
        self.flags = flags
        self.examples = examples
    }
}

package struct ContributedFlag: Hashable, Sendable {
    package var name: String
    package var summary: String
    /// What stands for its value in the usage; nil for a flag without one.
    package var value: String?

    package init(name: String, summary: String, value: String? = nil) {
        self.name = name
        self.summary = summary
        self.value = value
    }
}
