/// Keys that a terminal sends as a sequence behind Escape, and the private key that each becomes with vi's bindings.
enum KeySequence: UInt32, CaseIterable {
    case up = 0x81
    case down, right, left, home, end, delete, paste, wordRight, wordLeft, partRight, partLeft

    /// Without the Escape.
    private var spellings: [String] {
        switch self {
        case .up: ["[A", "OA"]
        case .down: ["[B", "OB"]
        case .right: ["[C", "OC"]
        case .left: ["[D", "OD"]
        case .home: ["[H", "OH", "[1~", "[7~"]
        case .end: ["[F", "OF", "[4~", "[8~"]
        case .delete: ["[3~"]
        case .paste: ["[200~"]
        // With Ctrl, then with Alt.
        case .wordRight: ["[1;5C", "[5C"]
        case .wordLeft: ["[1;5D", "[5D"]
        case .partRight: ["[1;3C"]
        case .partLeft: ["[1;3D"]
        }
    }

    static let all = Dictionary(
        uniqueKeysWithValues: allCases.flatMap { key in key.spellings.map { ($0, key) } })

    /// A control character beyond ASCII: libedit's maps have a place for it, and no keyboard a key.
    var privateKey: Unicode.Scalar { Unicode.Scalar(rawValue)! }

    /// The private key in editrc(5)'s notation.
    var notation: String { "\\" + String(rawValue, radix: 8) }

    /// The key's sequences in editrc(5)'s notation.
    var sequences: [String] { spellings.map { "\\e" + $0 } }

    /// What libedit or the editor does for it.
    var command: String {
        switch self {
        case .up: "history-older"
        case .down: "history-newer"
        case .right: "ed-next-char"
        case .left: "ed-prev-char"
        case .home: "row-start"
        case .end: "row-end"
        case .delete: "ed-delete-next-char"
        case .paste: "paste"
        case .wordRight: "em-next-word"
        case .wordLeft: "ed-prev-word"
        case .partRight: "next-part"
        case .partLeft: "prev-part"
        }
    }
}
