import LosslessJSON
import PluginProtocol

/// A plugin: what its manifest contributes, each with a closure that answers.
///
///     var plugin = Plugin(version: "1.0.0")
///     plugin.policy("no-wildcards") { changes in
///         changes.filter { $0.after?.eventTypes.contains("*") == true }.map {
///             Finding(key: $0.key, level: .deny, rule: "no-wildcards", message: "name the events")
///         }
///     }
///     plugin.run()
///
/// Calls are answered one after the other, as `"concurrency": 1` has it. Standard output belongs to the protocol: print
/// with ``Host/print(_:)``, and log to standard error.
public struct Plugin {
    public typealias Command = (CommandCall) throws -> CommandResult
    public typealias Policy = ([Change]) throws -> [Finding]
    public typealias Format = (RenderCall) throws -> String
    public typealias Transform = (_ arguments: Value, Webhook) throws -> [Edit]
    public typealias Validator = ([ChannelToCheck]) throws -> [Finding]

    let version: String
    var commands: [String: Command] = [:]
    var policies: [(name: String, check: Policy)] = []
    var formats: [String: Format] = [:]
    var transforms: [String: Transform] = [:]
    var validators: [String: Validator] = [:]
    var lowering: [String: (Value) throws -> Channel] = [:]
    var recognizing: [String: (Channel) throws -> Channel?] = [:]
    var completion: ((CompletionCall) throws -> [Candidate])?
    var listener: ((CommittedRun) throws -> Void)?

    /// - Parameter version: the plugin's own.
    public init(version: String) { self.version = version }

    /// Answers a contributed command.
    public mutating func command(_ name: String, _ body: @escaping Command) { commands[name] = body }

    /// Judges the changes of a commit, all of them at once. To throw is to deny.
    public mutating func policy(_ name: String, _ body: @escaping Policy) { policies.append((name, body)) }

    /// Renders webhooks in a contributed format.
    public mutating func format(_ name: String, _ body: @escaping Format) { formats[name] = body }

    /// Proposes edits for one webhook at a time.
    public mutating func transform(_ name: String, _ body: @escaping Transform) { transforms[name] = body }

    /// Checks channels of a kind.
    public mutating func validator(_ kind: String, _ body: @escaping Validator) { validators[kind] = body }

    /// Adds a kind of channel.
    ///
    /// - Parameters:
    ///   - lower: makes its configs a channel that the API knows.
    ///   - recognize: the configs' channel again, from one that the API knows; nil for one that is none of this kind.
    public mutating func channelKind(
        _ kind: String, validate: @escaping Validator = { _ in [] },
        lower: @escaping (_ configs: Value) throws -> Channel,
        recognize: @escaping (Channel) throws -> Channel?
    ) {
        validators[kind] = validate
        lowering[kind] = lower
        recognizing[kind] = recognize
    }

    /// Offers words. Must answer within 150 ms.
    public mutating func completions(_ body: @escaping (CompletionCall) throws -> [Candidate]) { completion = body }

    /// Hears what came of a commit.
    public mutating func onCommitted(_ body: @escaping (CommittedRun) throws -> Void) { listener = body }

    /// Answers calls until the host says `shutdown` or is gone.
    public func run() {
        var loop = CallLoop(plugin: self, connection: Connection())
        loop.run()
    }

    /// The methods that it answers.
    var implements: [Method] {
        var methods: [Method] = [.shutdown]
        if !commands.isEmpty { methods.append(.runCommand) }
        if !policies.isEmpty { methods.append(.checkPolicy) }
        if !formats.isEmpty { methods.append(.renderFormat) }
        if !transforms.isEmpty { methods.append(.applyTransform) }
        if !validators.isEmpty { methods.append(.validateChannel) }
        if !lowering.isEmpty { methods.append(.lowerChannel) }
        if !recognizing.isEmpty { methods.append(.recognizeChannel) }
        if completion != nil { methods.append(.complete) }
        if listener != nil { methods.append(.eventCommitted) }
        return methods
    }
}
