/// The methods of the protocol. A method that is none of these is answered with ``ErrorCode/methodNotFound``.
package enum Method: String, Hashable, Sendable, CaseIterable {
    // Host to plugin.
    case initialize
    case runCommand = "command/run"
    case complete
    case renderFormat = "format/render"
    case validateChannel = "validate/channel"
    case checkPolicy = "policy/check"
    case applyTransform = "transform/apply"
    case eventCommitted = "event/committed"
    case lowerChannel = "channel/lower"
    case recognizeChannel = "channel/recognize"
    case shutdown
    case cancel = "$/cancel"

    // Plugin to host.
    case listWebhooks = "host/webhooks.list"
    case getWebhook = "host/webhooks.get"
    case print = "host/print"
    case confirm = "host/confirm"
    case getState = "host/state.get"
    case setState = "host/state.set"
    case progress = "$/progress"
    case log = "$/log"
}

/// The versions of the protocol that this program speaks.
package enum ProtocolVersion {
    package static let supported: [Int] = [1]

    /// The highest of these that is supported too.
    package static func highestCommon(with others: some Sequence<Int>) -> Int? {
        others.filter { supported.contains($0) }.max()
    }
}
