import LosslessJSON
import PluginProtocol

/// Names a call for as long as the host lives.
package struct CallID: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
}

/// Something to ask of a plugin.
package struct PluginCall: Sendable {
    package let id: CallID
    package let method: Method
    /// The `params` of its messages, printed: one, or the parts of a batch in order.
    package let parts: [[UInt8]]
    /// What it may take, each part by itself.
    package let timeout: Duration

    package init(id: CallID, method: Method, parts: [[UInt8]], timeout: Duration) {
        self.id = id
        self.method = method
        self.parts = parts
        self.timeout = timeout
    }

    /// Whether asking twice is the same as asking once. Commands print and ask, events count: they are never repeated.
    package var isPure: Bool {
        switch method {
        case .runCommand, .eventCommitted: false
        default: true
        }
    }

    /// Whether the plugin may talk to the user while it lasts.
    package var isConversation: Bool { method == .runCommand }
}

/// Why a call has no result.
package enum CallFailure: Error, Hashable, Sendable {
    /// It took longer than this.
    case timedOut(after: Duration)
    case cancelled
    /// The plugin ended before it answered.
    case crashed(ChildExit)
    /// The host stopped the plugin.
    case stopped(StopReason)
    /// The plugin answered with an error.
    case refused(RPCError)
    /// The answer is not what the call has.
    case malformed(ShapeError)
    /// The plugin could not be started.
    case launch(LaunchFailure)
    /// It did not come to an understanding with the host.
    case handshake(HandshakeFailure)
    /// It crashed too often in this session.
    case disabled
    /// A message would be longer than the limit, in bytes.
    case tooLarge(size: Int, limit: Int)
}

/// Why the host stopped a plugin.
package enum StopReason: Hashable, Sendable {
    /// More of its output than this was no message.
    case noise(limit: Int)
    case invalidMessage(MessageFault)
    /// It answered a request that was never made.
    case unknownID
    case lineTooLong(limit: Int)
    /// It did not answer in time, and did not answer the cancellation either.
    case hang
    /// More requests at once than the host takes.
    case tooManyRequests(limit: Int)
    /// It had nothing to do.
    case idle
    /// The user, or the end of the session.
    case asked
}

package enum HandshakeFailure: Error, Hashable, Sendable {
    case timedOut(after: Duration)
    case refused(RPCError)
    case malformed(ShapeError)
    /// It chose a version that was not offered.
    case version(Int, offered: [Int])
    /// Its manifest promises what it does not implement.
    case missing([Method])
}

/// How a process ended.
package enum ChildExit: Hashable, Sendable {
    case status(Int32)
    case signal(Int32)
}

/// What became of a session's plugin.
package enum PluginActivity: Hashable, Sendable {
    /// Not running; the next call starts it.
    case idle
    case starting
    case ready
    case disabled
}
