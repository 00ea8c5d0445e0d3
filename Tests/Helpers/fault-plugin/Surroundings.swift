import Glibc
import LosslessJSON
import PluginProtocol

/// What a plugin can find out about where it runs.
enum Surroundings {
    static func report(_ params: JSON) -> JSON {
        let parent = getppid()
        return [
            "environment": JSON(variables.map { JSON($0) }),
            "arguments": JSON(CommandLine.arguments.map { JSON($0) }),
            "descriptors": JSON(descriptors.map { JSON(Int($0)) }),
            "folder": JSON(workingFolder),
            "session": JSON(getsid(0) == getpid()),
            "group": JSON(getpgrp() == getpid()),
            "terminal": JSON(open("/dev/tty", O_RDWR | O_CLOEXEC) >= 0),
            "core": JSON(coreLimit),
            "parentOwner": JSON(owner(of: "/proc/\(parent)/environ")),
            "received": params,
        ]
    }

    private static var variables: [String] {
        var found: [String] = []
        var next = environ
        while let entry = next.pointee {
            found.append(String(cString: entry))
            next += 1
        }
        return found
    }

    private static var descriptors: [Int32] { (0..<256).filter { fcntl($0, F_GETFD) >= 0 } }

    private static var workingFolder: String {
        guard let path = getcwd(nil, 0) else { return "" }
        defer { free(path) }
        return String(cString: path)
    }

    private static var coreLimit: Int {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
        return Int(limit.rlim_cur)
    }

    private static func owner(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_uid) : -1
    }
}
