/// What a client sent as it may stand in a log.
enum LogText {
    /// A path without its query, cut to 200 characters, everything but visible ASCII as `?`.
    static func path(_ path: Substring) -> String {
        String(
            decoding: path.utf8.prefix(200).map { (0x21...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
}
