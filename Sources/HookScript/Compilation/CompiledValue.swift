/// A part of an expression that has a value, ready to be read from a record.
struct CompiledValue {
    typealias Read = @Sendable (any FieldSource) throws(Predicate.Failure) -> Value

    let read: Read
    /// The kind, or that of each element, where it is known before a record is seen.
    let kind: Value.Kind?
    /// Whether it stands for any of several values: a field that is a list, a path that crosses one.
    let isMany: Bool
    let span: SourceSpan
    /// The value, where it is the same for every record.
    var constant: Value?
    /// The field, where it is one and nothing else.
    var field: FieldReference?
    /// The bare word that it was written as, which takes the kind of what it is compared with.
    var literal: String?

    init(
        kind: Value.Kind?, isMany: Bool, span: SourceSpan, read: @escaping Read
    ) {
        self.kind = kind
        self.isMany = isMany
        self.span = span
        self.read = read
    }

    init(constant value: Value, isMany: Bool = false, span: SourceSpan, literal: String? = nil) {
        self.init(kind: isMany ? nil : value.kind, isMany: isMany, span: span) { _ in value }
        constant = value
        self.literal = literal
    }

    init(field: FieldReference, span: SourceSpan) {
        let type = field.type
        self.init(kind: type.kind, isMany: type.isList, span: span) { $0.value(of: field).value(as: type) }
        self.field = field
    }

    /// The values it stands for in a record: one, or all.
    func each(_ record: any FieldSource) throws(Predicate.Failure) -> [Value] {
        let value = try read(record)
        guard isMany else { return [value] }
        return value.list ?? (value.kind == .null ? [] : [value])
    }
}

/// No record: what an expression without fields is tried on.
struct NoRecord: FieldSource {
    func value(of field: FieldReference) -> FieldValue { .missing }
}
