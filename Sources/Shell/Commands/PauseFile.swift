import Session

/// Holds a commit while a file exists, so that somebody who can't reach its terminal can stop it and let it go on.
struct PauseFile: Sendable {
    let path: String
    let files: any FileSystem

    /// Looks every half second until it is cancelled.
    func watch(_ control: CommitControl) async {
        while !Task.isCancelled {
            let exists = files.status(path) != nil
            if exists != control.isPaused { exists ? control.pause() : control.proceed() }
            try? await Task.sleep(for: .milliseconds(500))
        }
    }
}
