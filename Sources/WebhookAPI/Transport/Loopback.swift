/// Which hosts are this machine: `localhost` (RFC 6761), `127.0.0.0/8` and `[::1]`, each in its plain spelling only.
package enum Loopback {
    /// Takes a host in lower case, an IPv6 address in brackets. Unusual spellings (`0x7f.1`, `[::0001]`) are not taken:
    /// what can't be recognized at a glance is treated as foreign.
    package static func contains(host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "127" else { return false }
        return parts.allSatisfy { part in
            (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
                && UInt8(part) != nil
        }
    }
}
