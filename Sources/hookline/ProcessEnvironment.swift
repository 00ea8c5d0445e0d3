import Glibc
import Shell

/// What the process was started with.
enum ProcessEnvironment {
    /// The variables, read once.
    static let variables: [String: String] = {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            next += 1
        }
        return variables
    }()

    /// What programs that hookline starts may see: no API key.
    static func withoutKey(_ variables: [String: String]) -> [String: String] {
        variables.filter { $0.key != ProfileResolver.keyVariable }
    }

    /// Where this program lies; nil if the system does not say.
    static var programFolder: String? {
        guard let path = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(path) }
        return String(cString: path).lastIndex(of: "/").map { String(String(cString: path)[..<$0]) }
    }

    static var workingFolder: String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }
}
