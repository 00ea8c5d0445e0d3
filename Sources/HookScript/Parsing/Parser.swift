/// Reads a source into a tree.
///
/// What a token is depends on where it stands: `-` divides words on a command line and subtracts in an expression, `{`
/// opens JSON at the start of a word and is a letter within one. So there is no separate pass for tokens: the parser
/// reads them from the bytes as the grammar asks for them, each kind in a file of its own (`Parser+Words`, …).
///
/// A statement that does not parse is reported and skipped, and the rest is parsed: one pass finds several errors. Work
/// is linear in the size of the source, and the depth of recursion is ``Limits/nesting``.
package struct Parser {
    let source: SourceText
    let bytes: [UInt8]
    let signatures: any SignatureLookup
    let limits: Limits

    var index = 0
    /// Where the last operand ended, and what may follow it.
    var operandEnd = -1
    var follower = FollowingOperator.none
    var diagnostics: [Diagnostic] = []
    var depth = 0
    /// How many `$( )` are open: inside one, `)` ends a word.
    var substitutions = 0
    var loops = 0
    var definitions = 0
    /// Whether a statement other than `requires` and `param` has been read.
    var pastHead = false
    /// Comments read since the last statement.
    var comments: [Comment] = []
    var sawGap = false
    /// Comments inside the brackets of the statements that are being read, those of the innermost last.
    var innerComments: [Comment] = []
    /// Where the last of those began: brackets are sometimes looked into twice.
    var lastInnerComment = -1
    /// Set when a block was not closed: everything after is missing, not wrong.
    var reachedEnd = false
    var resolved: [String: ResolvedSignature] = [:]
    private var metNames = MetNames()
    /// The names that `def` has given in this source so far: no alias takes their place.
    var defined: Set<String> = []
    /// The names that `param` has given.
    var parameters: Set<String> = []
    /// The aliases inside which this text stands, if it is that of one.
    var expanding: [String] = []
    /// Set while completion asks what may stand at the end of the text.
    var probe: CompletionProbe? { didSet { isProbing = probe != nil } }
    private(set) var isProbing = false
    /// Whether the words come from outside: `$`, pipes, redirects and comments mean nothing.
    var isRaw = false

    init(_ source: SourceText, signatures: any SignatureLookup, limits: Limits) {
        self.source = source
        bytes = source.bytes
        self.signatures = signatures
        self.limits = limits
    }

    /// Parses a whole source.
    /// - Throws: every syntax error found, up to ``Limits/errors``.
    package static func parse(
        _ source: SourceText, signatures: any SignatureLookup, limits: Limits = .standard
    ) throws(ScriptError) -> Script {
        var parser = Parser(source, signatures: signatures, limits: limits)
        let script = parser.script()
        guard parser.diagnostics.isEmpty else { throw ScriptError(parser.diagnostics) }
        return script
    }

    /// Whether a source breaks off inside a quote, a bracket, a block or a line that continues: more has to be typed.
    package static func isIncomplete(
        _ source: SourceText, signatures: any SignatureLookup, limits: Limits = .standard
    ) -> Bool {
        var parser = Parser(source, signatures: signatures, limits: limits)
        _ = parser.script()
        return !parser.diagnostics.isEmpty && parser.diagnostics.allSatisfy(\.code.isIncompleteness)
    }

    mutating func script() -> Script {
        if let problem = sourceProblem() {
            report(problem)
            return Script(source: source, body: Block())
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        let (body, _) = block(until: [])
        return Script(source: source, body: body)
    }
}

extension Parser {
    /// Why a source is not even text.
    func sourceProblem() -> ParseError? {
        if bytes.count > limits.sourceBytes {
            return ParseError(
                code: .limitReached(.sourceBytes, allowed: limits.sourceBytes), span: SourceSpan(0, 0))
        }
        if let invalid = UTF8Check.firstInvalid(in: bytes) {
            return ParseError(code: .invalidUTF8, span: SourceSpan(invalid, invalid + 1))
        }
        if let nul = UTF8Check.firstNUL(in: bytes) {
            return ParseError(code: .invisibleCharacter(0), span: SourceSpan(nul, nul + 1))
        }
        return nil
    }
}

/// A syntax error on its way to the statement that holds it.
struct ParseError: Error {
    /// nil for one that was reported where it was found.
    let code: DiagnosticCode?
    let span: SourceSpan

    static let alreadyReported = ParseError(code: nil, span: SourceSpan(0, 0))
}

extension Parser {
    mutating func report(_ error: ParseError) {
        if let code = error.code { report(code, at: error.span) }
    }

    mutating func report(_ code: DiagnosticCode, at span: SourceSpan) {
        guard diagnostics.count < limits.errors else { return }
        diagnostics.append(Diagnostic(code, in: source, at: span))
        if diagnostics.count == limits.errors, !code.isIncompleteness {
            diagnostics.append(Diagnostic(.limitReached(.errors, allowed: limits.errors), in: source, at: span))
        }
    }

    /// Counts a level of nesting for as long as `body` runs.
    mutating func nested<Result>(
        _ body: (inout Parser) throws(ParseError) -> Result
    ) throws(ParseError) -> Result {
        guard depth < limits.nesting else {
            throw ParseError(code: .limitReached(.nesting, allowed: limits.nesting), span: here(1))
        }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    /// The name between two places and its signature, without making and hashing a text where the name was met before.
    mutating func resolvedName(_ start: Int, _ end: Int) -> (text: String, signature: ResolvedSignature?) {
        let place = MetNames.place(of: bytes, start, end)
        if let met = metNames.name(at: place, equal: bytes, start, end) { return (met.text, met.signature) }
        let text = text(start, end)
        let signature = resolve(text)
        metNames.keep(MetNames.Met(start: start, end: end, text: text, signature: signature), at: place)
        return (text, signature)
    }

    /// A command's signature, looked up once per source.
    mutating func resolve(_ name: String) -> ResolvedSignature? {
        if let known = resolved[name] { return known }
        guard let signature = signatures.signature(of: name) else { return nil }
        let found = ResolvedSignature(signature, command: signature.name)
        resolved[name] = found
        return found
    }

    /// A subcommand's signature, looked up once per source.
    mutating func resolve(_ word: String, of parent: ResolvedSignature) -> ResolvedSignature? {
        let key = parent.command + " " + word
        if let known = resolved[key] { return known }
        guard let signature = parent.signature.subcommand(named: word) else { return nil }
        let found = ResolvedSignature(signature, command: parent.command, subcommand: signature.name)
        resolved[key] = found
        return found
    }
}
