import Glibc
import TestSupport

/// A page of docs whose fenced transcripts stand behind marks: `<!-- screen: NAME -->`.
struct DocumentPage: Sendable {
    let path: String

    /// - Parameter name: below the project's folder, as in `docs/prompt.md`.
    init(_ name: String) {
        let project = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        path = "/" + project + "/" + name
    }

    init(path: String) { self.path = path }

    /// What stands in it; nil if it cannot be read.
    var text: String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece[..<count]
        }
    }

    func write(_ text: String) throws {
        guard let file = fopen(path, "we") else { throw PtyProcess.SystemError(call: "fopen", errno: errno) }
        defer { fclose(file) }
        fputs(text, file)
    }

    /// The names of a text's marks, in their order.
    static func places(in text: String) -> [String] {
        text.split(separator: "\n").filter { $0.hasPrefix(prefix) }
            .map { String($0.dropFirst(prefix.count).dropLast(suffix.count)) }
    }

    /// The text with a transcript put behind its mark, in place of the one there; nil without such a mark.
    static func replacing(_ name: String, in text: String, with transcript: String) -> String? {
        guard let mark = text.firstRange(of: "\(prefix)\(name)\(suffix)\n```text\n"),
            let end = text[mark.upperBound...].firstRange(of: "```")
        else { return nil }
        return text[..<mark.upperBound] + transcript + "\n" + text[end.lowerBound...]
    }

    private static let prefix = "<!-- screen: "
    private static let suffix = " -->"
}
