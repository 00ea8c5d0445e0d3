/// The elements of an owned array.
///
/// `@unchecked Sendable`: it changes only through a holder that has found itself to be the only one (copy on write), or
/// while it is being freed.
final class ArrayNode: @unchecked Sendable {
    var elements: [JSON]
    /// At least the number of nodes on the longest way down from here, views counting as one.
    var height: Int

    init(_ elements: [JSON]) {
        self.elements = elements
        height = elements.reduce(1) { max($0, $1.height + 1) }
    }

    init(elements: [JSON], height: Int) {
        self.elements = elements
        self.height = height
    }

    deinit {
        if height > Dismantling.safeHeight { Dismantling.dismantle(&elements) }
    }
}
