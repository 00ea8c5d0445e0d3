import LosslessJSON
import PluginProtocol

/// One process of a plugin; numbers go up and are never used again.
package struct InstanceID: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
}

extension PluginMachine {
    /// What can happen.
    package enum Event: Sendable {
        case submit(PluginCall)
        /// The caller has lost interest; a second time says nothing new.
        case cancel(CallID)
        case launched(InstanceID)
        case launchFailed(InstanceID, LaunchFailure)
        case line(InstanceID, LineContent, length: Int)
        case lineTooLong(InstanceID, limit: Int)
        case exited(InstanceID, ChildExit)
        /// The host's answer to a request of the plugin.
        case answered(InstanceID, request: RequestID, Result<JSON, RPCError>)
        /// Time has passed.
        case tick
        case stop(StopReason)
    }

    /// What is to be done about it, in this order.
    package enum Action: Sendable {
        case launch(InstanceID)
        case send(InstanceID, [UInt8])
        /// Stop the process, beginning with `shutdown` under this id; nothing that comes from it counts any more.
        case retire(InstanceID, shutdown: Int)
        case resolve(CallID, Result<[JSON], CallFailure>)
        /// A request of the plugin, made in a call that is in flight.
        case perform(InstanceID, PluginRequest)
        case progress(CallID, Progress)
        case note(PluginNote)
    }
}

/// A request of a plugin for the host to answer.
package struct PluginRequest: Sendable {
    package let id: RequestID
    package let method: Method
    package let params: JSON
    /// The call that it was made in.
    package let call: CallID
}

/// What a plugin says of how far it is.
package struct Progress: Hashable, Sendable {
    package var message: String?
    package var done: Double?
    package var total: Double?
}

/// Something for the plugin's log.
package enum PluginNote: Hashable, Sendable {
    case started(version: String)
    case stopping(StopReason)
    case exited(ChildExit)
    case crashed(ChildExit, retrying: Bool)
    case disabled(crashes: Int)
    case launchFailed(LaunchFailure)
    case handshakeFailed(HandshakeFailure)
    /// A line of output that is no message, stripped and cut.
    case noise(String)
    /// An answer that came after its call had ended, or once more.
    case droppedAnswer(id: Int)
    case timedOut(Method)
    case cancelled(Method)
    case deniedRequest(method: String, RPCError)
    /// A notification that means nothing here.
    case unknownNotification(String)
    /// The plugin's own words: a line of its standard error, or `$/log`.
    case said(String)
}
