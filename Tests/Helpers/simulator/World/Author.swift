import Session

/// Who made a version of a webhook.
enum Author: Hashable, CustomStringConvertible {
    /// It was there from the beginning.
    case beginning
    /// Somebody who doesn't use hookline.
    case stranger
    case ours(WriteOrigin)

    var origin: WriteOrigin? { if case .ours(let origin) = self { origin } else { nil } }

    var description: String {
        switch self {
        case .beginning: "beginning"
        case .stranger: "stranger"
        case .ours(let origin): "\(origin)"
        }
    }
}

/// Where one of our writes comes from: an entry of a run, sent by a process.
struct WriteOrigin: Hashable, CustomStringConvertible {
    let process: Int
    let run: RunID
    let position: Int

    var description: String { "process \(process), run \(run), entry \(position)" }
}
