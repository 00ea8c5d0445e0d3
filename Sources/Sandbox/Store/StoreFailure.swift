import GRDB

/// A read or write that the database did not perform.
struct StoreFailure: Error, Sendable {
    /// For the log: the database's own words, which quote no document.
    let reason: String
    let problem: APIProblem

    init(_ error: any Error) {
        if let error = error as? DatabaseError {
            reason = "\(error.extendedResultCode): \(error.message ?? "")"
            problem = error.resultCode == .SQLITE_BUSY ? .busy : .internalError
        } else {
            reason = "\(type(of: error))"
            problem = .internalError
        }
    }
}
