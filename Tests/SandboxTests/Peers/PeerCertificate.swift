import NIOSSL

/// A certificate for `localhost`, `peer.test` and 127.0.0.1 that signed itself, and its key. They are of no use anywhere
/// but here.
enum PeerCertificate {
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBpzCCAUygAwIBAgIUZV+hTQKb36/m9YI0ru331aPtYOswCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJVGVzdCBwZWVyMCAXDTI2MTEyMjAyNTY1M1oYDzIxMjYxMDI5
        MDI1NjUzWjAUMRIwEAYDVQQDDAlUZXN0IHBlZXIwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAASCeUvi03oLrsWIwQHWOR3LRCA23Go+nr1S3QBGXCjjaEbkVC4C5dx1
        2LurFACs8aWMud4vUzLi87PBCiBDBClpo3oweDAdBgNVHQ4EFgQU80yw67ivSco5
        B4Nyq35KJdwyIgQwHwYDVR0jBBgwFoAU80yw67ivSco5B4Nyq35KJdwyIgQwJQYD
        VR0RBB4wHIIJbG9jYWxob3N0gglwZWVyLnRlc3SHBH8AAAEwDwYDVR0TAQH/BAUw
        AwEB/zAKBggqhkjOPQQDAgNJADBGAiEA6dm0pSPno8WniS4Ut4RXfpl2n5lhWF+H
        dFIyS8LsntoCIQCohhG68P1znR0avveDAEYbu3VKqTK99jPzUK+G0bZx7g==
        -----END CERTIFICATE-----
        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgGZmOGusYTXJAE0hP
        PpBJk/o8SQyOHNXEKPvaEY437CmhRANCAASCeUvi03oLrsWIwQHWOR3LRCA23Go+
        nr1S3QBGXCjjaEbkVC4C5dx12LurFACs8aWMud4vUzLi87PBCiBDBClp
        -----END PRIVATE KEY-----
        """

    /// What a server needs to show it.
    static func serverContext() throws -> NIOSSLContext {
        let certificates = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8))
        let configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)))
        return try NIOSSLContext(configuration: configuration)
    }
}
