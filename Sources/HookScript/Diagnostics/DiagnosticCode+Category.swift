extension DiagnosticCode {
    package enum Category: Hashable, Sendable {
        /// The source is not of the grammar.
        case syntax
        /// A command is used as it is not declared.
        case usage
        /// Something did not hold when it was run.
        case evaluation
        case limit
    }

    package var category: Category {
        switch self {
        case .limitReached, .operation(.limit): .limit
        case .insideAlias(_, let code): code.category
        case .unknownCommand, .unknownSubcommand, .unknownFlag, .flagNeedsValue, .flagTakesNoValue, .repeatedFlag,
            .unknownKey, .repeatedKey, .missingArgument, .surplusArgument, .wrongKind, .notAllowedInEach,
            .unknownField, .parameterMissing, .aliasCycle, .holdsNUL, .badExitStatus:
            .usage
        case .unsetVariable, .unsetEnvironment, .unknownSecret, .noMember, .memberInText, .secretNotAllowed, .operation,
            .assertionFailed, .commandFailed, .interrupted, .timedOut:
            .evaluation
        default: .syntax
        }
    }

    /// The exit status that an error of this code stands for: 2 for syntax and usage, the command's own for a command
    /// that failed, else 1.
    package var exitCode: Int32 {
        switch self {
        case .commandFailed(_, let exitCode, _): exitCode
        case .interrupted: 130
        default:
            switch category {
            case .syntax, .usage: 2
            case .evaluation, .limit: 1
            }
        }
    }

    /// Whether it says that the source breaks off, so that more of it may make it right.
    package var isIncompleteness: Bool {
        switch self {
        case .unterminatedString, .unterminatedBracket, .unterminatedSubstitution, .unclosedBlock, .trailingBackslash:
            true
        default: false
        }
    }

    /// Whether nothing after it can be understood: the source broke off, or a limit was reached.
    var endsParsing: Bool { isIncompleteness || category == .limit }
}
