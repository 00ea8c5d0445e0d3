/// How many terminal cells text takes.
package enum DisplayWidth {
    package static func of(_ text: String) -> Int { 0 }
    package static func of(_ scalar: Unicode.Scalar) -> Int { 0 }
    package static func prefix(of text: String, columns: Int) -> (text: String, width: Int) { ("", 0) }
    package static func cut(_ text: String, to columns: Int) -> String { "" }
}
