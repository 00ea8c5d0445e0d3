import LosslessJSON

/// `all(…)`, `none(…)`, `count(…)`: conditions on each element of one list.
extension ExpressionCompiler {
    mutating func quantified(_ call: Expression.Call) throws(ParseError) -> Test {
        let isAll = call.function == .all
        let (elements, test, _) = try elementTest(call)
        return { (record) throws(Predicate.Failure) in
            for element in try elements(record) {
                let holds = try test(ElementRecord(element: element, outer: record))
                if holds != isAll { return false }
            }
            return true
        }
    }

    mutating func counted(_ call: Expression.Call) throws(ParseError) -> CompiledValue {
        if let path = try countedPath(call.arguments[0]) {
            let span = call.span
            return try folded(.number, span, isConstant: path.constant != nil) { (record) throws(Predicate.Failure) in
                let value = try path.read(record)
                if let list = value.list { return Value(list.count).tainted(by: value.combinedTaint) }
                if value.kind == .null { return Value(0) }
                throw Predicate.Failure(problem: .notQuantifiable("count()"), span: span)
            }
        }
        let (elements, test, taint) = try elementTest(call)
        return CompiledValue(kind: .number, isMany: false, span: call.span) { (record) throws(Predicate.Failure) in
            var count = 0
            for element in try elements(record) where try test(ElementRecord(element: element, outer: record)) {
                count += 1
            }
            return Value(count).tainted(by: taint)
        }
    }

    /// The list itself, where `count` is given one instead of a condition.
    private mutating func countedPath(_ argument: Expression) throws(ParseError) -> CompiledValue? {
        switch argument {
        case .word, .constant, .list, .range: break
        default: return nil
        }
        let value = try value(argument)
        let isScalar = value.kind != nil && value.kind != .list && value.kind != .null
        if isScalar, !value.isMany { throw problem(.notQuantifiable("count()"), argument.span) }
        return value
    }

    private typealias Elements = @Sendable (any FieldSource) throws(Predicate.Failure) -> [JSON]

    /// The elements that a condition is about, the condition on one of them, and the taint of the list.
    private mutating func elementTest(_ call: Expression.Call) throws(ParseError) -> (Elements, Test, Taint?) {
        let name = call.function.rawValue + "()"
        var finder = QuantifierBase(resolver: resolver)
        finder.visit(call.arguments[0])
        guard finder.bases.count <= 1 else { throw problem(.severalLists(name), call.span) }
        guard let base = finder.bases.first ?? finder.fallback else {
            throw problem(.notQuantifiable(name), call.span)
        }
        let outer = element
        element = base
        defer { element = outer }
        let test = try condition(call.arguments[0])
        if let field = base.field, !fields.contains(field) { fields.append(field) }
        let span = call.span
        return (
            { (record) throws(Predicate.Failure) in
                guard let elements = base.elements(record) else {
                    throw Predicate.Failure(problem: .notQuantifiable(name), span: span)
                }
                return elements
            }, test, base.constant?.combinedTaint
        )
    }
}

/// What a quantifier goes over: a list field, a path up to the list that it crosses, or a list by value.
struct QuantifiedElement: Hashable {
    /// The mark of fields that are read from the element; no resolver's own.
    static let code = Int.min

    let field: FieldReference?
    let constant: Value?
    let type: FieldType

    func elements(_ record: any FieldSource) -> [JSON]? {
        if let field { return record.value(of: field).jsonElements }
        return constant?.list?.map(\.revealedJSON)
    }

    /// The field of the element that a word names, nil if it names a field of the record.
    func member(_ word: String, _ resolver: any FieldResolver) -> FieldReference? {
        guard let field, let named = resolver.field(word) else { return nil }
        if named == field {
            return FieldReference(name: word, type: FieldType(field.type.kind), code: Self.code, path: .root)
        }
        guard let base = field.path, let path = named.path, path.starts(with: base) else { return nil }
        let rest = path.dropFirst(base.count)
        let type = FieldType(named.type.kind, isList: rest.components.contains(.any))
        return FieldReference(name: word, type: type, code: Self.code, path: rest)
    }

    func isConstant(_ other: Expression.Constant) -> Bool {
        field == nil && constant == other.value && other.value.kind == .list
    }

    /// The element itself, in place of the list by value.
    func compiled(_ span: SourceSpan) -> CompiledValue {
        let reference = FieldReference(name: "", type: FieldType(nil), code: Self.code, path: .root)
        return CompiledValue(field: reference, span: span)
    }
}

/// An element of a record's list, as a record.
private struct ElementRecord: FieldSource {
    let element: JSON
    let outer: any FieldSource

    func value(of field: FieldReference) -> FieldValue {
        guard field.code == QuantifiedElement.code else { return outer.value(of: field) }
        guard let path = field.path, !path.isEmpty else { return .json(element) }
        if path.isConcrete { return element.value(at: path).map { .json($0) } ?? .missing }
        return .many(element.matches(of: path).map(\.value))
    }
}

/// Finds what a quantifier's condition goes over.
private struct QuantifierBase {
    let resolver: (any FieldResolver)?
    /// What surely is a list.
    var bases: Set<QuantifiedElement> = []
    /// A field that may hold one, as only the record knows.
    var fallback: QuantifiedElement?

    init(resolver: (any FieldResolver)?) {
        self.resolver = resolver
    }

    mutating func visit(_ expression: Expression) {
        switch expression {
        case .or(let parts), .and(let parts): for part in parts { visit(part) }
        case .not(let inner, _), .exists(let inner, _), .ago(let inner, _): visit(inner)
        case .comparison(let comparison):
            visit(comparison.left)
            if case .list = comparison.right { return }
            if comparison.comparator != .in { visit(comparison.right) }
        case .arithmetic(let first, let terms):
            visit(first)
            for term in terms { visit(term.operand) }
        case .call(let call): if !call.function.isQuantifier { for argument in call.arguments { visit(argument) } }
        case .word(let word): if word.role == .field { visit(field: word.text) }
        case .constant(let constant): if constant.value.kind == .list { add(constant.value) }
        default: return
        }
    }

    private mutating func add(_ list: Value) {
        bases.insert(QuantifiedElement(field: nil, constant: list, type: FieldType(nil)))
    }

    private mutating func visit(field name: String) {
        guard let resolver, let field = resolver.field(name) else { return }
        guard let path = field.path, let place = path.components.firstIndex(of: .any) else {
            let element = QuantifiedElement(field: field, constant: nil, type: FieldType(field.type.kind))
            if field.type.isList { bases.insert(element) } else if field.type.kind == nil { fallback = element }
            return
        }
        let prefix = JSONPath(Array(path.components.prefix(place + 1)))
        guard let base = resolver.field(prefix.description) else { return }
        bases.insert(QuantifiedElement(field: base, constant: nil, type: FieldType(nil)))
    }
}
