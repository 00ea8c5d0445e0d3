/// What of a paste becomes text.
enum PasteFilter {
    /// Line breaks in any spelling become `\n` (a terminal sends CR), tabs stay, every other control character is
    /// dropped so that none is obeyed; bytes that are not UTF-8 become U+FFFD.
    static func text(_ bytes: some Collection<UInt8>) -> String {
        var kept = String.UnicodeScalarView()
        var lastWasReturn = false
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x0D: kept.append("\n")
            case 0x0A: if !lastWasReturn { kept.append("\n") }
            case 0x09: kept.append(scalar)
            case 0..<0x20, 0x7F..<0xA0: break
            default: kept.append(scalar)
            }
            lastWasReturn = scalar.value == 0x0D
        }
        return String(kept)
    }
}
