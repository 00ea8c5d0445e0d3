/// Which profile a run of hookline works on; the order is in docs/commands.md.
package struct ProfileResolver: Sendable {
    package struct Request: Hashable, Sendable {
        /// `--profile`.
        package var profile: String?
        /// `--api-base`.
        package var base: String?
        /// `--sandbox`.
        package var sandbox = false
        /// `--insecure-http`.
        package var allowsPlainHTTP = false

        package init() {}
    }

    package enum Failure: Error, Hashable, Sendable {
        case unknownProfile(String, known: [String])
        /// `--api-base` would send a profile's key to another host.
        case otherHost(profile: String, profileHost: String, host: String)
        case badBase(String)
        case sandboxAndProfile
    }

    package static let keyVariable = "MIXPEEK_API_KEY"
    package static let baseVariable = "MIXPEEK_API_BASE"
    /// What the profile of these variables is called.
    static let unnamed = "env"

    package static func resolve(
        _ request: Request, configuration: Configuration, environment: [String: String]
    ) throws(Failure) -> Profile {
        var profile = try choose(request, configuration, environment)
        if request.allowsPlainHTTP { profile.allowsPlainHTTP = true }
        guard profile.isSandbox || isBase(profile.base) else { throw .badBase(profile.base) }
        return profile
    }

    private static func choose(
        _ request: Request, _ configuration: Configuration, _ environment: [String: String]
    ) throws(Failure) -> Profile {
        if request.sandbox {
            guard request.profile == nil, request.base == nil else { throw .sandboxAndProfile }
            return .sandbox
        }
        if let name = request.profile {
            var profile = try named(name, configuration)
            if let base = request.base {
                guard origin(of: base) == origin(of: profile.base) else {
                    throw .otherHost(profile: name, profileHost: origin(of: profile.base), host: origin(of: base))
                }
                profile.base = base
            }
            return profile
        }
        let key = nonEmpty(environment[keyVariable])
        if let base = request.base { return ofVariables(base: base, hasKey: key != nil) }
        // A base without a key is a key that is missing, not a wish for the sandbox.
        let base = nonEmpty(environment[baseVariable])
        if key != nil || base != nil { return ofVariables(base: base ?? Profile.defaultBase, hasKey: key != nil) }
        if let name = configuration.defaultProfile { return try named(name, configuration) }
        return .sandbox
    }

    /// Scheme, host and port of a base (RFC 6454): the key of a profile goes to no other.
    private static func origin(of base: String) -> String {
        guard let scheme = base.firstRange(of: "://") else { return base }
        let name = base[..<scheme.lowerBound].lowercased()
        let host = Profile.host(of: base).lowercased()
        let hasPort = host.split(separator: "]").last?.contains(":") ?? false
        let port = hasPort ? "" : name == "https" ? ":443" : name == "http" ? ":80" : ""
        return name + "://" + host + port
    }

    private static func named(_ name: String, _ configuration: Configuration) throws(Failure) -> Profile {
        if let profile = configuration.profile(named: name) { return profile }
        if name == Profile.sandboxName { return .sandbox }
        throw .unknownProfile(name, known: configuration.profiles.map(\.name) + [Profile.sandboxName])
    }

    private static func ofVariables(base: String, hasKey: Bool) -> Profile {
        Profile(name: unnamed, base: base, key: hasKey ? .environment(variable: keyVariable) : .none)
    }

    private static func nonEmpty(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }

    /// `http:` or `https:` with a host and no user information, or a Unix socket; a path may follow.
    static func isBase(_ base: String) -> Bool {
        if base.hasPrefix("http+unix://") { return base.utf8.count > 12 }
        for scheme in ["https://", "http://"] where base.hasPrefix(scheme) {
            let authority = base.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            return !authority.isEmpty && !authority.contains("@")
                && base.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        }
        return false
    }
}

extension Profile {
    /// The embedded server; its base and key are known once it runs.
    package static let sandbox: Profile = {
        var profile = Profile(name: sandboxName, base: "", key: .sandbox)
        profile.secrets = .plain
        profile.limits = .none
        return profile
    }()
}
