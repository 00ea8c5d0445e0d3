import PluginProtocol

/// One thing that a plugin must do, and whether it does.
package struct ConformanceResult: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        case passed
        /// Why not, in a few words.
        case failed(String)
    }

    package let check: ConformanceCheck
    /// What of several: a command's example, a format's name.
    package let subject: String?
    package let outcome: Outcome

    package var passed: Bool {
        if case .failed = outcome { false } else { true }
    }

    /// The result on one line.
    package var line: String {
        let name = subject.map { "\(check.rawValue): \($0)" } ?? check.rawValue
        return switch outcome {
        case .passed: "ok    \(name)"
        case .failed(let reason): "FAIL  \(name): \(reason)"
        }
    }
}

/// The checks, in the order in which they are made.
package enum ConformanceCheck: String, Hashable, Sendable, CaseIterable {
    /// `plugin.json` can be read, and the folder can be pinned.
    case manifest
    /// The folder is as it was after everything: running it does not break its pin.
    case unchanged
    /// `initialize` is answered with a common version and all that the manifest promises.
    case handshake
    /// No version in common is answered with -32003.
    case noCommonVersion = "no common version"
    /// A method that it does not know is answered with -32601.
    case unknownMethod = "unknown method"
    /// A notification that it does not know is passed over.
    case unknownNotification = "unknown notification"
    /// Members that it does not know are passed over.
    case unknownMembers = "unknown members"
    /// A call that was cancelled is answered all the same.
    case cancel
    /// Nothing but messages on standard output.
    case noise
    /// A message of several megabytes is read.
    case bigMessage = "big message"
    /// An example of the manifest runs.
    case example
    case format
    case transform
    case policy
    case validator
    case channelKind = "channel kind"
    case completion
    case event
    /// `shutdown` is answered with null, and the program ends.
    case shutdown
    /// The end of its input ends it.
    case endOfInput = "end of input"
    /// Nothing that it started is left.
    case leftovers
}
