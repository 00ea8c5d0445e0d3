import LosslessJSON

/// What a line of a stream turns out to be.
package enum LineContent: Sendable {
    case message(Message)
    /// No JSON: a stray print. Tolerated up to ``Limits/noise``.
    case noise
    /// It breaks the protocol.
    case fault(MessageFault)

    package init(_ line: [UInt8]) {
        do throws(JSONSyntaxError) {
            self = Self.read(try JSON(parsing: line, limits: .message))
        } catch {
            self = Self.unreadable(line, error)
        }
    }

    private static func read(_ json: JSON) -> LineContent {
        do throws(MessageFault) { return .message(try Message(json)) } catch { return .fault(error) }
    }

    private static func unreadable(_ line: [UInt8], _ error: JSONSyntaxError) -> LineContent {
        switch error.reason {
        case .invalidUTF8: return .fault(.invalidUTF8)
        case .duplicateName(let name): return .fault(.duplicateMember(name))
        case .tooDeep(let limit): return .fault(.tooDeep(limit: limit))
        default: return String(validating: line, as: UTF8.self) == nil ? .fault(.invalidUTF8) : .noise
        }
    }
}

/// Why a line that is JSON, or nearly, is no message.
package enum MessageFault: Error, Hashable, Sendable {
    /// A byte that is no UTF-8.
    case invalidUTF8
    /// An object has a member twice.
    case duplicateMember(String)
    /// Nested deeper than this.
    case tooDeep(limit: Int)
    /// A batch array, which the protocol does without.
    case batch
    /// JSON of this kind, which no message is.
    case notAnObject(JSON.Kind)
    /// `jsonrpc` is not `"2.0"`.
    case wrongVersion
    /// `id` is neither a whole number nor text.
    case invalidID
    /// `method` is no text.
    case invalidMethod
    /// `params` is neither an object nor an array.
    case invalidParams
    /// Neither a request nor an answer: no `method`, and not exactly one of `result` and `error`.
    case shapeless
    /// `error` is no `{code, message}`.
    case invalidError
}

extension JSONLimits {
    /// As long as a line may be.
    static let message = JSONLimits(maximumDepth: JSONLimits.standard.maximumDepth, maximumSize: Limits.lineLength)
}
