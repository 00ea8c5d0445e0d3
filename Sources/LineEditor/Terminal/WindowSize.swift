import Glibc

/// A window's size in character cells.
package struct WindowSize: Hashable, Sendable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }

    /// Asks the terminal behind a descriptor; nil if there is none or it does not know (a serial line says 0 × 0).
    package init?(of descriptor: Int32) {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
        self.init(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }
}

func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }
