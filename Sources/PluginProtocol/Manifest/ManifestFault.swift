import LosslessJSON

/// Why a manifest is none.
package enum ManifestFault: Error, Hashable, Sendable {
    /// No JSON, or a member twice (`duplicateName`).
    case syntax(JSONSyntaxError)
    case tooLarge(limit: Int)
    case shape(ShapeError)
    /// `manifest` is a version that this program does not read.
    case unsupportedManifest(Int, supported: Int)
    /// None of its protocols is spoken here.
    case noCommonVersion(offered: [Int], supported: [Int])
    /// A name is not as names are: see ``PluginName``.
    case invalidName(String, at: JSONPath)
    /// The same name twice in one list.
    case repeatedName(String, at: JSONPath)
    /// Text that is too long or empty, at most so many bytes.
    case invalidText(at: JSONPath, limit: Int)
    /// More elements than this.
    case tooMany(at: JSONPath, limit: Int)
    /// A word that is none of those known there.
    case unknownWord(String, at: JSONPath)
    /// A path pattern that cannot be read.
    case invalidGlob(String, at: JSONPath)
    /// A path that leads out of the plugin's folder.
    case outsideFolder(String, at: JSONPath)
    /// Neither `run` nor `"kind": "script"` with `script`, or both.
    case noProgram
    /// A script contributes commands alone.
    case notForScripts(at: JSONPath)
    /// Out of its range.
    case outOfRange(at: JSONPath, ClosedRange<Double>)
    /// A variable that no plugin may be given.
    case notGrantable(String, at: JSONPath)
}

/// The form of names: ids, commands, formats, kinds.
package enum PluginName {
    package static let maximumLength = 64

    /// Lower-case letters, digits and single inner `-`, a letter first; at most 64 bytes. (`_` and `.` too for kinds of
    /// channels, since the API chooses those.)
    package static func isValid(_ name: String, extra: String = "") -> Bool {
        let bytes = Array(name.utf8)
        guard let first = bytes.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
        guard bytes.count <= maximumLength, bytes.last != UInt8(ascii: "-"), !name.contains("--") else { return false }
        return bytes.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-") || extra.utf8.contains(byte)
        }
    }

    /// A variable of the environment: letters, digits and `_`, no digit first.
    package static func isVariable(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return name.utf8.count <= 128
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
