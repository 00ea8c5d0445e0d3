import LosslessJSON
import WebhookModel

/// Makes the pending deliveries of a lane, one after another.
struct LaneWorker: Sendable {
    /// How many deliveries of a lane go to the outbox in one write.
    private static let batch = 128
    /// How many live deliveries are made before other lanes have their turn.
    private static let turn = 64

    let deliveries: DeliveryStore
    let configuration: SandboxConfiguration
    let postman: Postman
    let faults: FaultBoard
    let meter: Meter

    private var environment: SandboxEnvironment { configuration.environment }

    /// Works until nothing is pending, an attempt fails, or others should have their turn. What is left stays due.
    func work(on lane: DueLane) async throws {
        for _ in 0..<Self.turn {
            guard let work = try await deliveries.work(on: lane, limit: Self.batch) else {
                _ = try await deliveries.record([], on: lane, pauseAfter: nil)
                return
            }
            let webhook = Webhook(document: try JSON(parsing: work.document))
            var attempts: [AttemptRecord] = []
            for delivery in work.deliveries {
                let attempt = await attempt(delivery, on: lane, webhook, work.organization)
                meter.delivery(delivery.kind, attempt.result)
                attempts.append(attempt)
                // A live delivery is recorded before the next is made: as little as possible is made twice after a crash.
                if attempt.result.failure != nil || attempt.result == .delivered { break }
            }
            let isPaused = try await deliveries.record(
                attempts, on: lane, pauseAfter: configuration.delivery.pauseAfter)
            if isPaused {
                configuration.logger.notice(
                    "webhook paused after failures", metadata: ["webhook_id": "\(work.webhookID)"])
            }
            if attempts.last?.result.failure != nil { return }
        }
    }

    private func attempt(
        _ delivery: PendingDelivery, on lane: DueLane, _ webhook: Webhook, _ organization: OrganizationID
    ) async -> AttemptRecord {
        let target = Routing.Target(kind: delivery.kind, identity: delivery.identity)
        guard let channel = ChannelChoice.channel(for: target, at: lane.channel, in: webhook.channels) else {
            return AttemptRecord(
                delivery: delivery, result: .cancelled("the channel was removed"), at: environment.now())
        }
        do throws(DeliveryFailure) {
            let faults = faults.delivery(of: organization)
            if faults.contains(.deliveryFailure) { throw DeliveryFailure("a fault of the sandbox") }
            let message = try ChannelRenderer(webhook: webhook, delivery: delivery).message(for: channel)
            if let captured = try postman.captured(message, hidingSecretsOf: channel, at: environment.now()) {
                return AttemptRecord(delivery: delivery, result: .captured(captured), at: environment.now())
            }
            try await postman.send(message)
            if faults.contains(.deliveryRepeated) { throw DeliveryFailure("a fault of the sandbox, after delivery") }
            return AttemptRecord(delivery: delivery, result: .delivered, at: environment.now())
        } catch {
            return AttemptRecord(
                delivery: delivery, result: result(of: error.masked(by: channel), delivery), at: environment.now())
        }
    }

    private func result(of failure: DeliveryFailure, _ delivery: PendingDelivery) -> DeliveryResult {
        let draw = Double(environment.randomBytes(2).reduce(0) { $0 << 8 | Int($1) }) / 65_536
        switch configuration.delivery.retry.verdict(
            attempt: delivery.attempts + 1, asked: failure.retryAfter, draw: draw)
        {
        case .giveUp: return .dead(failure)
        case .retry(let wait):
            return .retried(
                failure, at: environment.now().advanced(by: wait), reached: delivery.reached.union(failure.reached))
        }
    }
}

extension DeliveryFailure {
    /// The failure without the secrets of a channel, should its destination repeat them.
    func masked(by channel: Channel) -> DeliveryFailure {
        DeliveryFailure(
            Masking.masked(cause, hidingSecretsOf: channel.document), retryAfter: retryAfter, reached: reached)
    }
}

/// Finds the channel that a delivery is for in the webhook as it is now.
enum ChannelChoice {
    /// The channel that notifies the same destination, the one at the same place first; else the one of the same kind at
    /// that place, which is the same with another destination. Nil where it was removed.
    static func channel(for target: Routing.Target, at place: Int, in channels: [Channel]) -> Channel? {
        let atPlace = channels.indices.contains(place) ? channels[place] : nil
        if let atPlace, Routing.Target(atPlace) == target { return atPlace }
        if let same = channels.first(where: { Routing.Target($0) == target }) { return same }
        return atPlace?.kind == target.kind ? atPlace : nil
    }
}
