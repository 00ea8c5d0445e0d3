import LineEditor
import LosslessJSON
import Session
import Testing
import WebhookModel

@testable import Shell

@Suite("The prompt's template")
struct PromptTemplateTests {
    private func state(_ change: (inout SessionState) throws -> Void = { _ in }) rethrows -> SessionState {
        var state = SessionState()
        state.refresh([Webhook(document: ShellFixture.example)], at: Timestamp(seconds: 0))
        try change(&state)
        return state
    }

    private static let key = WebhookKey("wh_abc123def4")!

    @Test("the standard one says where one is, what is chosen, what is staged, and what failed")
    func standard() throws {
        var text = PromptText(profile: .sandboxForTests)
        #expect(text.prompt.text == "sandbox> ")
        #expect(text.rightPrompt.text == "")
        text.state = try state { try $0.use(Self.key) }
        text.lastExit = .declined
        text.recording = "rec"
        #expect(text.prompt.text == "sandbox wh_abc123def4 rec [7]> ")
        #expect(text.rightPrompt.text == "Engineering Slack Alerts")
        text.state = try state { try $0.select([Self.key]) }
        text.lastExit = .done
        text.recording = nil
        #expect(text.prompt.text == "sandbox 1 selected> ")
        #expect(text.rightPrompt.text == "")
        text.state = try state { try $0.select([]) }
        #expect(text.prompt.text == "sandbox 0 selected> ")
    }

    @Test("a production profile and its host stand out")
    func production() {
        var profile = Profile(name: "live", base: "https://api.mixpeek.com", key: .none)
        #expect(PromptText(profile: profile).prompt.text == "live@api.mixpeek.com> ")
        #expect(PromptText(profile: profile).prompt.parts[0].style.foreground == nil)
        profile.isProduction = true
        let parts = PromptText(profile: profile).prompt.parts
        #expect(parts[0].style == TextStyle(.red, bold: true))
        #expect(parts[1].style == TextStyle(.red))
    }

    @Test("fields bring what stands beside them, or nothing; braces are doubled; {right} begins the other side")
    func pieces() throws {
        let template = try PromptTemplate("{{{profile}}} {(staged!)}$ {right}<{host}>")
        var text = PromptText(profile: .sandboxForTests, template: template)
        #expect(text.prompt.text == "{sandbox} $ ")
        #expect(text.rightPrompt.text == "<>")
        text.profile = Profile(name: "p", base: "https://h.example/x", key: .none)
        #expect(text.rightPrompt.text == "<h.example>")
    }

    @Test("what is wrong with one is said")
    func failures() {
        func failure(_ text: String) -> PromptTemplate.Failure? {
            do throws(PromptTemplate.Failure) {
                _ = try PromptTemplate(text)
                return nil
            } catch { return error }
        }
        #expect(failure("{profil}> ") == .unknownField("profil", nearest: "profile"))
        #expect(failure("{}> ") == .unknownField("", nearest: nil))
        #expect(failure("a {profile") == .unbalanced(offset: 2))
        #expect(failure("a }") == .unbalanced(offset: 2))
        #expect(failure("{a{profile}") == .unbalanced(offset: 0))
        #expect(failure("{right}{right}") == .twoRights)
        #expect(failure(String(repeating: "x", count: 501)) == .tooLong(limit: 500))
        #expect(failure("") == nil)
    }

    @Test("control characters of a name do not reach the terminal")
    func hostile() throws {
        let document: JSON = ["webhook_id": "wh_abc123def4", "webhook_name": "a\u{1B}[31mb\u{202E}"]
        var state = SessionState()
        state.refresh([Webhook(document: document)], at: Timestamp(seconds: 0))
        try state.use(Self.key)
        #expect(PromptText(profile: .sandboxForTests, state: state).rightPrompt.text == #"a\u{1B}[31mb\u{202E}"#)
    }
}

extension Profile {
    fileprivate static let sandboxForTests = Profile(name: "sandbox", base: "", key: .sandbox)
}
