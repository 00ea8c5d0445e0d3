/// What a name in a dotted path may be made of without quotes.
enum PathSyntax {
    static let star: UInt8 = 0x2A
    static let apostrophe: UInt8 = 0x27
    private static let delete: UInt8 = 0x7F

    /// Whether the byte can stand in a name without quotes: all but `. [ ] " ' *`, white space and control characters.
    static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...Byte.space, delete, Byte.point, Byte.openBracket, Byte.closeBracket, Byte.quote, apostrophe, star:
            false
        default: true
        }
    }

    /// Whether the name needs no quotes; at the start of a path `/` would make it a pointer.
    static func isPlain(_ name: String, atStart: Bool) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy(isPlain) && !(atStart && name.utf8.first == Byte.slash)
    }
}
