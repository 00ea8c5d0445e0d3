import Foundation

/// `tclsh` over the same lines: Tcl procedures of the commands' names change dictionaries.
struct Tclsh {
    struct Failed: Error { let detail: String }

    /// Tcl's own `set` keeps its name outside of the namespace that the lines are run in.
    private static let procedures = """
        namespace eval edits {
            variable current {}
            variable documents
            array set documents {}
            proc use {id} {
                variable current
                variable documents
                ::set current $id
                if {![info exists documents($id)]} {::set documents($id) {events {}}}
                return
            }
            proc set {field value} {
                variable current
                variable documents
                dict set documents($current) $field $value
                return
            }
            proc add-event {event} {
                variable current
                variable documents
                dict lappend documents($current) events $event
                return
            }
        }
        set file [open [lindex $argv 0]]
        set lines [read $file]
        namespace eval edits $lines
        if {[llength $argv] == 1} {exit}
        set events 0
        set letters 0
        foreach {id document} [array get edits::documents] {
            incr events [llength [dict get $document events]]
            if {[dict exists $document description]} {incr letters [string length [dict get $document description]]}
        }
        puts "[array size edits::documents] $events $letters"
        """

    let version: String
    private let folder: URL

    /// nil where there is no tclsh.
    init?() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("script-bench-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let question = folder.appendingPathComponent("version.tcl")
        try Data("puts [info patchlevel]".utf8).write(to: question)
        guard let answer = try? Self.output([question.path]) else { return nil }
        version = answer.trimmingCharacters(in: .whitespacesAndNewlines)
        try Data(Self.procedures.utf8).write(to: folder.appendingPathComponent("run.tcl"))
    }

    func removeFiles() { try? FileManager.default.removeItem(at: folder) }

    /// A file with these lines, for both.
    func file(_ name: String, _ lines: String) throws -> String {
        let file = folder.appendingPathComponent(name)
        try Data(lines.utf8).write(to: file)
        return file.path
    }

    /// Runs the lines of a file.
    func run(_ file: String) throws { _ = try Self.output([program, file]) }

    /// What the lines of a file leave.
    func census(_ file: String) throws -> Census {
        let text = try Self.output([program, file, "census"])
        guard let census = Census(text) else { throw Failed(detail: text) }
        return census
    }

    private var program: String { folder.appendingPathComponent("run.tcl").path }

    private static func output(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["tclsh"] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(detail: text) }
        return text
    }
}
