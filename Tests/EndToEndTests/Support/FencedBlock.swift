import Glibc

/// A fenced block of a page.
struct FencedBlock: Sendable {
    /// What stands behind the opening fence.
    var language: String
    /// What stands between the fences.
    var lines: [String]
    /// The number of the first of them in the page, from 1.
    var line: Int
    /// Whether a `<!-- screen: NAME -->` stands before it: its page has a test of its own.
    var isMarked: Bool

    /// The blocks of a page, in their order.
    static func all(in text: String) -> [FencedBlock] {
        var blocks: [FencedBlock] = []
        var open: FencedBlock?
        var before: Substring = ""
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if var block = open {
                if line == "```" {
                    blocks.append(block)
                    open = nil
                } else {
                    block.lines.append(String(line))
                    open = block
                }
            } else if line.hasPrefix("```") {
                open = FencedBlock(
                    language: String(line.dropFirst(3)), lines: [], line: number + 2,
                    isMarked: before.hasPrefix("<!-- screen: "))
            }
            before = line
        }
        return blocks
    }
}

extension DocumentPage {
    /// Every page that people read, below the project's folder. `docs/commands.md` is made from the declarations.
    static let names: [String] = {
        let folder = DocumentPage("").path
        return ["*.md", "docs/*.md", "docs/decisions/*.md", "plugins/*.md", "plugins/*/*.md"]
            .flatMap { paths(like: folder + $0) }.map { String($0.dropFirst(folder.count)) }
            .filter { $0 != "docs/commands.md" }
    }()

    /// The files that a pattern of glob(3) finds, in their order.
    static func paths(like pattern: String) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(pattern, 0, nil, &found) == 0 else { return [] }
        return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
    }

    var blocks: [FencedBlock] { FencedBlock.all(in: text ?? "") }

    /// What stands between single backquotes outside of blocks, with the line's number.
    var inlineCode: [(line: Int, text: String)] {
        var result: [(line: Int, text: String)] = []
        var isInside = false
        for (number, line) in (text ?? "").split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```") { isInside.toggle() }
            guard !isInside, !line.hasPrefix("```") else { continue }
            let parts = line.split(separator: "`", omittingEmptySubsequences: false)
            for index in stride(from: 1, to: parts.count - 1, by: 2) {
                result.append((number + 1, String(parts[index].replacing("\\|", with: "|"))))
            }
        }
        return result
    }
}
