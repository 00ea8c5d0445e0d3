import LosslessJSON
import Testing

@testable import HookScript

/// A tree as text, without places and comments, so that two can be compared.
func outline(_ value: Any) -> String {
    if let text = value as? String { return WordPrinter.quoted(text) }
    if let json = value as? JSON { return json.text(.compact) }
    if value is SourceText || value is SourceSpan || value is ResolvedSignature { return "" }
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional { return mirror.children.first.map { outline($0.value) } ?? "nil" }
    if mirror.children.isEmpty { return "\(value)" }
    let ignored: Set<String> = [
        "span", "trivia", "source", "signature", "signSpan", "comparatorSpan", "closingComments",
        "headComment", "rareTrivia",
    ]
    let parts = mirror.children.compactMap { child -> String? in
        if let label = child.label, ignored.contains(label) { return nil }
        return outline(child.value)
    }
    var name = "\(type(of: value))"
    if mirror.displayStyle == .enum, let label = mirror.children.first?.label { name += "." + label }
    return "(" + ([name] + parts.filter { !$0.isEmpty }).joined(separator: " ") + ")"
}

/// Holds that a tree printed and parsed again is the same, and that printing it once more changes nothing.
func expectRoundTrip(
    _ script: Script, _ signatures: any SignatureLookup = TestHost(),
    _ sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws {
    let printed = StatementPrinter.text(script)
    let again = try Parser.parse(SourceText(name: "printed", text: printed), signatures: signatures)
    #expect(outline(script.body) == outline(again.body), "\(printed)", sourceLocation: sourceLocation)
    #expect(StatementPrinter.text(again) == printed, sourceLocation: sourceLocation)
}
