import LosslessJSON
import PluginHost

/// `plugin install`: copies a plugin's folder, with its modes, into the data folder. It is not enabled by that.
struct PluginInstallation {
    let call: CommandCall

    private var files: any FileSystem { call.shell.environment.files }
    /// A plugin with its built program is some tens of megabytes.
    private static let sizeLimit = 512 << 20

    func run() throws -> CommandOutput {
        let source = call.shell.environment.absolute(call.text("DIR")!, in: call.shell.folder)
        guard let paths = call.shell.environment.paths else { throw ShellError.noPlaceForFiles }
        let folder = PluginFolder.read(source)
        let id: String
        switch folder.manifest {
        case .success(let manifest): id = manifest.id
        case .failure(.wrongName(let named, _)): id = named
        case .failure(let fault): throw EnableFailure.folder(fault)
        }
        let target = paths.plugins + "/" + id
        if files.status(target) != nil {
            guard call.has("force") else {
                throw call.usage("\(id) is installed already", hint: "--force replaces it")
            }
            try remove(target)
        }
        try copy(source, to: target)
        call.shell.messages.note("\(id) is installed. plugin enable \(id) shows it and lets it run.")
        return .nothing
    }

    private func copy(_ source: String, to target: String) throws {
        try files.createFolder(target, mode: 0o700)
        for name in files.names(in: source).sorted() {
            let (from, to) = (source + "/" + name, target + "/" + name)
            guard let status = files.status(from) else { continue }
            switch status.kind {
            case .folder: try copy(from, to: to)
            case .file:
                try files.write(
                    try files.read(from, limit: Self.sizeLimit), to: to, mode: status.mode & 0o755, replacing: false)
            case .symbolicLink, .other:
                throw call.usage("\(Printable.escaped(from)) is no plain file", hint: "a plugin is folders and files")
            }
        }
    }

    private func remove(_ path: String) throws {
        if files.status(path)?.kind == .folder {
            for name in files.names(in: path) { try remove(path + "/" + name) }
        }
        try files.remove(path)
    }
}
