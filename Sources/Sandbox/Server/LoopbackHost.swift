import Glibc

/// Whether a host to listen on is reachable from this machine alone.
enum LoopbackHost {
    /// True for `localhost`, 127.0.0.0/8 and `::1`; false for every other name, whatever it may resolve to.
    static func contains(_ host: String) -> Bool {
        if host == "localhost" { return true }
        var four = in_addr()
        if inet_pton(AF_INET, host, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
        var six = in6_addr()
        guard inet_pton(AF_INET6, host, &six) == 1 else { return false }
        return withUnsafeBytes(of: six) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
    }
}
