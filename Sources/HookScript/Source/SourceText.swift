/// A text to be parsed, with the name by which errors call it: a file's path, `-c`, `<stdin>`, or `<prompt>`.
///
/// The bytes are meant to be UTF-8; the parser reports where they are not. A reference, so that trees, diagnostics and
/// traces can point at it for nothing.
package final class SourceText: Sendable {
    package let name: String
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    package convenience init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// The text under a span; bytes that are not UTF-8 come as U+FFFD.
    package func text(of span: SourceSpan) -> String {
        let end = min(span.end, bytes.count)
        let start = min(span.start, end)
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}

/// A place as a person counts it: lines and characters from 1.
package struct SourceLocation: Hashable, Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

extension SourceText {
    /// Where an offset is. Costs a pass over the text before it: meant for errors, not for every statement.
    package func location(of offset: Int) -> SourceLocation {
        let offset = min(offset, bytes.count)
        var line = 1
        for index in 0..<offset where bytes[index] == UInt8(ascii: "\n") { line += 1 }
        let start = lineBounds(around: offset).start
        let before = String(decoding: bytes[start..<offset], as: UTF8.self)
        return SourceLocation(line: line, column: before.count + 1)
    }

    /// The bytes of the line that holds an offset, without its line end.
    package func lineBounds(around offset: Int) -> SourceSpan {
        let offset = min(offset, bytes.count)
        var start = offset
        while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
        var end = offset
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return SourceSpan(start, end)
    }
}
