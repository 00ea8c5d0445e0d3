import LosslessJSON

/// What hookline writes in place of a secret where it shows a document: a mask, or the reference that the secret came by.
package enum StandIn {
    /// Whether a text has a mask in it, or is such a reference: `${secret:NAME}`, or a place of another webhook.
    package static func isIn(_ text: String) -> Bool { holdsMask(text) || isReference(text) }

    package static func isReference(_ text: String) -> Bool {
        text.utf8.last == UInt8(ascii: "}") && (text.hasPrefix("${secret:") || text.hasPrefix("${webhook:"))
    }

    /// Where a document has one that stands for a secret: a mask where a secret would be, a reference anywhere.
    package static func places(in document: JSON) -> Set<JSONPath> {
        let masked = SecretPaths.secrets(in: document).filter(\.holdsMask).map(\.path)
        return Set(masked + texts(in: document, at: .root).filter { isReference($0.text) }.map(\.path))
    }

    /// The texts of a value that have one in them, wherever they stand.
    package static func texts(in value: JSON, at path: JSONPath) -> [(path: JSONPath, text: String)] {
        if let text = value.string { return isIn(text) ? [(path, text)] : [] }
        return value.children.flatMap { texts(in: $0.value, at: path.appending($0.component)) }
    }

    /// Whether a text shows a mask beside something else, as a URL does.
    package static func isPart(of text: String) -> Bool {
        guard holdsMask(text) else { return false }
        return !text.hasPrefix(Masking.mark) || text.count > Masking.mark.count + Masking.shownLength
    }

    fileprivate static func holdsMask(_ text: String) -> Bool {
        // Most texts have no such byte, which is sooner seen.
        text.utf8.contains(0xE2) && text.contains(Masking.mark)
    }
}

extension SecretPaths.Secret {
    /// Whether it is a mask, or has one within the part that is secret.
    fileprivate var holdsMask: Bool {
        guard let text = value.string, StandIn.holdsMask(text) else { return false }
        if extent == .whole { return true }
        let bytes = Array(text.utf8)
        return URLSecrets.ranges(in: bytes).contains {
            String(decoding: bytes[$0], as: UTF8.self).contains(Masking.mark)
        }
    }
}
