import LosslessJSON

/// What a plugin asks for and the user grants with `plugin enable`.
package struct Permissions: Hashable, Sendable {
    package enum Reading: String, Hashable, Sendable, CaseIterable {
        /// The webhooks' documents, secrets as tokens.
        case webhooks
        /// E-mail addresses and phone numbers in them, which are tokens otherwise.
        case recipients
    }

    package var read: Set<Reading>
    /// Where its edits may write.
    package var write: [PathGlob]
    /// Variables of the environment that it sees.
    package var env: [String]
    /// Whether it may keep state.
    package var state: Bool
    /// Secrets that a validator and a channel kind see as they are.
    package var secrets: [PathGlob]

    package init(
        read: Set<Reading> = [], write: [PathGlob] = [], env: [String] = [], state: Bool = false,
        secrets: [PathGlob] = []
    ) {
        self.read = read
        self.write = write
        self.env = env
        self.state = state
        self.secrets = secrets
    }

    /// Reads what a host wrote. What it does not know is left out: a permission unknown is none.
    init(reading shape: Shape) throws(ShapeError) {
        self.init(
            read: Set(try shape.texts("read").compactMap(Reading.init(rawValue:))),
            write: try shape.texts("write").compactMap(PathGlob.init),
            env: try shape.texts("env"),
            state: try shape.optionalBoolean("state") ?? false,
            secrets: try shape.texts("secrets").compactMap(PathGlob.init))
    }

    package var json: JSON {
        [
            "read": JSON(Reading.allCases.filter { read.contains($0) }.map { JSON($0.rawValue) }),
            "write": JSON(write.map { JSON($0.text) }), "env": JSON(env.map { JSON($0) }), "state": JSON(state),
            "secrets": JSON(secrets.map { JSON($0.text) }),
        ]
    }
}
