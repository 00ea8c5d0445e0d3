import LosslessJSON
import PluginProtocol

/// The checks of one program. Each has a process of its own, so that none suffers from another.
struct ConformanceRun {
    let manifest: Manifest
    let conformance: PluginConformance

    func results() -> [ConformanceResult] {
        let handshake = check(.handshake) { probe in try greet(probe) }
        guard handshake.passed else { return [handshake] }
        var results = [
            handshake,
            check(.noCommonVersion) { probe in
                try expect(.noCommonVersion, try probe.call("initialize", greeting(protocols: [9999])))
            },
            check(.unknownMethod) { probe in
                try greet(probe)
                try expect(.methodNotFound, try probe.call("no/such-method", [:]))
                // It goes on.
                try expect(.methodNotFound, try probe.call("no/such-method-again", [:]))
            },
            check(.unknownNotification) { probe in
                try greet(probe)
                try probe.notify("$/no-such-notification", ["x": 1])
                try expect(.methodNotFound, try probe.call("no/such-method", [:]))
            },
            check(.unknownMembers) { probe in
                var params = greeting().object ?? [:]
                params["later"] = ["nested": [1, 2, 3]]
                _ = try agreed(try probe.call("initialize", JSON(params)))
            },
            check(.cancel) { probe in try cancel(probe) },
            check(.bigMessage) { probe in
                try greet(probe)
                try expect(.methodNotFound, try probe.call("no/such-method", ["text": JSON(Self.big)]))
            },
        ]
        results += ContributionChecks(run: self).results()
        results += [
            check(.shutdown) { probe in
                try greet(probe)
                guard case .success(.some(let answer)) = try probe.call("shutdown", [:]).map(Optional.some),
                    answer.isNull
                else { throw ConformanceProbe.Failure.answer("shutdown is not answered with null") }
                guard probe.endsByItself() else { throw ConformanceProbe.Failure.answer("it goes on after shutdown") }
            },
            check(.endOfInput) { probe in
                try greet(probe)
                probe.closeInput()
                guard probe.endsByItself() else { throw ConformanceProbe.Failure.answer("it goes on without input") }
            },
        ]
        return results
    }

    /// Four megabytes: more than any pipe holds.
    private static let big = String(repeating: "0123456789abcdef", count: 1 << 18)

    // MARK: Steps

    func greeting(protocols: [Int] = ProtocolVersion.supported) -> JSON {
        let own = conformance.surroundings.ownFolder(of: manifest.id)
        return InitializeParams(
            protocols: protocols, host: "plugin test", granted: manifest.permissions,
            stateDir: manifest.permissions.state ? own + "/state" : nil
        ).json
    }

    func greet(_ probe: ConformanceProbe) throws { _ = try agreed(try probe.call("initialize", greeting())) }

    private func agreed(_ answer: Result<JSON, RPCError>) throws -> InitializeResult {
        let result = try InitializeResult(try answer.get())
        guard ProtocolVersion.supported.contains(result.protocolVersion) else {
            throw ConformanceProbe.Failure.answer("it chose version \(result.protocolVersion)")
        }
        let missing = manifest.requiredMethods.map(\.rawValue).filter { !result.implements.contains($0) }
        guard missing.isEmpty else {
            throw ConformanceProbe.Failure.answer("implements lacks \(missing.joined(separator: ", "))")
        }
        return result
    }

    private func expect(_ code: ErrorCode, _ answer: Result<JSON, RPCError>) throws {
        switch answer {
        case .failure(let error) where error.code == code.rawValue: return
        case .failure(let error): throw ConformanceProbe.Failure.answer("\(error.code) instead of \(code.rawValue)")
        case .success: throw ConformanceProbe.Failure.answer("a result instead of \(code.rawValue)")
        }
    }

    /// The call is answered all the same: with its result, or with -32800.
    private func cancel(_ probe: ConformanceProbe) throws {
        try greet(probe)
        let call = try probe.send("no/such-method", [:])
        try probe.notify(Method.cancel.rawValue, ["id": JSON(call)])
        _ = try probe.wait(for: call, what: "the cancelled call")
        try probe.notify(Method.cancel.rawValue, ["id": 424_242])
        try expect(.methodNotFound, try probe.call("no/such-method", [:]))
    }

    // MARK: Checks

    /// Runs a check with a process of its own; noise and leftovers fail it too.
    func check(
        _ check: ConformanceCheck, _ subject: String? = nil, _ body: (ConformanceProbe) throws -> Void
    ) -> ConformanceResult {
        do {
            let probe = try ConformanceProbe(
                try conformance.plan(manifest), patience: conformance.patience, now: conformance.now,
                requests: answer)
            var failure: String?
            do { try body(probe) } catch { failure = Self.words(error) }
            let left = probe.finish()
            if let failure { return conformance.result(check, subject: subject, .failed(failure)) }
            guard probe.noise == 0 else {
                return conformance.result(
                    .noise, subject: check.rawValue, .failed("\(probe.noise) bytes are no message"))
            }
            guard left == 0 else {
                return conformance.result(.leftovers, subject: check.rawValue, .failed("\(left) processes are left"))
            }
            return conformance.result(check, subject: subject, .passed)
        } catch {
            return conformance.result(check, subject: subject, .failed("\(error)"))
        }
    }

    private static func words(_ error: any Error) -> String {
        switch error {
        case let error as RPCError: "error \(error.code): \(PlainText.strippedLine(error.message))"
        case let error as ShapeError:
            "\(error.path): \(error.expected) expected, \(error.found.map(\.rawValue) ?? "nothing") found"
        default: PlainText.strippedLine("\(error)")
        }
    }

    /// What a plugin may ask in a test: samples, an empty state, and yes to nothing.
    private func answer(_ method: String, _ params: JSON) -> JSON? {
        switch Method(rawValue: method) {
        case .listWebhooks where manifest.permissions.read.contains(.webhooks):
            ["webhooks": JSON(ConformanceSamples.webhooks.map(\.json)), "next": nil]
        case .getWebhook where manifest.permissions.read.contains(.webhooks):
            ["webhook": ConformanceSamples.webhooks.first { $0.key == params["key"]?.string }?.json ?? .null]
        case .print: [:]
        case .confirm: ["answer": false]
        case .getState where manifest.permissions.state: ["value": nil]
        case .setState where manifest.permissions.state: [:]
        default: nil
        }
    }
}
