/// The statuses that `exit` may end a script with: 0 to 125, and 130 for an interrupt.
///
/// POSIX shells keep 126 and 127 for a program that cannot be run, and 128 on for one that a signal ended.
package enum ScriptStatus {
    package static func isAllowed(_ status: Int) -> Bool { (0...125).contains(status) || status == 130 }
}
