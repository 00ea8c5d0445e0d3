/// Blocks.
extension Interpreter {
    func execute(_ branch: Branch, _ frame: Frame) async throws(RunError) -> Flow {
        for arm in branch.arms where try await condition(arm.condition, frame) {
            return try await execute(arm.body, frame)
        }
        guard let otherwise = branch.otherwise else { return .onward }
        return try await execute(otherwise, frame)
    }

    func execute(_ loop: Loop, _ frame: Frame) async throws(RunError) -> Flow {
        let list = try await value(of: loop.list, frame)
        guard let elements = list.list else {
            throw failure(.operation(.unsuited("for", list.kind)), loop.list.span, frame)
        }
        let before = saved(loop.name.text, frame)
        defer { restore(loop.name.text, before, frame) }
        for element in elements {
            try countStep(loop.list.span, frame)
            assign(loop.name.text, element.tainted(byWhole: list.taint), frame)
            switch try await execute(loop.body, frame) {
            case .onward, .next: continue
            case .leave: return .onward
            case let flow: return flow
            }
        }
        return .onward
    }

    func execute(_ each: Each, _ frame: Frame) async throws(RunError) -> Flow {
        let condition = try await optionalPredicate(each.condition, frame)
        let span = each.condition?.span ?? SourceSpan(0, 0)
        let records = try await asking(span, frame) { (host) throws(CommandFailure) in
            try await host.records(selected: each.selected, where: condition)
        }
        guard let first = records.first else { return .onward }
        frame.eachDepth += 1
        let before: String?
        do throws(RunError) { before = try await makeCurrent(first, span, frame) } catch {
            frame.eachDepth -= 1
            throw error
        }
        var flow = Flow.onward
        var thrown: RunError?
        do throws(RunError) {
            flow = try await execute(each.body, over: records, span, frame)
        } catch {
            thrown = error
        }
        frame.eachDepth -= 1
        guard let thrown else {
            _ = try await makeCurrent(before, span, frame)
            return flow
        }
        // What went wrong inside is what matters, even if the way back is barred too.
        _ = try? await makeCurrent(before, span, frame)
        throw thrown
    }

    private func execute(
        _ body: Block, over records: [String], _ span: SourceSpan, _ frame: Frame
    ) async throws(RunError) -> Flow {
        for (index, record) in records.enumerated() {
            try countStep(span, frame)
            if index > 0 { _ = try await makeCurrent(record, span, frame) }
            switch try await execute(body, frame) {
            case .onward, .next: continue
            case .leave: return .onward
            case let flow: return flow
            }
        }
        return .onward
    }

    private func optionalPredicate(_ expression: Expression?, _ frame: Frame) async throws(RunError) -> Predicate? {
        guard let expression else { return nil }
        return try await predicate(expression, frame)
    }

    private func makeCurrent(_ record: String?, _ span: SourceSpan, _ frame: Frame) async throws(RunError) -> String? {
        let inEach = frame.eachDepth > 0
        return try await asking(span, frame) { (host) throws(CommandFailure) in
            try await host.makeCurrent(record, inEach: inEach)
        }
    }

    /// Asks the host for something that may fail like a command.
    func asking<Result: Sendable>(
        _ span: SourceSpan, _ frame: Frame,
        _ body: @Sendable (any CommandHost) async throws(CommandFailure) -> Result
    ) async throws(RunError) -> Result {
        do throws(CommandFailure) {
            return try await body(host)
        } catch {
            throw failure(error, span, frame)
        }
    }

    func execute(_ attempt: Attempt, _ frame: Frame) async throws(RunError) -> Flow {
        do throws(RunError) {
            return try await execute(attempt.body, frame)
        } catch {
            guard case .failed(let diagnostic, let failure, isFatal: false) = error else { throw error }
            guard let name = attempt.errorName?.text else { return try await execute(attempt.handler, frame) }
            let before = saved(name, frame)
            defer { restore(name, before, frame) }
            assign(name, CaughtError.value(of: diagnostic, failure), frame)
            return try await execute(attempt.handler, frame)
        }
    }
}
