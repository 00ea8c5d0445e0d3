/// The end of a process, as a value: ask, close its input, SIGTERM, SIGKILL, each after a while, until it has ended.
package struct Teardown: Sendable {
    package enum Step: Hashable, Sendable {
        /// Send `shutdown` if it can be sent, and close the input behind it.
        case closeInput
        /// SIGTERM to the process group.
        case terminate
        /// SIGKILL to the process group.
        case kill
    }

    private var remaining: [(step: Step, at: Moment)]

    package init(from now: Moment, step: Duration) {
        remaining = [(.closeInput, now), (.terminate, now + step), (.kill, now + step + step)]
    }

    /// When the next step is due; nil after the last.
    package var nextDeadline: Moment? { remaining.first?.at }

    /// The steps that are due.
    package mutating func steps(at now: Moment) -> [Step] {
        let due = remaining.prefix { $0.at <= now }.map(\.step)
        remaining.removeFirst(due.count)
        return due
    }

    /// Leaves less time between the steps, counted from now: at the end of a session.
    package mutating func hurry(from now: Moment, step: Duration) {
        for index in remaining.indices {
            remaining[index].at = min(remaining[index].at, now + step * index)
        }
    }
}
