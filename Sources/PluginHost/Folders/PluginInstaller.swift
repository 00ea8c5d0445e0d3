import Glibc
import PluginProtocol

/// Why a plugin is not installed. Nothing is left of the attempt.
package enum InstallFailure: Error, Hashable, Sendable {
    case folder(PluginFolderFault)
    case unpinnable(TreeFailure)
    /// There is a plugin of this id already.
    case exists(path: String)
    /// The manifest runs a program that is neither in the folder nor among the built ones.
    case noProgram(String)
    case system(path: String, errno: Int32)
}

/// Copies plugins into the user's data folder.
package enum PluginInstaller {
    /// Folders that building leaves beside the sources; they are not copied, nor is what a version control keeps.
    private static let leftOut: Set<String> = [".git", ".build", ".swiftpm", "Sources", "Tests", "__pycache__"]

    /// Copies a plugin's folder, its program included, to `folder/ID`. Nothing is enabled by it.
    ///
    /// - Parameters:
    ///   - programs: a folder with built programs; what the manifest runs is taken from there when the plugin's own folder
    ///     lacks it.
    ///   - replacing: whether a plugin of the same id is put away.
    /// - Returns: the path of the copy.
    @discardableResult
    package static func install(
        _ source: String, into folder: String, programs: String? = nil, replacing: Bool = false
    ) throws(InstallFailure) -> String {
        let manifest: Manifest
        switch PluginFolder.read(source).manifest {
        case .success(let value): manifest = value
        case .failure(let fault): throw .folder(fault)
        }
        let target = folder + "/" + manifest.id
        let exists = access(target, F_OK) == 0
        guard replacing || !exists else { throw .exists(path: target) }
        let aside = "\(folder)/.\(manifest.id).\(getpid()).new"
        FolderTree.remove(aside)
        do throws(InstallFailure) {
            try system { () throws(SystemFile.Failure) in
                try SystemFile.makeFolder(folder)
                try FolderTree.copy(source, to: aside, leavingOut: leftOut)
            }
            try addProgram(of: manifest, to: aside, from: programs)
            do throws(TreeFailure) { _ = try TreeReader.read(aside) } catch { throw .unpinnable(error) }
            if exists { FolderTree.remove(target) }
            guard rename(aside, target) == 0 else { throw .system(path: target, errno: errno) }
        } catch {
            FolderTree.remove(aside)
            throw error
        }
        return target
    }

    private static func addProgram(of manifest: Manifest, to folder: String, from programs: String?)
        throws(InstallFailure)
    {
        guard case .program(let argv, _) = manifest.kind, argv[0].contains("/"), !argv[0].hasPrefix("/") else { return }
        let path = folder + "/" + argv[0]
        if access(path, F_OK) == 0 { return }
        let name = argv[0].split(separator: "/").last.map(String.init) ?? argv[0]
        guard let programs, SystemFile.isExecutable(programs + "/" + name) else { throw .noProgram(argv[0]) }
        try system { () throws(SystemFile.Failure) in
            try FolderTree.copyFile(programs + "/" + name, to: path, mode: 0o755)
        }
    }

    private static func system(_ body: () throws(SystemFile.Failure) -> Void) throws(InstallFailure) {
        do throws(SystemFile.Failure) { try body() } catch { throw .system(path: error.path, errno: error.errno) }
    }
}

/// Folders with all that is in them.
enum FolderTree {
    /// Copies files, folders and links with their permissions, but for writing by others.
    static func copy(_ source: String, to target: String, leavingOut names: Set<String> = []) throws(SystemFile.Failure)
    {
        guard mkdir(target, 0o755) == 0 else { throw SystemFile.Failure(path: target, errno: errno) }
        guard let entries = SystemFile.names(in: source) else { throw SystemFile.Failure(path: source, errno: errno) }
        for name in entries where !names.contains(name) {
            let (from, to) = (source + "/" + name, target + "/" + name)
            var status = stat()
            guard lstat(from, &status) == 0 else { throw SystemFile.Failure(path: from, errno: errno) }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: try copy(from, to: to)
            case S_IFLNK: try copyLink(from, to: to)
            case S_IFREG: try copyFile(from, to: to, mode: status.st_mode & 0o755)
            default: throw SystemFile.Failure(path: from, errno: EINVAL)
            }
        }
    }

    static func copyFile(_ source: String, to target: String, mode: mode_t) throws(SystemFile.Failure) {
        let bytes = try SystemFile.read(source, limit: TreeReader.sizeLimit)
        try SystemFile.replace(target, with: bytes, mode: mode)
    }

    private static func copyLink(_ source: String, to target: String) throws(SystemFile.Failure) {
        var text = [CChar](repeating: 0, count: 4097)
        let count = readlink(source, &text, 4096)
        guard count >= 0 else { throw SystemFile.Failure(path: source, errno: errno) }
        let words = String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard symlink(words, target) == 0 else { throw SystemFile.Failure(path: target, errno: errno) }
    }

    /// Takes a folder away with all that is in it; follows no link.
    static func remove(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            unlink(path)
            return
        }
        for name in SystemFile.names(in: path) ?? [] { remove(path + "/" + name) }
        rmdir(path)
    }
}
