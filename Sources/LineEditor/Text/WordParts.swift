/// The parts that identifiers, event types and paths are made of: runs of letters and digits. `.`, `_`, `-` and the rest
/// divide them. Places are counted in scalars.
enum WordParts {
    /// The end of the part at a place, or of the next one.
    static func end(after place: Int, in line: [Unicode.Scalar]) -> Int {
        var place = place
        while place < line.count, !isPart(line[place]) { place += 1 }
        while place < line.count, isPart(line[place]) { place += 1 }
        return place
    }

    /// The start of the part before a place.
    static func start(before place: Int, in line: [Unicode.Scalar]) -> Int {
        var place = place
        while place > 0, !isPart(line[place - 1]) { place -= 1 }
        while place > 0, isPart(line[place - 1]) { place -= 1 }
        return place
    }

    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
            true
        default: false
        }
    }
}
