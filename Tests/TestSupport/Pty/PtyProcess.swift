import CPlatform
import Glibc

/// A program on a pseudo-terminal of its own: keys go in, and what it writes is drawn on a ``TerminalScreen``.
package final class PtyProcess {
    /// A wait that came to its deadline: what was waited for, and the screen then.
    package struct Timeout: Error, CustomStringConvertible {
        package var awaited: String
        package var screen: String
        package var description: String { "not seen: \(awaited)\n\(screen)" }
    }

    /// A system call failed.
    package struct SystemError: Error {
        package var call: String
        package var errno: Int32

        package init(call: String, errno: Int32) {
            self.call = call
            self.errno = errno
        }
    }

    /// How a program ended.
    package enum Ending: Hashable, Sendable {
        case exited(Int32)
        case killed(signal: Int32)
    }

    package private(set) var screen: TerminalScreen
    /// Everything that was written, as it came.
    package private(set) var output: [UInt8] = []
    package let process: pid_t

    private let master: Int32
    private var ending: Ending?
    private var isAtEnd = false

    /// Starts `path` with arguments (without the program's name) and exactly this environment. The program is killed
    /// when the object goes.
    package init(
        _ path: String, _ arguments: [String] = [], environment: [String: String], columns: Int = 80, rows: Int = 24,
        directory: String? = nil
    ) throws {
        screen = TerminalScreen(columns: columns, rows: rows)
        var master: Int32 = -1
        var process: pid_t = 0
        let failure = StartedProgram.withVectors([path] + arguments, environment) { words, variables in
            platform_spawn_on_pty(
                path, words, variables, directory, UInt16(rows), UInt16(columns), &master, &process)
        }
        guard failure == 0 else { throw SystemError(call: "spawn", errno: failure) }
        self.master = master
        self.process = process
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
    }

    deinit {
        if ending == nil {
            kill(process, SIGKILL)
            var status: Int32 = 0
            waitpid(process, &status, 0)
        }
        close(master)
    }

    /// The environment of a usual terminal.
    package static func environment(
        _ changes: [String: String?] = [:], type: String? = "xterm-256color", language: String? = "C.UTF-8"
    ) -> [String: String] {
        var result = ["PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no"]
        result["TERM"] = type
        result["LANG"] = language
        for (name, value) in changes { result[name] = value }
        return result
    }
}

// MARK: - Keys and signals

extension PtyProcess {
    /// Types text, or keys: see ``Key``.
    package func type(_ text: String) async throws {
        try await type(Array(text.utf8))
    }

    /// Types bytes; reads what is written meanwhile, so that neither side waits for the other.
    package func type(_ bytes: [UInt8]) async throws {
        var rest = bytes[...]
        let deadline = ContinuousClock.now + .seconds(180)
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(master, $0.baseAddress, min($0.count, 4096)) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count < 0, errno != EAGAIN, errno != EINTR {
                throw SystemError(call: "write", errno: errno)
            }
            try await readSome(milliseconds: count > 0 ? 0 : 1)
            if ContinuousClock.now > deadline { throw Timeout(awaited: "keys taken", screen: screen.description) }
        }
    }

    /// Pastes as a terminal with bracketed paste does: marked, and newlines as CR.
    package func paste(_ text: String) async throws {
        let body = text.replacing("\n", with: "\r")
        try await type("\u{1B}[200~\(body)\u{1B}[201~")
    }

    package func send(signal: Int32) {
        kill(process, signal)
    }

    /// Gives the window a new size.
    package func resize(columns: Int, rows: Int) throws {
        screen.resize(columns: columns, rows: rows)
        let failure = platform_set_window_size(master, UInt16(rows), UInt16(columns))
        guard failure == 0 else { throw SystemError(call: "ioctl", errno: failure) }
    }

    /// The terminal's modes now.
    package var modes: TerminalModes? {
        var modes = termios()
        guard tcgetattr(master, &modes) == 0 else { return nil }
        return TerminalModes(
            echoes: modes.c_lflag & tcflag_t(ECHO) != 0, isCanonical: modes.c_lflag & tcflag_t(ICANON) != 0,
            sendsSignals: modes.c_lflag & tcflag_t(ISIG) != 0)
    }
}

/// The modes of a terminal that an editor changes.
package struct TerminalModes: Hashable, Sendable {
    package var echoes: Bool
    package var isCanonical: Bool
    package var sendsSignals: Bool

    /// What a program expects.
    package static let usual = TerminalModes(echoes: true, isCanonical: true, sendsSignals: true)
    /// What an editor that reads every key sets.
    package static let keys = TerminalModes(echoes: false, isCanonical: false, sendsSignals: false)
}

/// What a terminal sends for keys without a character.
package enum Key {
    package static let up = "\u{1B}[A"
    package static let down = "\u{1B}[B"
    package static let right = "\u{1B}[C"
    package static let left = "\u{1B}[D"
    package static let home = "\u{1B}[H"
    package static let end = "\u{1B}[F"
    package static let delete = "\u{1B}[3~"
    package static let controlRight = "\u{1B}[1;5C"
    package static let controlLeft = "\u{1B}[1;5D"
    package static let altRight = "\u{1B}[1;3C"
    package static let altLeft = "\u{1B}[1;3D"
    package static let backspace = "\u{7F}"
    package static let tab = "\t"
    package static let enter = "\r"
    package static let escape = "\u{1B}"

    /// `alt(".")` is Alt-.
    package static func alt(_ key: String) -> String { escape + key }

    /// `control("c")` is Ctrl-C.
    package static func control(_ letter: Unicode.Scalar) -> String {
        String(Unicode.Scalar(UInt8(letter.value & 0x1F)))
    }
}

// MARK: - Waiting

extension PtyProcess {
    /// Reads until the screen is as awaited. Fails at the deadline, or when the program ends without it.
    package func wait(
        for awaited: String, seconds: Int = 180, _ condition: (TerminalScreen) -> Bool
    ) async throws {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while !condition(screen) {
            if isAtEnd || ContinuousClock.now > deadline { throw Timeout(awaited: awaited, screen: screen.description) }
            try await readSome()
        }
    }

    /// Reads until a row of the screen is `text`, blanks at its end apart.
    package func wait(forRow text: String) async throws {
        try await wait(for: text) { $0.rows.contains(text) }
    }

    /// Reads until the row with the cursor is `text`, and the cursor at `column` if that is given.
    package func wait(forLine text: String, column: Int? = nil) async throws {
        try await wait(for: text + (column.map { " @\($0)" } ?? "")) {
            $0.rows[$0.cursor.row] == text && (column == nil || column == $0.cursor.column)
        }
    }

    /// Reads until the row with the cursor is `text`, a right prompt behind it apart: at least two blanks divide them.
    package func wait(forInput text: String) async throws {
        try await wait(for: text) { screen in
            let row = screen.rows[screen.cursor.row]
            return row == text || row.hasPrefix(text + "  ")
        }
    }

    /// Reads until the terminal's modes are as awaited.
    package func wait(forModes awaited: TerminalModes) async throws {
        try await wait(for: "\(awaited)") { _ in modes == awaited }
    }

    /// Reads until the program has ended.
    package func waitForEnd(seconds: Int = 180) async throws -> Ending {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            if let ending { return ending }
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process {
                while !isAtEnd, try await readSome() {}
                let signal = status & 0x7F
                ending = signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: signal)
            } else if ContinuousClock.now > deadline {
                throw Timeout(awaited: "end of the program", screen: screen.description)
            } else {
                try await readSome()
            }
        }
    }

    /// Takes what is there, or waits a moment for it; false if nothing came.
    @discardableResult
    private func readSome(milliseconds: Int32 = 10) async throws -> Bool {
        await Task.yield()
        var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, isAtEnd ? 1 : milliseconds) > 0 else { return false }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        let count = read(master, &bytes, bytes.count)
        if count > 0 {
            output += bytes[..<count]
            screen.feed(bytes[..<count])
            return true
        }
        // EIO: every descriptor of the terminal's other side is closed.
        if count == 0 || (errno != EAGAIN && errno != EINTR) { isAtEnd = true }
        return false
    }
}
