/// What repeating an operation can do.
package enum RepeatSafety: Hashable, Sendable {
    /// Reads: as often as one likes.
    case read
    /// PUT and DELETE: the same again is the same, but not over somebody else's write in between.
    case write
    /// POST create: a second one makes a second webhook.
    case create
}
