import PluginHost
import PluginProtocol

/// What `plugin log` says of what became of a plugin.
enum PluginNoteSentences {
    static func text(_ note: PluginNote) -> String {
        switch note {
        case .started(let version): "started, version \(shown(version))"
        case .stopping(let reason): "stopped: \(PluginFaultSentences.text(reason))"
        case .exited(let exit): "ended \(text(exit))"
        case .crashed(let exit, let retrying):
            "crashed: ended \(text(exit))" + (retrying ? "; it is started once more" : "")
        case .disabled(let crashes): "disabled for this session after \(crashes) crashes"
        case .launchFailed(let failure): PluginSentences.problem(failure, of: "it").sentence.message
        case .handshakeFailed(let failure): "no understanding with it: \(text(failure))"
        case .noise(let line): "wrote what is no message: \(shown(line))"
        case .droppedAnswer(let id): "answered call \(id) when nobody waited for it any more"
        case .timedOut(let method): "did not answer \(method.rawValue) in time"
        case .cancelled(let method): "\(method.rawValue) was cancelled"
        case .deniedRequest(let method, let error): "was denied \(shown(method)): \(shown(error.message))"
        case .unknownNotification(let method): "told of \(shown(method)), which means nothing here"
        case .said(let line): shown(line)
        }
    }

    private static func text(_ exit: ChildExit) -> String {
        switch exit {
        case .status(let status): "with status \(status)"
        case .signal(let signal): "by signal \(signal)"
        }
    }

    private static func text(_ failure: HandshakeFailure) -> String {
        switch failure {
        case .timedOut(let time): "no answer within \(DurationText.short(time))"
        case .refused(let error): shown(error.message)
        case .malformed(let error): PluginFaultSentences.text(error)
        case .version(let version, let offered):
            "it chose version \(version) of the protocol, of \(offered.map(String.init).joined(separator: ", "))"
        case .missing(let methods):
            "its manifest promises \(methods.map(\.rawValue).joined(separator: ", ")), which it does not implement"
        }
    }

    private static func shown(_ text: String) -> String { Printable.escaped(text) }
}
