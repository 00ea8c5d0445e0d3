import NIOSSL

/// A certificate that signs itself, for `localhost` only, and its key: worth nothing outside these tests.
enum TLSFixture {
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBxDCCAWqgAwIBAgIUDFpFBNgN+VgBK4EeHa4pklahwH8wCgYIKoZIzj0EAwIw
        GDEWMBQGA1UEAwwNaG9va2xpbmUgdGVzdDAgFw0yNjExMjEyMDIwMjdaGA8yMTI2
        MTAyODIwMjAyN1owGDEWMBQGA1UEAwwNaG9va2xpbmUgdGVzdDBZMBMGByqGSM49
        AgEGCCqGSM49AwEHA0IABNlR0YefVx8kebOU5TZW2FtNEsnsd7VNDhsNZC2K55kB
        LAhbv/Fr6qSBF42s7IMaw1rems80knl4CWKhTRAOwDWjgY8wgYwwHQYDVR0OBBYE
        FJ/odzDSVGBocJzSaj3Ukwl47yJ2MB8GA1UdIwQYMBaAFJ/odzDSVGBocJzSaj3U
        kwl47yJ2MBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAPBgNVHRMBAf8EBTADAQH/MA4G
        A1UdDwEB/wQEAwIChDATBgNVHSUEDDAKBggrBgEFBQcDATAKBggqhkjOPQQDAgNI
        ADBFAiEA26BU8J1g7CX48kIKonZPPvZ0ReLX3AV2DSKk3mleMyQCICpQAs2BWI+n
        GxXRQEhX3kaz1Tp56ifpg/o62w0ovdRt
        -----END CERTIFICATE-----
        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPVixPMnSFY6+jW4A
        VGSQXVnbc+/SqJxw0+iZDSyVOv+hRANCAATZUdGHn1cfJHmzlOU2VthbTRLJ7He1
        TQ4bDWQtiueZASwIW7/xa+qkgReNrOyDGsNa3prPNJJ5eAlioU0QDsA1
        -----END PRIVATE KEY-----
        """

    /// A server's side of TLS with this certificate.
    static func serverContext() throws -> NIOSSLContext {
        let certificates = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key)))
    }
}
