import PluginHost
import PluginProtocol
import Testing

@testable import Shell

@Suite("What is said of a plugin's faults")
struct PluginFaultTests {
    @Test(
        "a manifest's fault names its place and its rule",
        arguments: [
            ("{", "line 1, column 2: this is no JSON"), (#"{"id": "a", "id": "b"}"#, "“id” is there twice"),
            ("[]", "has to be an object, and is a list"), (#"{"manifest": 9}"#, "it has form 9 of a manifest"),
            (#"{"manifest": 1}"#, "id is missing: it has to be text"),
            (#"{"manifest": 1, "id": "A\u001b"}"#, #"id: “A\u{1B}” is no name"#),
            (#"{"manifest": 1, "id": "a", "version": ""}"#, "version has to be one line of 1 to 64 bytes"),
            (
                #"{"manifest": 1, "id": "a", "version": "1", "summary": "s", "protocols": [1], "#
                    + #""run": {"argv": ["./a"]}, "timeouts": {"\u001b": 1}}"#,
                #"nothing there is called “\u{1B}”"#
            ),
            (
                #"{"manifest": 1, "id": "a", "version": "1", "summary": "s", "protocols": [1], "#
                    + #""run": {"argv": ["./a"]}, "concurrency": 99}"#, "concurrency has to be from 1 to 16"
            ),
        ])
    func manifest(_ text: String, _ message: String) {
        #expect(throws: ManifestFault.self) { try Manifest(parsing: Array(text.utf8)) }
        guard let fault = fault(text) else { return }
        let said = PluginFaultSentences.text(.manifest(fault))
        #expect(said.hasPrefix("plugin.json: ") && said.contains(message), "\(said)")
    }

    private func fault(_ text: String) -> ManifestFault? {
        do throws(ManifestFault) { _ = try Manifest(parsing: Array(text.utf8)) } catch { return error }
        return nil
    }

    @Test("why a plugin was stopped is a sentence, whatever the plugin wrote")
    func stopped() {
        let hostile = StopReason.invalidMessage(.duplicateMember("\u{1B}[2J"))
        #expect(PluginFaultSentences.text(hostile) == #"it wrote what is no message: “\u{1B}[2J” is there twice"#)
        #expect(PluginFaultSentences.text(.lineTooLong(limit: 5)) == "it wrote a line of more than 5 bytes")
    }

    @Test("what became of it is told in words")
    func notes() {
        #expect(PluginNoteSentences.text(.started(version: "1\u{1B}")) == #"started, version 1\u{1B}"#)
        #expect(
            PluginNoteSentences.text(.crashed(.signal(9), retrying: true))
                == "crashed: ended by signal 9; it is started once more")
        #expect(
            PluginNoteSentences.text(.handshakeFailed(.version(3, offered: [1, 2])))
                == "no understanding with it: it chose version 3 of the protocol, of 1, 2")
    }

    @Test("what keeps a folder from being pinned names the file")
    func folder() {
        #expect(PluginFaultSentences.text(.writableByAll(path: "run.sh")) == "run.sh may be written by anybody")
        #expect(PluginFaultSentences.text(TreeFailure.unreadable(path: "a", errno: 13)) == "a: Permission denied")
    }
}
