import Logging

/// What the client takes from outside: nothing of this is read from the process.
package struct ServiceEnvironment: Sendable {
    package var transport: any Transport
    package var time: any TimeSource
    /// A number in 0..<1, for back-off.
    package var draw: @Sendable () -> Double
    /// Where the budget is that other processes of the same key share; nil when it is this one's alone.
    package var budget: (any BudgetStore)?
    /// Gets operations, statuses, times and identifiers at debug level; never keys, bodies or queries.
    package var logger: Logger
    /// Called when the server turned out to speak another dialect than was remembered.
    package var onDialect: @Sendable (ListDialect) -> Void

    package init(
        transport: any Transport, time: any TimeSource, draw: @escaping @Sendable () -> Double, logger: Logger,
        budget: (any BudgetStore)? = nil, onDialect: @escaping @Sendable (ListDialect) -> Void = { _ in }
    ) {
        self.transport = transport
        self.time = time
        self.draw = draw
        self.logger = logger
        self.budget = budget
        self.onDialect = onDialect
    }
}
