import LosslessJSON

/// A JSON literal, with variables inside its strings and as whole values.
package indirect enum JSONTemplate: Sendable {
    /// A part without variables, spelt as in the source.
    case literal(JSON)
    case string([Word.Part])
    case array([JSONTemplate])
    case object([Member])
    case value(Word.Part)
    /// `$list...` inside an array.
    case spread(Word.Part)

    package struct Member: Sendable {
        package let name: [Word.Part]
        package let value: JSONTemplate
    }
}
