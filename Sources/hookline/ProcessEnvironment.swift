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

    static var workingFolder: String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }
}
