/// Thrown out of a write that is to be undone, with what it would have made.
struct LostWrite: Error {
    let document: String
}
