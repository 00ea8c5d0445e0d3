import LosslessJSON

/// Variables.
extension Interpreter {
    func value(of variable: Variable, _ frame: Frame) async throws(RunError) -> Value {
        if let value = try await valueIfSet(variable, frame) { return value }
        if let fallback = variable.fallback {
            let word = try await evaluate(fallback, frame)
            return word.literal == nil
                ? word.value : (try? word.value.converted(to: .inferred, isLiteral: true)) ?? word.value
        }
        throw await unset(variable, frame)
    }

    /// The value of a variable and its path; nil if it is unset, null where a default is there to take its place, or if
    /// the path leads nowhere.
    func valueIfSet(_ variable: Variable, _ frame: Frame) async throws(RunError) -> Value? {
        guard let base = try await base(of: variable, frame) else { return nil }
        guard let value = variable.path.isEmpty ? base : follow(variable.path[...], from: base) else { return nil }
        return value.kind == .null && variable.fallback != nil ? nil : value
    }

    private func base(of variable: Variable, _ frame: Frame) async throws(RunError) -> Value? {
        switch variable.base {
        case .named(let name): return try await named(name, variable.span, frame)
        case .argument(let number):
            return number <= frame.arguments.count ? frame.arguments[number - 1] : nil
        case .arguments: return Value(frame.arguments)
        case .argumentCount: return Value(frame.arguments.count)
        case .environment(let name): return host.environment(name).map { Value($0) }
        case .secret(let name):
            do throws(CommandFailure) {
                return try await host.secret(name).map { Value($0, taint: Taint(reference: "secret:" + name)) }
            } catch {
                throw failure(error, variable.span, frame)
            }
        }
    }

    /// A variable by name: inside `each` the record's own first, then a call's, the interpreter's, the host's.
    private func named(_ name: String, _ span: SourceSpan, _ frame: Frame) async throws(RunError) -> Value? {
        let isImplicit = implicitNames.contains(name)
        if isImplicit, frame.eachDepth > 0 { return try await implicit(name, span, frame) }
        if let value = frame.locals?[name] ?? variables[name] { return value }
        return isImplicit ? try await implicit(name, span, frame) : nil
    }

    private func implicit(_ name: String, _ span: SourceSpan, _ frame: Frame) async throws(RunError) -> Value? {
        do throws(CommandFailure) {
            return try await host.variable(named: name)
        } catch {
            throw failure(error, span, frame)
        }
    }

    /// What a path leads to; a list of all for one that crosses a list.
    private func follow(_ steps: ArraySlice<Variable.Step>, from value: Value) -> Value? {
        guard let step = steps.first else { return value }
        let rest = steps.dropFirst()
        switch step {
        case .member(let name):
            guard let json = value.object?[name] else { return nil }
            return follow(
                rest, from: Value(json, taint: value.taint?.member(at: [.name(name)]), depth: value.innerDepth))
        case .element(let index):
            guard let list = value.list, index < list.count else { return nil }
            return follow(rest, from: list[index].tainted(byWhole: value.taint))
        case .every:
            guard let elements = elements(of: value) else { return nil }
            let found = elements.compactMap { follow(rest, from: $0) }
            return Value(rest.contains(.every) ? found.flatMap { $0.list ?? [$0] } : found)
        }
    }

    private func elements(of value: Value) -> [Value]? {
        if let elements = value.elements { return elements }
        return value.object?.map { name, json in
            Value(json, taint: value.taint?.member(at: [.name(name)]), depth: value.innerDepth)
        }
    }

    private func unset(_ variable: Variable, _ frame: Frame) async -> RunError {
        switch variable.base {
        case .environment(let name): return failure(.unsetEnvironment(name), variable.span, frame)
        case .secret(let name): return failure(.unknownSecret(name), variable.span, frame)
        case .argument(let number): return failure(.unsetVariable(String(number), nearest: nil), variable.span, frame)
        case .arguments, .argumentCount: return failure(.unsetVariable("@", nearest: nil), variable.span, frame)
        case .named(let name):
            if !variable.path.isEmpty, (try? await named(name, variable.span, frame)) != nil {
                let path = VariablePrinter.path(variable.path)
                let shown = path.utf8.first == .dot ? String(path.dropFirst()) : path
                return failure(.noMember(path: shown, of: name), variable.span, frame)
            }
            let known = Array(variables.keys) + Array(frame.locals?.keys ?? [:].keys) + host.implicitVariables
            let nearest = NearestName.find(name, among: known.sorted())
            return failure(.unsetVariable(name, nearest: nearest), variable.span, frame)
        }
    }

    func assign(_ name: String, _ value: Value, _ frame: Frame) {
        if frame.locals == nil { variables[name] = value } else { frame.locals?[name] = value }
    }

    func unassign(_ name: Name, _ frame: Frame) throws(RunError) {
        let old =
            frame.locals == nil
            ? variables.removeValue(forKey: name.text) : frame.locals?.removeValue(forKey: name.text)
        if old == nil {
            let known = (frame.locals ?? variables).keys.sorted()
            let nearest = NearestName.find(name.text, among: known)
            throw failure(.unsetVariable(name.text, nearest: nearest), name.span, frame)
        }
    }

    /// The variable as it is at this level, to be put back after a block that has its own.
    func saved(_ name: String, _ frame: Frame) -> Value? {
        frame.locals == nil ? variables[name] : frame.locals?[name]
    }

    func restore(_ name: String, _ value: Value?, _ frame: Frame) {
        if frame.locals == nil { variables[name] = value } else { frame.locals?[name] = value }
    }
}

extension Value {
    /// How deep a part of it can be.
    fileprivate var innerDepth: UInt16 { depth == 0 ? 0 : depth - 1 }
}
