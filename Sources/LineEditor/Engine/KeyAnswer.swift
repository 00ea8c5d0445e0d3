import CEditline

/// What libedit does after one of the editor's own commands.
enum KeyAnswer {
    case nothing, refresh, beep, endOfInput

    var code: UInt8 {
        let answer =
            switch self {
            case .nothing: EditlineNormal
            case .refresh: EditlineRefresh
            case .beep: EditlineRefreshBeep
            case .endOfInput: EditlineEndOfFile
            }
        return UInt8(truncatingIfNeeded: answer.rawValue)
    }
}
