import Glibc
import LosslessJSON
import PluginProtocol

/// A new plugin that works: what `plugin new ID --lang swift|python|sh` writes.
package struct PluginTemplate: Sendable {
    package enum Language: String, Hashable, Sendable, CaseIterable {
        case swift, python, sh
    }

    package struct File: Hashable, Sendable {
        /// From the plugin's folder.
        package let path: String
        package let text: String
        package let isExecutable: Bool
    }

    package enum Failure: Error, Hashable, Sendable {
        case invalidID(String)
        case exists(path: String)
        case system(path: String, errno: Int32)
    }

    package let id: String
    package let language: Language
    /// The package that PluginKit comes with, as a dependency in `Package.swift`: `path: "/src/hookline"`, or `url: …`.
    package let kit: String

    package init(id: String, language: Language, kit: String = #"path: "../hookline""#) throws(Failure) {
        guard PluginName.isValid(id) else { throw .invalidID(id) }
        self.id = id
        self.language = language
        self.kit = kit
    }

    /// What it consists of.
    package var files: [File] {
        let program: [File] =
            switch language {
            case .python: [File(path: "plugin.py", text: PythonTemplate.program, isExecutable: true)]
            case .sh: [File(path: "plugin.sh", text: ShellTemplate.program, isExecutable: true)]
            case .swift:
                [
                    File(path: "Package.swift", text: SwiftTemplate.package(id, kit: kit), isExecutable: false),
                    File(path: "Sources/\(id)/Main.swift", text: SwiftTemplate.program(id), isExecutable: false),
                ]
            }
        return [
            File(path: Manifest.fileName, text: manifest.text(.pretty) + "\n", isExecutable: false),
            File(path: "README.md", text: readme, isExecutable: false),
        ]
            + program.map {
                File(path: $0.path, text: $0.text.replacing("PLUGIN-ID", with: id), isExecutable: $0.isExecutable)
            }
    }

    /// Writes it to `folder/ID`, which must not exist; answers that path.
    @discardableResult
    package func write(into folder: String) throws(Failure) -> String {
        let path = folder + "/" + id
        guard access(path, F_OK) != 0 else { throw .exists(path: path) }
        do throws(SystemFile.Failure) {
            for file in files {
                let target = path + "/" + file.path
                let parent = target.lastIndex(of: "/").map { String(target[..<$0]) } ?? path
                try SystemFile.makeFolder(parent)
                try SystemFile.replace(target, with: Array(file.text.utf8), mode: file.isExecutable ? 0o755 : 0o644)
            }
        } catch {
            FolderTree.remove(path)
            throw .system(path: error.path, errno: error.errno)
        }
        return path
    }

    private var argv: JSON {
        switch language {
        case .swift: [JSON("./\(id)")]
        case .python: ["python3", "plugin.py"]
        case .sh: ["./plugin.sh"]
        }
    }

    private var manifest: JSON {
        [
            "manifest": 1, "id": JSON(id), "version": "0.1.0", "summary": "Says hello", "protocols": [1],
            "run": ["argv": argv],
            "contributes": [
                "commands": [
                    [
                        "name": JSON(id), "summary": "Says hello, and how many webhooks are selected",
                        "usage": JSON("\(id) [NAME]"), "examples": [JSON(id), JSON("\(id) world")],
                    ]
                ]
            ],
            "permissions": [:],
        ]
    }

    private var readme: String {
        let build =
            language == .swift
            ? """
            Package.swift points at ../hookline, a clone of hookline's project beside this folder. Build beside it, too,
            so that the folder stays small, and put the program in:

                swift build -c release --scratch-path ../\(id).build
                cp ../\(id).build/release/\(id) .


            """ : ""
        return """
            # \(id)

            Says hello. Change the program, name in plugin.json what it contributes and what it needs, and try it:

            \(build)    hookline plugin test .
                hookline plugin install . && hookline plugin enable \(id)
                hookline \(id) world

            """
    }
}

extension String {
    /// The text with every occurrence of another replaced.
    fileprivate func replacing(_ old: String, with new: String) -> String {
        split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
}
