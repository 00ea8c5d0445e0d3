/// What went wrong, as data. ``DiagnosticRenderer`` alone turns it into sentences.
package enum DiagnosticCode: Hashable, Sendable {
    // Text
    case invalidUTF8
    /// A character that does not show, or changes how text shows, outside quotes.
    case invisibleCharacter(UInt32)
    case unterminatedString
    case unknownEscape(String)
    case invalidScalarEscape
    case trailingBackslash
    case invalidVariable
    case unterminatedVariable
    case unterminatedSubstitution
    case unterminatedBracket(String)
    case malformedJSON(JSONProblem)

    // Grammar
    case expected(Expectation, found: String)
    case unclosedBlock(keyword: String, line: Int)
    case strayBlockWord(String)
    /// `else if` for `elif`.
    case elseIf
    case misplaced(String, Misplacement)
    case reservedName(String)
    case repeatedName(String)
    /// A parameter of a `def` that must be given, after one that need not be.
    case requiredAfterDefault(String)
    case chainedComparison(String)
    case unknownOperator(String, suggestion: String?)
    case unknownFunction(String, nearest: String?)
    case wrongArgumentCount(function: String, expected: ClosedRange<Int>, found: Int)
    case invalidPattern(PatternProblem)
    case spreadInsideWord
    case repeatedRedirect
    case notInSubstitution(String)
    case unsupportedVersion(language: String, version: String)

    // Commands
    case unknownCommand(String, nearest: String?)
    case unknownSubcommand(command: String, word: String, nearest: String?)
    case unknownFlag(command: String, flag: String, nearest: String?)
    case flagNeedsValue(flag: String, value: String)
    case flagTakesNoValue(String)
    case repeatedFlag(String)
    case unknownKey(command: String, key: String, nearest: String?)
    case repeatedKey(String)
    case missingArgument(command: String, name: String)
    case surplusArgument(command: String, takes: Int)
    case wrongKind(ConversionError)
    case notAllowedInEach(String)
    case emptyCommandName
    /// What is wrong with the text that an alias stands for.
    indirect case insideAlias(String, DiagnosticCode)
    /// An alias that stands for itself, directly or by others.
    case aliasCycle(String)
    /// A word for the outside, a file's name or that of an external command, with a NUL in it.
    case holdsNUL

    // Evaluation
    case unknownField(String, nearest: String?)
    case unsetVariable(String, nearest: String?)
    case unsetEnvironment(String)
    case unknownSecret(String)
    case noMember(path: String, of: String)
    /// A path after a value inside text, where only `${…}` takes one.
    case memberInText(String)
    case parameterMissing(String)
    case timedOut(String)
    /// A number that is no status for `exit`; see ``ScriptStatus``.
    case badExitStatus(Int)
    case secretNotAllowed(SecretPlace)
    case operation(OperationProblem)
    case assertionFailed(condition: String, message: String?)
    case commandFailed(kind: String, exitCode: Int32, message: String)
    case interrupted

    case limitReached(LimitName, allowed: Int)
}

/// What the grammar wanted at a place.
package enum Expectation: Hashable, Sendable {
    case command, word, operand, name, variableName, endOfStatement, endOfWord
    case token(String)
    case keyword(String)
    case regularExpression, path, version, help, fileName, flag(String)
}

/// Why a statement cannot stand where it does.
package enum Misplacement: Hashable, Sendable {
    case outsideLoop, outsideDef, notAtHead
}

/// Where a secret was used that is not a config value.
package enum SecretPlace: Hashable, Sendable {
    case argument(command: String, name: String)
    case fileName, externalCommand, message, exitStatus
}

package enum JSONProblem: Hashable, Sendable {
    case expectedValue(found: String), expectedName(found: String), expectedColon(found: String)
    case expectedCommaOrEnd(found: String, closing: String)
    case invalidNumber(String), invalidWord(String), duplicateName(String), trailingText(String)
    case spreadOutsideArray
}

/// Why a regular expression does not compile; the span points into it.
package enum PatternProblem: Hashable, Sendable {
    case unexpectedEnd, unmatchedParenthesis, unmatchedBracket, nothingToRepeat, invalidRange, invalidRepetition
    case repetitionTooLarge(Int)
    case unsupported(String), unknownEscape(String), unknownFlag(String), emptyClass
}

/// Why an operation has no result.
package enum OperationProblem: Error, Hashable, Sendable {
    /// Kinds that cannot be equal or ordered.
    case incomparable(String, Value.Kind, Value.Kind)
    /// An operator or function that does not take this kind.
    case unsuited(String, Value.Kind)
    case unsuitedPair(String, Value.Kind, Value.Kind)
    case notCondition(Value.Kind)
    /// Literal text that does not read as the kind of what it is compared with.
    case unreadable(text: String, as: Value.Kind)
    case overflow(String)
    case divisionByZero(String)
    case invalidPattern(PatternProblem)
    case notJSON
    case notURL
    /// `all()` and its like over no list, or over several.
    case notQuantifiable(String)
    case severalLists(String)
    case fieldsNotHere(String)
    case limit(LimitName, allowed: Int)
}
