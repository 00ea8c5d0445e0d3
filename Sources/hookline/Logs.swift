import Logging

/// Log lines on standard error, only when asked for.
enum Logs {
    static func logger(_ label: String, isVerbose: Bool) -> Logger {
        guard isVerbose else { return Logger(label: label) { _ in SwiftLogNoOpLogHandler() } }
        var logger = Logger(label: label) { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .debug
        return logger
    }
}
