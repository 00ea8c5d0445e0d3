import Session

/// Holds a commit while a file exists, so that somebody who can't reach its terminal can stop it and let it go on.
struct PauseFile: Sendable {
    let path: String
    let files: any FileSystem

    /// Holds the commit if the file is there before anything is sent.
    func holdAtFirst(_ control: CommitControl, _ meter: ProgressMeter) {
        if files.status(path) != nil { hold(control, meter) }
    }

    private func hold(_ control: CommitControl, _ meter: ProgressMeter) {
        control.pause(by: .pauseFile)
        meter.hold("paused while \(Printable.escaped(path)) exists")
    }

    /// Looks every half second until it is cancelled; tells the meter when it holds. The first look lets go of what was
    /// held before it, if the file is gone already.
    func watch(_ control: CommitControl, _ meter: ProgressMeter) async {
        var isHolding: Bool?
        while !Task.isCancelled {
            let exists = files.status(path) != nil
            if exists, isHolding != true {
                hold(control, meter)
            } else if !exists, isHolding != false {
                control.proceed(by: .pauseFile)
                meter.hold(nil)
            }
            isHolding = exists
            try? await Task.sleep(for: .milliseconds(500))
        }
    }
}
