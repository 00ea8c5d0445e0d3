import CEditline

/// libedit, as it is here.
package enum EditorLibrary {
    /// Of its interface, as in `histedit.h`: `2.11`.
    package static var version: String { String(cString: editline_version()) }
    /// Whether the system has a locale whose text is UTF-8, without which nothing is edited.
    package static var hasUTF8Locale: Bool { editline_has_utf8() }
}
