import Glibc

/// The budget that the processes of one user and key share, in a file that is locked while one of them looks and spends.
///
/// The file is the user's own (0600) and of 80 bytes: see `RateBudget.words`. A lock is held for some microseconds; one
/// that cannot be had within some milliseconds (its holder was stopped) is done without, and so is a file that cannot be
/// opened.
package struct BudgetFile: BudgetStore {
    private let path: String

    package init(path: String) {
        self.path = path
    }

    package func exchange<Value>(_ body: (inout RateBudget?) -> Value) -> Value {
        // O_NONBLOCK: a pipe in the file's place must not make us wait for a reader.
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        defer { if file >= 0 { close(file) } }
        var budget: RateBudget?
        guard file >= 0, isOwn(file), lock(file) else { return body(&budget) }
        budget = read(file)
        let before = budget
        let value = body(&budget)
        if let budget, budget != before { write(budget, file) }
        return value
    }

    private func isOwn(_ file: Int32) -> Bool {
        var status = stat()
        return fstat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_uid == geteuid()
    }

    /// Closing the file gives the lock back.
    private func lock(_ file: Int32) -> Bool {
        for _ in 0..<Self.patience {
            if flock(file, LOCK_EX | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK || errno == EINTR else { return false }
            usleep(Self.pause)
        }
        return false
    }

    /// Two milliseconds in all.
    private static let patience = 40
    private static let pause: UInt32 = 50

    private func read(_ file: Int32) -> RateBudget? {
        var words = [UInt64](repeating: 0, count: RateBudget.wordCount + 1)
        let count = words.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
        guard count == RateBudget.wordCount * 8 else { return nil }
        return RateBudget(words: words)
    }

    private func write(_ budget: RateBudget, _ file: Int32) {
        let words = budget.words
        _ = words.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
    }
}

extension RateBudget {
    /// A mark, then for each bucket capacity, rate, level and moment, then the end of a pause; nanoseconds, and 0 for
    /// what there is none of. In the machine's byte order: the file is of one machine.
    var words: [UInt64] {
        let end = pausedUntil.map { UInt64(clamping: $0.nanoseconds) } ?? 0
        return [Self.mark] + Self.words(steady) + Self.words(peak) + [end]
    }

    static let wordCount = 10
    /// "hkbudge1" as bytes.
    private static let mark: UInt64 = 0x3165_6764_7562_6B68

    /// Nil for anything that is no budget.
    init?(words: [UInt64]) {
        guard words.count >= Self.wordCount, words[0] == Self.mark else { return nil }
        let end = Int64(clamping: words[9])
        self.init(
            steady: Self.bucket(words[1..<5]), peak: Self.bucket(words[5..<9]),
            pausedUntil: end > 0 ? .nanoseconds(end) : nil)
    }

    private static func words(_ bucket: TokenBucket?) -> [UInt64] {
        guard let bucket else { return [0, 0, 0, 0] }
        return [bucket.capacity, bucket.rate, bucket.level].map(\.bitPattern)
            + [UInt64(clamping: bucket.updated.nanoseconds)]
    }

    /// One request a day: a bucket that fills more slowly is no bucket of an API.
    private static let slowest = 1.0 / 86_400

    private static func bucket(_ words: ArraySlice<UInt64>) -> TokenBucket? {
        let numbers = words.prefix(3).map { Double(bitPattern: $0) }
        guard numbers[0] >= 1, numbers[1] >= slowest, numbers.allSatisfy({ $0.isFinite && $0 >= 0 }),
            let moment = words.last
        else { return nil }
        return TokenBucket(
            capacity: numbers[0], rate: numbers[1], level: numbers[2], updated: .nanoseconds(Int64(clamping: moment)))
    }
}
