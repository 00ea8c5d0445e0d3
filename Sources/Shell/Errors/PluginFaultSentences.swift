import LosslessJSON
import PluginHost
import PluginProtocol

/// What people read about a plugin's folder, its manifest and its messages: the part of a sentence behind a colon.
enum PluginFaultSentences {
    static func text(_ fault: PluginFolderFault) -> String {
        switch fault {
        case .unreadable(let path, let number): "\(shown(path)): \(SystemText.error(number))"
        case .manifest(let fault): "plugin.json: \(text(fault))"
        case .wrongName(let id, let folder): "its id is \(shown(id)), and its folder \(shown(folder))"
        case .shadowed(let path): "hidden by \(shown(path))"
        }
    }

    static func text(_ fault: ManifestFault) -> String {
        switch fault {
        case .syntax(let error): text(error)
        case .tooLarge(let limit): "it is longer than \(limit) bytes"
        case .shape(let error): text(error)
        case .unsupportedManifest(let form, let supported):
            "it has form \(form) of a manifest, and this version reads \(supported)"
        case .noCommonVersion(let offered, let supported):
            "it speaks version \(list(offered)) of the protocol, and this version of hookline \(list(supported))"
        case .invalidName(let name, let path):
            "\(place(path)): “\(shown(name))” is no name: lower-case letters, digits and single dashes, a letter first"
        case .repeatedName(let name, let path): "\(place(path)): “\(shown(name))” is there twice"
        case .invalidText(let path, let limit): "\(place(path)) has to be one line of 1 to \(limit) bytes"
        case .tooMany(let path, let limit): "\(place(path)) has more than \(limit) elements"
        case .unknownWord(let word, let path): "\(place(path)): nothing there is called “\(shown(word))”"
        case .invalidGlob(let pattern, let path): "\(place(path)): “\(shown(pattern))” is no pattern of paths"
        case .outsideFolder(let file, let path): "\(place(path)): “\(shown(file))” leads out of the plugin's folder"
        case .noProgram: "it has to have either run, or \"kind\": \"script\" with script"
        case .notForScripts(let path): "\(place(path)): a script contributes commands alone"
        case .outOfRange(let path, let range):
            "\(place(path)) has to be from \(figure(range.lowerBound)) to \(figure(range.upperBound))"
        case .notGrantable(let name, let path): "\(place(path)): no plugin may be given the variable \(shown(name))"
        }
    }

    static func text(_ failure: TreeFailure) -> String {
        switch failure {
        case .unreadable(let path, let number): "\(shown(path)): \(SystemText.error(number))"
        case .linkOutside(let path): "\(shown(path)) is a link that leads out of the folder"
        case .specialFile(let path): "\(shown(path)) is neither a file, nor a folder, nor a link"
        case .writableByAll(let path): "\(shown(path)) may be written by anybody"
        case .invalidName(let path): "the name of \(shown(path)) is no plain text"
        case .tooManyEntries(let limit): "it holds more than \(limit) files"
        case .tooDeep(let limit): "its folders are more than \(limit) deep"
        case .tooLarge(let limit): "its files have more than \(limit) bytes in all"
        }
    }

    /// Why the host stopped a plugin.
    static func text(_ reason: StopReason) -> String {
        switch reason {
        case .noise(let limit): "it wrote more than \(limit) bytes that are no messages"
        case .invalidMessage(let fault): "it wrote what is no message: \(text(fault))"
        case .unknownID: "it answered what it was not asked"
        case .lineTooLong(let limit): "it wrote a line of more than \(limit) bytes"
        case .hang: "it answered neither in time nor when it was told to leave it"
        case .tooManyRequests(let limit): "it asked for more than \(limit) things at once"
        case .idle: "it had nothing to do"
        case .asked: "it was asked to end"
        }
    }

    static func text(_ error: ShapeError) -> String {
        let expected =
            switch error.expected {
            case .object: "an object"
            case .list: "a list"
            case .text: "text"
            case .boolean: "true or false"
            case .number: "a number"
            case .count: "a whole number from 0"
            }
        guard let found = error.found else { return "\(place(error.path)) is missing: it has to be \(expected)" }
        return "\(place(error.path)) has to be \(expected), and is \(DeclaredSentences.name(of: found))"
    }

    private static func text(_ error: JSONSyntaxError) -> String {
        let place = "line \(error.line), column \(error.column)"
        if case .duplicateName(let name) = error.reason { return "\(place): “\(shown(name))” is there twice" }
        return "\(place): this is no JSON"
    }

    private static func text(_ fault: MessageFault) -> String {
        switch fault {
        case .invalidUTF8: "bytes that are no UTF-8"
        case .duplicateMember(let name): "“\(shown(name))” is there twice"
        case .tooDeep(let limit): "it is nested more than \(limit) deep"
        case .batch: "several messages as one array"
        case .notAnObject(let kind): "it is \(DeclaredSentences.name(of: kind))"
        case .wrongVersion: "its jsonrpc is not \"2.0\""
        case .invalidID: "its id is neither a whole number nor text"
        case .invalidMethod: "its method is no text"
        case .invalidParams: "its params are neither an object nor an array"
        case .shapeless: "it has neither a method nor one of result and error"
        case .invalidError: "its error has no code and message"
        }
    }

    /// A member's name may be anything that the plugin wrote.
    private static func place(_ path: JSONPath) -> String { shown(path.description) }

    private static func list(_ versions: [Int]) -> String { versions.map(String.init).joined(separator: ", ") }

    /// Without a fraction that says nothing.
    private static func figure(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }

    private static func shown(_ text: String) -> String { Printable.escaped(text) }
}
