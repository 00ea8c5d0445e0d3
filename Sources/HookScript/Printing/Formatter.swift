/// Writes a source in its canonical form.
///
/// One statement a line, blocks indented by four blanks, quotes and parentheses only where they are needed, empty lines
/// kept but never two together. Comments are kept: before a statement, behind it, behind a block's head, at a block's
/// end; one inside brackets moves to the line before its statement. What comes out formats to itself, and means the same.
package enum Formatter {
    /// - Parameter signatures: the commands, by which lines are read: without its declaration a flag and its value are
    ///   two words.
    /// - Throws: every syntax error of the source, which is then left alone.
    package static func format(
        _ source: SourceText, signatures: any SignatureLookup, limits: Limits = .standard
    ) throws(ScriptError) -> String {
        StatementPrinter.text(try Parser.parse(source, signatures: signatures, limits: limits))
    }
}
