import Glibc
import TestSupport

/// Whether tests may mount file systems of their own: as root, where the system lets it.
enum Mounts {
    static let areAllowed: Bool = {
        guard geteuid() == 0, access("/usr/bin/unshare", X_OK) == 0 else { return false }
        let trial = ["/usr/bin/unshare", "-m", "/bin/sh", "-c", "mount -t tmpfs -o size=64k none /mnt"]
        guard
            let process = try? StartedProgram.start(
                trial, environment: ["PATH": "/usr/bin:/bin:/sbin"],
                streams: [.input("/dev/null"), .output("/dev/null"), .errors("/dev/null")])
        else { return false }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status == 0
    }()
}
