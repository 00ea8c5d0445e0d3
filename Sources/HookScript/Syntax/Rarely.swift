/// A value that is hardly ever there: one word of memory, and no more until it is.
///
/// Trees hold many statements, and what a statement seldom has would make each of them large to build and to move.
package struct Rarely<Value: Sendable>: Sendable {
    /// Empty or of one element: an empty array takes no memory of its own.
    private var held: [Value]

    init(_ value: Value? = nil) { held = value.map { [$0] } ?? [] }

    var isEmpty: Bool { held.isEmpty }

    var value: Value? {
        get { held.first }
        set { held = newValue.map { [$0] } ?? [] }
    }
}
