/// Lengths of time in the shortest form that people read at once: `350 ms`, `12 s`, `4 min`, `2 h`.
enum DurationText {
    static func short(seconds: Double) -> String { short(.milliseconds(Int64(seconds * 1000))) }

    static func short(_ duration: Duration) -> String {
        let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
        switch milliseconds {
        case ..<1000: return "\(max(0, milliseconds)) ms"
        case ..<120_000: return "\((milliseconds + 500) / 1000) s"
        case ..<7_200_000: return "\((milliseconds + 30_000) / 60_000) min"
        default: return "\((milliseconds + 1_800_000) / 3_600_000) h"
        }
    }
}
