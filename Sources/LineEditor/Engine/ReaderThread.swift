import Glibc
import Synchronization

/// The thread that reads. It starts with the first job and ends with the mailbox.
final class ReaderThread: Sendable {
    let mailbox: Mailbox
    private let terminal: Terminal
    private let settings: LineReader.Settings
    private let isRunning = Mutex(false)

    init(mailbox: Mailbox, terminal: Terminal, settings: LineReader.Settings) {
        self.mailbox = mailbox
        self.terminal = terminal
        self.settings = settings
    }

    /// Starts the thread unless it runs; false if the system has no more threads.
    func start() -> Bool {
        isRunning.withLock { isRunning in
            if isRunning { return true }
            var thread = pthread_t()
            let argument = Unmanaged.passRetained(self)
            let status = pthread_create(
                &thread, nil,
                { argument in
                    Unmanaged<ReaderThread>.fromOpaque(argument!).takeRetainedValue().run()
                    return nil
                }, argument.toOpaque())
            guard status == 0 else {
                argument.release()
                return false
            }
            pthread_detach(thread)
            isRunning = true
            return true
        }
    }

    func close() async {
        await withCheckedContinuation { closer in
            isRunning.withLock { mailbox.close(isRunning: $0, closer) }
        }
    }

    private func run() {
        let worker = Worker(terminal: terminal, settings: settings, mailbox: mailbox)
        let idle = InputPoll(descriptor: -1, pipe: mailbox.pipe)
        while true {
            switch mailbox.next() {
            case .job(let job):
                let result = mailbox.isInterrupted(job) ? .success(.interrupted) : worker.read(job.kind)
                for text in mailbox.finish(job, result) { worker.print(text) }
            case .wait:
                _ = idle.wait()
            case .end:
                worker.close()
                mailbox.ended()
                return
            }
        }
    }
}

/// Reads with libedit where it can be used, else without. Belongs to the thread.
private final class Worker {
    private let terminal: Terminal
    private let settings: LineReader.Settings
    private let mailbox: Mailbox
    private let plain: PlainSession
    private var editor: EditlineSession?
    private var mayEdit: Bool

    init(terminal: Terminal, settings: LineReader.Settings, mailbox: Mailbox) {
        self.terminal = terminal
        self.settings = settings
        self.mailbox = mailbox
        plain = PlainSession(terminal: terminal, limit: settings.maximumLineLength, mailbox: mailbox)
        mayEdit = terminal.isInteractive && !terminal.isDumb
    }

    func read(_ kind: Mailbox.Job.Kind) -> Result<LineResult, LineError> {
        switch kind {
        case .secret(let prompt):
            return plain.readSecret(prompt)
        case .line(let request):
            if mayEdit, editor == nil {
                editor = EditlineSession(terminal: terminal, settings: settings, mailbox: mailbox)
                mayEdit = editor != nil
            }
            guard let editor else { return plain.read(request) }
            mailbox.beginEditing()
            return editor.read(request)
        }
    }

    func print(_ text: String) {
        if let output = terminal.conversation { writeAll(text.hasSuffix("\n") ? text : text + "\n", to: output) }
    }

    /// Restores the terminal's modes.
    func close() {
        editor = nil
    }
}
