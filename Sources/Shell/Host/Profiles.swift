/// The configuration and the secrets of this user.
package struct Profiles: Sendable {
    let store: ConfigurationStore?
    private let environment: ShellEnvironment

    init(environment: ShellEnvironment) {
        self.environment = environment
        store = environment.paths.map { ConfigurationStore(paths: $0, files: environment.files) }
    }

    /// The configuration; an empty one where there is no place for files.
    func configuration() throws -> Configuration { try store?.load() ?? Configuration() }

    /// The profile that a run works on.
    func resolve(_ request: ProfileResolver.Request) throws -> Profile {
        // What the configuration says cannot matter then, and a broken file must not stand in the way.
        let isDecided = request.sandbox
        return try ProfileResolver.resolve(
            request, configuration: isDecided ? Configuration() : configuration(), environment: environment.variables)
    }

    func change(_ edit: (inout ConfigurationText) throws(ConfigurationError) -> Void) throws {
        guard let store else { throw ShellError.noPlaceForFiles }
        try store.change(edit)
    }

    /// Throws if a change could not be made, and makes none.
    func checkChange(_ edit: (inout ConfigurationText) throws(ConfigurationError) -> Void) throws {
        guard let store else { throw ShellError.noPlaceForFiles }
        try store.changed(edit)
    }

    func secrets() throws -> SecretStore {
        guard let paths = environment.paths else { throw ShellError.noPlaceForFiles }
        return SecretStore(
            paths: paths, files: environment.files, command: try configuration().secretCommand,
            processes: environment.processes)
    }

    /// The key of a profile, from wherever it says.
    func key(of profile: Profile) async throws(KeyFailure) -> Secret {
        let key: Secret
        switch profile.key {
        case .none, .sandbox: throw .none(profile: profile.name)
        case .literal(let secret): key = secret
        case .environment(let variable): key = Secret(environment.variables[variable] ?? "")
        case .command(let line):
            let result = await environment.processes.run(.shell(line))
            guard result.status == 0 else { throw .commandFailed(profile: profile.name, status: result.status) }
            key = Secret(result.firstLine ?? "")
        }
        guard !key.isEmpty else { throw .empty(profile: profile.name) }
        return key
    }
}
