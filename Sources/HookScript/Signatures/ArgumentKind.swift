/// What a command wants at a place: how literal text there is read, and what completion offers.
package enum ArgumentKind: Hashable, Sendable {
    case text
    /// Whatever the word evaluates to; the command reads it as the kind it needs, by an argument before.
    case any
    case boolean
    /// A whole number that fits 64 bits.
    case integer
    case number
    case time
    case duration
    /// Any JSON; literal text is parsed as it.
    case json
    /// Literal text is JSON where it reads as JSON, else text; `text:123` forces text. Values of variables stay what they are.
    case inferred
    /// A path into a document, `channels[0].configs.url`, or the name of a field. Text to the language.
    case path
    /// A file's name. Text to the language.
    case file
    /// The name of a command. Text to the language.
    case command
    /// One of a few words.
    case choice([String])
    /// Something that the host knows by name, for its completion: `webhook`, `event`. Text to the language.
    case name(String)
}
