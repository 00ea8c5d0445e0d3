/// Turns diagnostics into text: the one place that writes sentences.
package enum DiagnosticRenderer {
    /// `file:line:column: error: message`, the line itself, a caret under the place, hints, and the calls that led there.
    ///
    /// - Parameter hide: what of a line of the source is shown in its place: the same, but for secrets.
    package static func text(_ diagnostic: Diagnostic, hiding hide: (String) -> String = { $0 }) -> String {
        let location = diagnostic.source.location(of: diagnostic.span.start)
        let severity = diagnostic.severity == .error ? "error" : "warning"
        var lines = ["\(place(diagnostic.source, location)): \(severity): \(message(diagnostic.code))"]
        lines += SourceExcerpt.lines(of: diagnostic.source, diagnostic.span, hiding: hide)
        for hint in hints(diagnostic.code) + diagnostic.hints { lines.append("  hint: " + shown(hint)) }
        return (lines + calls(diagnostic.trace)).joined(separator: "\n")
    }

    /// The calls that led to a place; of many only the innermost and the outermost.
    private static func calls(_ trace: [Diagnostic.Frame]) -> [String] {
        let (inner, outer) = (8, 4)
        guard trace.count > inner + outer + 1 else { return trace.map(call) }
        let left = trace.count - inner - outer
        return trace.prefix(inner).map(call) + ["  … and \(left) calls more"] + trace.suffix(outer).map(call)
    }

    private static func call(_ frame: Diagnostic.Frame) -> String {
        let site = frame.source.location(of: frame.span.start)
        return "  in \(shown(frame.name)), called at \(place(frame.source, site))"
    }

    /// Every diagnostic of an error, one after the other.
    package static func text(_ error: ScriptError) -> String {
        error.diagnostics.map { text($0) }.joined(separator: "\n")
    }

    private static func place(_ source: SourceText, _ location: SourceLocation) -> String {
        "\(shown(source.name)):\(location.line):\(location.column)"
    }
}

/// The line of a source that an error is in, with a caret under it.
enum SourceExcerpt {
    /// Beyond this many characters a line is shown in part.
    private static let widest = 160

    static func lines(of source: SourceText, _ span: SourceSpan, hiding hide: (String) -> String) -> [String] {
        let bounds = source.lineBounds(around: span.start)
        guard bounds.count > 0 || span.start < source.bytes.count else { return [] }
        let before = source.text(of: SourceSpan(bounds.start, min(span.start, bounds.end)))
        let marked = source.text(of: SourceSpan(min(span.start, bounds.end), min(span.end, bounds.end)))
        let after = source.text(of: SourceSpan(min(span.end, bounds.end), bounds.end))
        // The whole line decides what is hidden; it is not cut before that.
        let whole = visible(before) + visible(marked) + visible(after)
        let hidden = hide(whole)
        guard hidden == whole else { return lines(hidden, visible(before), visible(marked), visible(after)) }
        let (head, cutHead) = cut(visible(before), keepingEnd: true)
        let (tail, cutTail) = cut(visible(after), keepingEnd: false)
        let (middle, _) = cut(visible(marked), keepingEnd: false)
        let line = (cutHead ? "…" : "") + head + middle + tail + (cutTail ? "…" : "")
        let indent = String(repeating: " ", count: DisplayWidth.of((cutHead ? "…" : "") + head))
        let carets = String(repeating: "~", count: max(0, DisplayWidth.of(middle) - 1))
        return ["  " + line, "  " + indent + "^" + carets]
    }

    /// A line in which something is hidden: the caret stands where what is before the place, or behind it, says.
    private static func lines(
        _ line: String, _ before: String, _ marked: String, _ after: String
    ) -> [String] {
        let shown = cut(line, keepingEnd: false)
        let text = "  " + shown.0 + (shown.1 ? "…" : "")
        let width = DisplayWidth.of(line)
        let fromEnd = line.hasSuffix(after) ? width - DisplayWidth.of(after) : nil
        let start = line.hasPrefix(before) ? DisplayWidth.of(before) : nil
        guard !shown.1, let place = start ?? fromEnd.map({ $0 - DisplayWidth.of(marked) }), place >= 0 else {
            return [text]
        }
        let end = line.hasPrefix(before + marked) ? place + DisplayWidth.of(marked) : fromEnd ?? place + 1
        let carets = max(0, end - place - 1)
        return [text, "  " + String(repeating: " ", count: place) + "^" + String(repeating: "~", count: carets)]
    }

    /// The text with tabs as four blanks and everything invisible as a replacement, so that a caret stays below it.
    private static func visible(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                result += "    "
            } else if InvisibleCharacters.contains(scalar.value) {
                result += "\u{FFFD}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func cut(_ text: String, keepingEnd: Bool) -> (String, Bool) {
        guard text.utf8.count > widest / 2 else { return (text, false) }
        let kept = keepingEnd ? text.suffix(widest / 2) : text.prefix(widest / 2)
        return (String(kept), kept.count < text.count)
    }
}
