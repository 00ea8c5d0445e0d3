import PluginProtocol

/// A moment on a clock that only goes forward, as the time since some fixed one.
package typealias Moment = Duration

/// How long a plugin may take for what.
package struct Deadlines: Hashable, Sendable {
    package var initialize: Duration = .seconds(3)
    package var complete: Duration = .milliseconds(150)
    package var format: Duration = .seconds(2)
    package var validate: Duration = .seconds(5)
    package var policy: Duration = .seconds(5)
    package var transform: Duration = .seconds(10)
    package var command: Duration = .seconds(30)
    package var event: Duration = .seconds(5)
    package var channel: Duration = .seconds(2)
    /// No progress and no request of the plugin extends a call beyond this; a question to the user does.
    package var hardCap: Duration = .seconds(600)
    /// Between `$/cancel` and the stop of a plugin that does not answer it.
    package var cancelGrace: Duration = .seconds(1)
    /// Between the end of its input and SIGTERM, and between that and SIGKILL.
    package var stopStep: Duration = .seconds(2)
    /// A plugin with nothing to do is stopped after this.
    package var idle: Duration = .seconds(30)

    package init() {}

    package static let standard = Deadlines()

    package func deadline(of call: Manifest.TimedCall) -> Duration {
        switch call {
        case .initialize: initialize
        case .complete: complete
        case .format: format
        case .validate: validate
        case .policy: policy
        case .transform: transform
        case .command: command
        case .event: event
        case .channel: channel
        }
    }

    /// With what a manifest sets, within the hard cap. Completion runs in the background and stays as short as it is.
    package func applying(_ timeouts: [Manifest.TimedCall: Double]) -> Deadlines {
        var result = self
        for (call, seconds) in timeouts where call != .complete {
            let duration = min(Duration.seconds(seconds), hardCap)
            switch call {
            case .initialize: result.initialize = duration
            case .complete: break
            case .format: result.format = duration
            case .validate: result.validate = duration
            case .policy: result.policy = duration
            case .transform: result.transform = duration
            case .command: result.command = duration
            case .event: result.event = duration
            case .channel: result.channel = duration
            }
        }
        return result
    }
}
