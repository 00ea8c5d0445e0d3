/// Whether a write may still leave when its turn comes.
package struct Departure: Sendable {
    private let limit: Duration?
    private let isWanted: @Sendable () -> Bool

    /// `within` counts from the call; nil allows any wait. `isWanted` is asked when the turn has come.
    package init(within limit: Duration? = nil, where isWanted: @escaping @Sendable () -> Bool = { true }) {
        self.limit = limit
        self.isWanted = isWanted
    }

    /// Whenever its turn comes.
    package static let free = Departure()

    package func isAllowed(after wait: Duration) -> Bool {
        isWanted() && limit.map { wait <= $0 } ?? true
    }
}
