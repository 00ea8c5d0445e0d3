/// An API key that a sandbox accepts. It prints as `[redacted]`, whichever way it is printed.
package struct SandboxKey: Hashable, Sendable {
    /// The key itself, for an `Authorization` header.
    package let secret: String

    /// The key in force where none is configured. No secret: it opens a sandbox on loopback or a private socket.
    package static let standard = SandboxKey(unchecked: "sk_sandbox")

    /// Takes 1…512 visible ASCII characters, which is what an `Authorization` header can carry.
    package init?(_ secret: String) {
        guard (1...512).contains(secret.utf8.count) else { return nil }
        guard secret.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        self.secret = secret
    }

    private init(unchecked secret: String) {
        self.secret = secret
    }
}

extension SandboxKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "[redacted]" }
    package var debugDescription: String { "[redacted]" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
