import Glibc
import LineEditor
import Testing

@Suite("Lines from a pipe")
struct PipeTests {
    /// A reader on one end of a pipe, the other end, and no terminal anywhere.
    private final class Setup {
        let reader: LineReader
        private let readEnd: Int32
        private var writeEnd: Int32

        init(limit: Int = 1 << 20) {
            var ends: [Int32] = [-1, -1]
            pipe(&ends)
            (readEnd, writeEnd) = (ends[0], ends[1])
            reader = LineReader(
                terminal: Terminal(input: readEnd, output: -1, error: -1, type: "xterm"),
                settings: LineReader.Settings(programName: "test", maximumLineLength: limit))
        }

        deinit {
            finish()
            close(readEnd)
        }

        func send(_ bytes: [UInt8]) {
            #expect(write(writeEnd, bytes, bytes.count) == bytes.count)
        }

        func send(_ text: String) { send(Array(text.utf8)) }

        func finish() {
            if writeEnd >= 0 { close(writeEnd) }
            writeEnd = -1
        }

        func read(_ validator: (any Validator)? = nil, history: (any HistoryStore)? = nil) async throws -> LineResult {
            try await reader.readLine(LineRequest(prompt: "> ", validator: validator, history: history))
        }
    }

    private struct OpenParenthesis: Validator {
        func validate(_ text: String) -> Validation {
            text.contains("(") && !text.contains(")") ? .incomplete : .complete
        }
    }

    @Test("come one by one, the last also without a newline")
    func lines() async throws {
        let setup = Setup()
        setup.send("one\n\ntwo\r\nthree")
        setup.finish()
        #expect(try await setup.read() == .line("one"))
        #expect(try await setup.read() == .line(""))
        #expect(try await setup.read() == .line("two\r"))
        #expect(try await setup.read() == .line("three"))
        #expect(try await setup.read() == .endOfInput)
        #expect(try await setup.read() == .endOfInput)
        await setup.reader.close()
    }

    @Test("are joined while the validator wants more; one cut off by the end is handed over for its error")
    func continued() async throws {
        let setup = Setup()
        setup.send("a (\nb)\nc (\nd")
        setup.finish()
        #expect(try await setup.read(OpenParenthesis()) == .line("a (\nb)"))
        #expect(try await setup.read(OpenParenthesis()) == .line("c (\nd"))
        #expect(try await setup.read(OpenParenthesis()) == .endOfInput)
        await setup.reader.close()
    }

    @Test("are not kept in the history")
    func history() async throws {
        let setup = Setup()
        let history = InMemoryHistory()
        setup.send("x\n")
        #expect(try await setup.read(history: history) == .line("x"))
        #expect(history.entries == [])
        await setup.reader.close()
    }

    @Test("that are not UTF-8 fail with their place")
    func invalid() async throws {
        let setup = Setup()
        setup.send(Array("ok\naé".utf8) + [0xFF] + Array("b\n".utf8))
        #expect(try await setup.read() == .line("ok"))
        await #expect(throws: LineError.notUTF8(line: 2, offset: 3)) { try await setup.read() }
        await setup.reader.close()
    }

    @Test("that are too long fail, whether they end or not", arguments: ["", "\n"])
    func tooLong(end: String) async throws {
        let setup = Setup(limit: 100)
        setup.send(String(repeating: "x", count: 101) + end)
        await #expect(throws: LineError.tooLong(limit: 100)) { try await setup.read() }
        await setup.reader.close()
    }

    @Test("can be waited for no longer: cancelling the task interrupts the read, and the next one works")
    func cancelled() async throws {
        let setup = Setup()
        let reader = setup.reader
        let task = Task { try await reader.readLine(LineRequest(prompt: "")) }
        task.cancel()
        #expect(try await task.value == .interrupted)
        setup.send("later\n")
        #expect(try await setup.read() == .line("later"))
        await setup.reader.close()
    }

    @Test("end for everybody who waits when the reader is closed, and after")
    func closed() async throws {
        let setup = Setup()
        let reader = setup.reader
        let waiting = (0..<3).map { _ in Task { try await reader.readLine(LineRequest(prompt: "")) } }
        await reader.close()
        for task in waiting {
            await #expect(throws: LineError.closed) { try await task.value }
        }
        await #expect(throws: LineError.closed) { try await setup.read() }
        await reader.close()
    }
}
