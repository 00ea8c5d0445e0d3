import LosslessJSON

/// What one write goes by: handed down from the session's call to the transport that carries it.
struct WriteContext: Sendable {
    let origin: WriteOrigin
    /// What the webhook was when it was last read; nil for a create, or when it was read as gone.
    let read: JSON?
    /// When a reading that the write goes by has come to its end, and how old it may be when the write leaves.
    var leaves: (readAt: Int64, maximumAge: Duration)?
    /// The server's version that this reading showed.
    let basedOn: Int
    /// The journal's document; nil for a delete.
    let target: JSON?
    let intent: Intent?

    @TaskLocal static var current: WriteContext?
}
