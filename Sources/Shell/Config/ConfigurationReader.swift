import Session
import WebhookModel
import Yams

/// Reads `config.yaml`. A member it does not know is an error: a misspelt `production:` must not pass in silence.
package struct ConfigurationReader {
    private let path: String

    /// - Throws: `ConfigurationError` with the line.
    package static func read(_ text: String, path: String) throws(ConfigurationError) -> Configuration {
        // A byte order mark would count as a column of the first line.
        let hasMark = text.unicodeScalars.first == "\u{FEFF}"
        return try ConfigurationReader(path: path)
            .configuration(hasMark ? String(text.unicodeScalars.dropFirst()) : text)
    }

    private func configuration(_ text: String) throws(ConfigurationError) -> Configuration {
        let root: Node?
        do { root = try Yams.compose(yaml: text) } catch {
            throw ConfigurationError(path: path, line: line(of: error), reason: reason(of: error))
        }
        guard let root, root.scalar?.string != "" else { return Configuration() }
        var result = Configuration()
        for (name, value) in try members(of: root, what: "the file", known: ConfigurationKey.names) {
            switch ConfigurationKey(rawValue: name) {
            case .defaultProfile: result.defaultProfile = try string(value, name)
            case .secretCommand: result.secretCommand = try string(value, name)
            case .profiles: result.profiles = try profiles(value)
            case nil: break
            }
        }
        if let name = result.defaultProfile, name != Profile.sandboxName, result.profile(named: name) == nil {
            let nearest = Nearest.name(name, among: result.profiles.map(\.name))
            throw error(root["default"] ?? root, .unknownDefault(name, nearest: nearest))
        }
        return result
    }

    private func profiles(_ node: Node) throws(ConfigurationError) -> [Profile] {
        var result: [Profile] = []
        for (name, value) in try members(of: node, what: "profiles", known: nil) {
            guard Profile.isValidName(name) else { throw error(value, .badProfileName(name)) }
            result.append(try profile(name, value))
        }
        return result
    }

    private func profile(_ name: String, _ node: Node) throws(ConfigurationError) -> Profile {
        var profile = Profile(name: name, base: Profile.defaultBase, key: .none)
        for (member, value) in try members(of: node, what: "profiles.\(name)", known: ProfileKey.names) {
            switch ProfileKey(rawValue: member) {
            case .base: profile.base = try string(value, member)
            case .key: try setKey(of: &profile, to: .literal(Secret(try string(value, member))), value)
            case .keyCommand: try setKey(of: &profile, to: .command(try string(value, member)), value)
            case .production: profile.isProduction = try boolean(value, member)
            case .insecureHTTP: profile.allowsPlainHTTP = try boolean(value, member)
            case .tier: profile.tier = try tier(value)
            case .dialect: profile.dialect = try dialect(value)
            case .secrets: profile.secrets = try secrets(value)
            case .proxy: profile.proxy = try string(value, member)
            case .maxChanges: profile.limits.maximumCount = try count(value, member)
            case .maxPercent: profile.limits.maximumPercent = try percent(value, member)
            case .allow: profile.limits.allowed = try allowances(value)
            case .caFile: profile.caFile = try string(value, member)
            case .listTimeout: profile.listTimeout = try duration(value, member)
            case .connectTimeout: profile.connectTimeout = try duration(value, member)
            case .requestTimeout: profile.requestTimeout = try duration(value, member)
            case nil: break
            }
        }
        return profile
    }

    private func setKey(of profile: inout Profile, to key: Profile.KeySource, _ node: Node) throws(ConfigurationError) {
        guard profile.key == .none else { throw error(node, .keyAndCommand) }
        profile.key = key
    }

    private func tier(_ node: Node) throws(ConfigurationError) -> Profile.Tier {
        switch try string(node, "tier") {
        case "free": return .free
        case "pro": return .pro
        case "unlimited": return .unlimited
        case let text:
            guard let perMinute = Int(text), perMinute > 0 else {
                throw error(node, .badValue(member: "tier", expected: "free, pro, unlimited or requests a minute"))
            }
            return .custom(perMinute: perMinute)
        }
    }

    private func dialect(_ node: Node) throws(ConfigurationError) -> Profile.Dialect {
        guard let dialect = Profile.Dialect(rawValue: try string(node, "dialect")) else {
            let names = Profile.Dialect.allCases.map(\.rawValue).joined(separator: " or ")
            throw error(node, .badValue(member: "dialect", expected: names))
        }
        return dialect
    }

    private func secrets(_ node: Node) throws(ConfigurationError) -> SecretsCapability {
        guard let capability = SecretsCapability(rawValue: try string(node, "secrets")) else {
            throw error(node, .badValue(member: "secrets", expected: "plain, keep, lossy or unknown"))
        }
        return capability
    }

    /// A count, or `none`.
    private func count(_ node: Node, _ member: String) throws(ConfigurationError) -> Int? {
        let text = try string(node, member)
        if text == "none" { return nil }
        guard let count = Int(text), count > 0 else {
            throw error(node, .badValue(member: member, expected: "a number of webhooks, or none"))
        }
        return count
    }

    private func percent(_ node: Node, _ member: String) throws(ConfigurationError) -> Double? {
        let text = try string(node, member)
        if text == "none" { return nil }
        guard let percent = Double(text.hasSuffix("%") ? String(text.dropLast()) : text), (0...100).contains(percent)
        else { throw error(node, .badValue(member: member, expected: "a share from 0 to 100, or none")) }
        return percent
    }

    /// Names in a list, or in one text with commas.
    private func allowances(_ node: Node) throws(ConfigurationError) -> Set<CommitLimits.Allowance> {
        let all = CommitLimits.Allowance.allCases.map(\.rawValue).joined(separator: ", ")
        let failure = error(node, .badValue(member: "allow", expected: "of " + all))
        var names: [Substring] = []
        if let sequence = node.sequence {
            for element in sequence {
                guard let name = element.scalar?.string else { throw failure }
                names.append(name[...])
            }
        } else if let text = node.scalar?.string {
            names = text.split(separator: ",")
        } else {
            throw failure
        }
        var allowed: Set<CommitLimits.Allowance> = []
        for name in names {
            let word = name.split(separator: " ").joined(separator: " ")
            guard let allowance = CommitLimits.Allowance(rawValue: word) else { throw failure }
            allowed.insert(allowance)
        }
        return allowed
    }

    private func duration(_ node: Node, _ member: String) throws(ConfigurationError) -> Duration {
        let text = try string(node, member)
        let units: [(suffix: String, unit: Duration)] = [
            ("ms", .milliseconds(1)), ("s", .seconds(1)), ("m", .seconds(60)), ("", .seconds(1)),
        ]
        for (suffix, unit) in units where text.hasSuffix(suffix) {
            guard let count = Int(text.dropLast(suffix.count)), (1...86_400_000).contains(count) else { break }
            return unit * count
        }
        throw error(node, .badValue(member: member, expected: "a duration such as 500ms, 30s or 2m"))
    }

    private func string(_ node: Node, _ member: String) throws(ConfigurationError) -> String {
        guard let text = node.scalar?.string, !text.isEmpty else {
            throw error(node, .badValue(member: member, expected: "a text"))
        }
        return text
    }

    private func boolean(_ node: Node, _ member: String) throws(ConfigurationError) -> Bool {
        switch node.scalar?.string {
        case "true", "yes": return true
        case "false", "no": return false
        default: throw error(node, .badValue(member: member, expected: "true or false"))
        }
    }

    private func members(
        of node: Node, what: String, known: [String]?
    ) throws(ConfigurationError) -> [(name: String, value: Node)] {
        if node.scalar?.string == "" { return [] }
        guard let mapping = node.mapping else { throw error(node, .notAMapping(what)) }
        var seen: Set<String> = []
        var result: [(name: String, value: Node)] = []
        for (key, value) in mapping {
            guard let name = key.scalar?.string else { throw error(key, .notAMapping(what)) }
            guard seen.insert(name).inserted else { throw error(key, .duplicateMember(name)) }
            if let known, !known.contains(name) {
                throw error(key, .unknownMember(name, nearest: Nearest.name(name, among: known)))
            }
            result.append((name, value))
        }
        return result
    }

    private func error(_ node: Node, _ reason: ConfigurationError.Reason) -> ConfigurationError {
        ConfigurationError(path: path, line: node.mark?.line, reason: reason)
    }

    private func line(of error: any Error) -> Int? {
        switch error as? YamlError {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line > 0 ? context.mark.line : nil
        default: nil
        }
    }

    private func reason(of error: any Error) -> ConfigurationError.Reason {
        switch error as? YamlError {
        case .duplicatedKeysInMapping(let names, _): .duplicateMember(names.first ?? "")
        default: .syntax(problem(of: error))
        }
    }

    private func problem(of error: any Error) -> String {
        switch error as? YamlError {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .reader(let problem, _, _, _): problem
        default: "it cannot be read as YAML"
        }
    }
}

extension Profile {
    /// Letters, digits, `-`, `_` and `.`, beginning with a letter or digit; at most 64.
    package static func isValidName(_ name: String) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= 64, first != 0x2D, first != 0x2E else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
            default: false
            }
        }
    }
}
