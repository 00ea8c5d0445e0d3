import Glibc

/// Hash tables in the same order in every process.
enum Repeatability {
    private static let variable = "SWIFT_DETERMINISTIC_HASHING"

    /// Starts this program over with the setting that the standard library reads when it starts.
    static func ensure() {
        if getenv(variable) != nil { return }
        setenv(variable, "1", 1)
        execv("/proc/self/exe", CommandLine.unsafeArgv)
        fatalError("can't start over: errno \(errno)")
    }
}
