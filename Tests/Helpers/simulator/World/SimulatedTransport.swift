import LosslessJSON
import WebhookAPI
import WebhookModel

/// The network between one process and the model server.
struct SimulatedTransport: Transport {
    let process: Process

    private var world: World { process.world }
    private var kernel: Kernel { process.world.kernel }

    /// What came back, once it has.
    private final class Reply: @unchecked Sendable {
        var served: TransportResponse?
        /// When it is to have its effect, while that is still to come.
        var pending: Timeline.ID?
        var result: Result<TransportResponse, TransportFailure>?
    }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        await process.gate()
        if kernel.isClosing { throw TransportFailure(.closed, progress: .notSent) }
        if Task.isCancelled { throw TransportFailure(.cancelled, progress: .notSent) }
        world.figures.requests += 1
        world.checkKey(request, of: process)
        let origin = WriteContext.current
        world.checkDeparture(origin)
        let known = world.wire.request(request)
        let fault = world.drawFault(for: request)
        let passage = Fault.passage(fault, for: request, lateness: world.lateness, &world.dice.network)
        world.note(
            "\(process) sends \(request.method.rawValue) \(request.target)\(fault.map { ", to meet \($0)" } ?? "")")
        let result = await exchange(request, passage, known, origin)
        await process.gate()
        return try result.get()
    }

    func shutdown() async {}

    private func exchange(
        _ request: TransportRequest, _ passage: Passage, _ known: ModelWire.Request?, _ context: WriteContext?
    ) async -> Result<TransportResponse, TransportFailure> {
        let reply = Reply()
        let isHeard = await kernel.wait { id in
            if let effect = passage.effect {
                reply.pending = kernel.after(effect) {
                    reply.pending = nil
                    arrive(latest(request) - effect) { reply.served = world.serve(known, context) }
                }
            }
            if let moment = passage.reply, moment <= request.timeout {
                kernel.after(moment) {
                    reply.result = Self.result(passage.result, reply.served)
                    if process.isAlive { kernel.wake(id) }
                }
            } else {
                kernel.after(request.timeout) {
                    reply.result = .failure(TransportFailure(.timedOut, progress: .sent))
                    if process.isAlive { kernel.wake(id) }
                }
            }
        }
        guard isHeard, let result = reply.result else {
            if process.isAlive, let pending = reply.pending {
                // The connection is closed; what the server has begun ends within the time that is waited for.
                kernel.cancel(pending)
                kernel.after(.milliseconds(world.dice.network.within(0...world.lateness))) {
                    _ = world.serve(known, context)
                }
            }
            return .failure(TransportFailure(.cancelled, progress: .sent))
        }
        return result
    }

    /// What a process has sent by the time it dies arrives, perhaps a while later, but not later than anything does.
    private func arrive(_ room: Duration, _ effect: @escaping () -> Void) {
        guard !process.isAlive, !world.isCalm, world.dice.network.oneIn(2) else { return effect() }
        kernel.after(min(room, .milliseconds(world.dice.network.within(0...world.lateness))), effect)
    }

    /// Behind its time-out, the longest time in which a request that was sent may still arrive.
    private func latest(_ request: TransportRequest) -> Duration { request.timeout + .milliseconds(world.lateness) }

    private static func result(
        _ outcome: Passage.Outcome, _ served: TransportResponse?
    ) -> Result<TransportResponse, TransportFailure> {
        switch outcome {
        case .failure(let failure): return .failure(failure)
        case .instead(let response): return .success(response)
        case .answer, .cut:
            guard var response = served else { return .failure(TransportFailure(.lost("reset"), progress: .sent)) }
            if case .cut(let hundredths) = outcome {
                response.body = Array(response.body.prefix(response.body.count * hundredths / 100))
            }
            return .success(response)
        }
    }
}
