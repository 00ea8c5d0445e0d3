import Shell

/// Testing has a type of the same name.
typealias ShellExit = ExitStatus
