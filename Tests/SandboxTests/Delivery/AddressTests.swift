import Testing

@testable import Sandbox

@Suite("Addresses of the Internet at large")
struct AddressTests {
    @Test(
        "what is special is not public",
        arguments: [
            "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "169.254.169.254", "172.16.0.1",
            "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "203.0.113.9",
            "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
            "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "2001::1", "3fff::1", "5f00::1",
        ])
    func special(text: String) throws {
        #expect(try !#require(IPAddress(text)).isPublic)
    }

    @Test(
        "what is none of that is",
        arguments: [
            "1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
            "192.167.0.1", "198.17.0.1", "198.20.0.1", "223.255.255.255", "2606:4700::1111", "2a00::1",
            "::ffff:8.8.8.8",
            "2002:808:808::1", "2001:4860:4860::8888",
        ])
    func general(text: String) throws {
        #expect(try #require(IPAddress(text)).isPublic)
    }

    @Test("only whole addresses are read, and they are written as they are read")
    func reading() {
        for text in ["", "127.1", "1.2.3", "1.2.3.4.5", "0x7f.0.0.1", "::1%eth0", "localhost", "1.2.3.256"] {
            #expect(IPAddress(text) == nil)
        }
        for text in ["192.0.2.7", "2001:db8::1", "::ffff:1.2.3.4"] { #expect(IPAddress(text)?.description == text) }
        #expect(IPAddress(bytes: [1, 2, 3]) == nil)
    }
}
