/// A prompt as libedit takes it: UTF-32, its escape sequences between markers.
enum PromptEncoding {
    /// Stands before and after a sequence, which then takes no room. It cannot come from the text: controls are dropped.
    static let marker: Unicode.Scalar = "\u{01}"

    /// The prompt's scalars, without a final NUL. libedit keeps a sequence with the visible character behind it, so two never
    /// meet and a styled end is followed by a blank.
    static func scalars(_ prompt: Prompt, inColour: Bool) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var pending = ""
        for part in prompt.parts {
            let text = visible(part.text)
            guard !text.isEmpty else { continue }
            if inColour { pending += part.style.opening }
            append(pending, to: &result)
            result += text
            pending = inColour ? part.style.closing : ""
        }
        if !pending.isEmpty {
            append(pending, to: &result)
            result.append(" ")
        }
        return result
    }

    /// The text that takes room: what ``LineLayout`` counts.
    static func text(_ prompt: Prompt, inColour: Bool) -> String {
        let text = String(String.UnicodeScalarView(prompt.parts.flatMap { visible($0.text) }))
        let last = prompt.parts.last { !visible($0.text).isEmpty }
        return inColour && last.map { $0.style != .plain } == true ? text + " " : text
    }

    private static func visible(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { !VisibleText.isHidden($0) }
    }

    private static func append(_ sequence: String, to result: inout [Unicode.Scalar]) {
        guard !sequence.isEmpty else { return }
        result.append(marker)
        result += Array(sequence.unicodeScalars)
        result.append(marker)
    }
}
