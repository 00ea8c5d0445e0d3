/// Text as libedit takes it: UTF-32 with a NUL behind it, in memory that stays.
final class WideText {
    /// Valid as long as the object is: keep that somewhere, or use `with`.
    private(set) var pointer: UnsafeMutablePointer<UInt32>

    init(_ scalars: some Collection<Unicode.Scalar>) {
        pointer = Self.copy(scalars)
    }

    convenience init(_ text: String) {
        self.init(text.unicodeScalars)
    }

    deinit {
        pointer.deallocate()
    }

    /// Calls with a text that is needed for the time of the call only.
    static func with<Result>(_ text: String, _ body: (UnsafePointer<UInt32>) -> Result) -> Result {
        let wide = WideText(text)
        return withExtendedLifetime(wide) { body(wide.pointer) }
    }

    func replace(with scalars: some Collection<Unicode.Scalar>) {
        pointer.deallocate()
        pointer = Self.copy(scalars)
    }

    private static func copy(_ scalars: some Collection<Unicode.Scalar>) -> UnsafeMutablePointer<UInt32> {
        let pointer = UnsafeMutablePointer<UInt32>.allocate(capacity: scalars.count + 1)
        var end = pointer
        // A NUL within would cut the text off for libedit.
        for scalar in scalars where scalar.value != 0 {
            end.initialize(to: scalar.value)
            end += 1
        }
        end.initialize(to: 0)
        return pointer
    }
}

extension String {
    /// The text of libedit's scalars; what is none (it never should be) becomes U+FFFD.
    init(wide scalars: UnsafeBufferPointer<UInt32>) {
        var view = UnicodeScalarView()
        for value in scalars { view.append(Unicode.Scalar(value) ?? "\u{FFFD}") }
        self.init(view)
    }
}
