/// A condition over records, compiled once and then tried on each: what follows `where`.
///
/// Fields are resolved, literals typed, and variables, secrets and the time read before the first record is seen.
package struct Predicate: Sendable {
    /// What may be thrown while a record is tried: kinds that cannot be compared, in a path whose kind only the
    /// document knows.
    package struct Failure: Error, Hashable, Sendable {
        package let problem: OperationProblem
        package let span: SourceSpan
    }

    typealias Test = @Sendable (any FieldSource) throws(Failure) -> Bool

    /// The expression written again, with values in place of variables.
    package let canonical: String
    /// The fields it reads.
    package let fields: [FieldReference]
    package let source: SourceText
    private let test: Test

    init(canonical: String, fields: [FieldReference], source: SourceText, test: @escaping Test) {
        self.canonical = canonical
        self.fields = fields
        self.source = source
        self.test = test
    }

    /// Whether the condition holds for a record.
    package func matches(_ record: some FieldSource) throws(Failure) -> Bool {
        try test(record)
    }
}
