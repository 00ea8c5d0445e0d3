import LineEditor
import Testing

@Suite("Colour")
struct ColourChoiceTests {
    private func auto(_ environment: [String: String], onTerminal: Bool = true, type: String? = "xterm") -> Bool {
        ColourChoice.auto.allowsColour(onTerminal: onTerminal, type: type, environment: environment)
    }

    @Test("follows the flag, then NO_COLOR, then CLICOLOR_FORCE, then the terminal")
    func order() {
        #expect(auto([:]))
        #expect(!auto([:], onTerminal: false))
        #expect(!auto([:], type: "dumb"))
        #expect(!auto([:], type: nil))
        #expect(!auto(["NO_COLOR": "1", "CLICOLOR_FORCE": "1"]))
        #expect(auto(["NO_COLOR": ""]))
        #expect(auto(["CLICOLOR_FORCE": "1"], onTerminal: false))
        #expect(!auto(["CLICOLOR_FORCE": "0"], onTerminal: false))
        #expect(ColourChoice.always.allowsColour(onTerminal: false, type: nil, environment: ["NO_COLOR": "1"]))
        #expect(!ColourChoice.never.allowsColour(onTerminal: true, type: "xterm", environment: ["CLICOLOR_FORCE": "1"]))
    }
}

@Suite("Lines from a list")
struct ScriptedLinesTests {
    private struct Backslash: Validator {
        func validate(_ text: String) -> Validation { text.hasSuffix("\\") ? .incomplete : .complete }
    }

    @Test("are joined while the validator wants more, and end")
    func lines() async throws {
        let source = ScriptedLines([.line("a\\"), .line("b"), .interrupted])
        let history = InMemoryHistory()
        let request = LineRequest(prompt: "1> ", continuationPrompt: "2> ", validator: Backslash(), history: history)
        #expect(try await source.readLine(request) == .line("a\\\nb"))
        #expect(try await source.readLine(request) == .interrupted)
        #expect(try await source.readLine(request) == .endOfInput)
        #expect(source.prompts == ["1> ", "2> ", "1> ", "1> "])
        #expect(history.entries == ["a\\\nb"])
    }
}
