import ArgumentParser
import Shell

/// Help of flags from the declarations that the reference is made from.
extension ArgumentHelp {
    static func global(_ name: String) -> ArgumentHelp {
        let flag = GlobalFlag.all.first { $0.name == name }
        return of(flag?.summary ?? "", value: flag?.value)
    }

    static func serve(_ flag: ServeFlag) -> ArgumentHelp {
        // What ArgumentParser knows of a default it shows itself.
        let known: Set<ServeFlag> = [.port, .host, .seed, .dialect, .idFormat, .faultSeed]
        let isSaid = flag.value != nil && flag.fallback != "none" && !known.contains(flag)
        return of(flag.summary + (isSaid ? "; if not given: " + flag.fallback : ""), value: flag.value)
    }

    static func of(_ summary: String, value: String?) -> ArgumentHelp {
        ArgumentHelp("\(summary.prefix(1).uppercased() + summary.dropFirst()).", valueName: value)
    }
}
