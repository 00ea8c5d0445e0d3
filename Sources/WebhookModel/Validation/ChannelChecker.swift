import LosslessJSON

/// Checks one channel against its kind.
struct ChannelChecker {
    let path: JSONPath
    private(set) var findings: [Finding] = []

    init(path: JSONPath) {
        self.path = path
    }

    mutating func check(_ channel: JSON) {
        guard let members = channel.object else {
            return report(path, .wrongType(expected: .object, found: channel.kind))
        }
        let kindPath = path.appending(.name(Member.channelKind))
        guard let kindValue = members[Member.channelKind] else {
            return report(kindPath, .missing(alternatives: []))
        }
        guard let kindName = kindValue.string else {
            return report(kindPath, .wrongType(expected: .text, found: kindValue.kind))
        }
        let configsPath = path.appending(.name(Member.configs))
        guard let configsValue = members[Member.configs] else {
            return report(configsPath, .missing(alternatives: []))
        }
        guard let configs = configsValue.object else {
            return report(configsPath, .wrongType(expected: .object, found: configsValue.kind))
        }
        guard let kind = Catalogue.channelKind(kindName) else {
            let nearest = Nearest.name(kindName, among: Catalogue.channelKinds.lazy.map(\.name))
            return report(kindPath, .unknownChannelKind(kindName), nearest)
        }
        checkRequirements(of: kind, in: configs, at: configsPath)
        for (name, value) in configs {
            checkMember(name, value, of: kind, at: configsPath.appending(.name(name)))
        }
    }

    private mutating func checkRequirements(of kind: ChannelKind, in configs: JSONObject, at path: JSONPath) {
        for key in kind.keys where configs[key.name] == nil {
            switch key.requirement {
            case .optional: break
            case .required: report(path.appending(.name(key.name)), .missing(alternatives: []))
            case .requiredUnless(let others):
                if !others.contains(where: { configs[$0] != nil }) {
                    report(path.appending(.name(key.name)), .missing(alternatives: others))
                }
            }
        }
    }

    private mutating func checkMember(_ name: String, _ value: JSON, of kind: ChannelKind, at path: JSONPath) {
        guard let key = kind.key(name) else {
            let nearest = Nearest.name(name, among: kind.keys.lazy.map(\.name))
            return report(path, .unknownConfigKey(name, kind: kind.name), nearest)
        }
        if value.isNull {
            if key.requirement == .required { report(path, .wrongType(expected: expected(key.type), found: .null)) }
            return
        }
        switch key.type {
        case .text: checkText(value, at: path) { _ in nil }
        case .url: checkText(value, at: path, Self.urlProblem)
        case .oneOf(let words):
            checkText(value, at: path) { words.contains($0) ? nil : .notOneOf(words, found: $0) }
        case .emailAddresses:
            checkTexts(value, at: path, of: key) { Addresses.isEmail($0) ? nil : .invalidEmail($0) }
        case .phoneNumbers:
            checkTexts(value, at: path, of: key) { Addresses.isE164($0) ? nil : .invalidPhoneNumber($0) }
        case .textMembers: checkTextMembers(value, at: path)
        case .seconds:
            if value.number == nil { report(path, .wrongType(expected: .number, found: value.kind)) }
        case .json: break
        }
    }

    private static func urlProblem(_ text: String) -> Finding.Code? {
        do throws(URLParts.Problem) {
            _ = try URLParts(text)
            return nil
        } catch {
            return .invalidURL(error)
        }
    }

    private mutating func checkText(_ value: JSON, at path: JSONPath, _ problem: (String) -> Finding.Code?) {
        guard let text = value.string else {
            return report(path, .wrongType(expected: .text, found: value.kind))
        }
        if let code = problem(text) {
            var suggestion: String?
            if case .notOneOf(let words, let found) = code { suggestion = Nearest.name(found, among: words) }
            report(path, code, suggestion)
        }
    }

    private mutating func checkTexts(
        _ value: JSON, at path: JSONPath, of key: ConfigKey, _ problem: (String) -> Finding.Code?
    ) {
        guard let elements = value.array else {
            return report(path, .wrongType(expected: .texts, found: value.kind))
        }
        if elements.isEmpty, key.requirement != .optional { report(path, .tooShort(minimum: 1)) }
        for (index, element) in elements.enumerated() {
            checkText(element, at: path.appending(.index(index)), problem)
        }
    }

    private mutating func checkTextMembers(_ value: JSON, at path: JSONPath) {
        guard let members = value.object else {
            return report(path, .wrongType(expected: .object, found: value.kind))
        }
        for (name, member) in members where member.string == nil {
            report(path.appending(.name(name)), .wrongType(expected: .text, found: member.kind))
        }
    }

    private func expected(_ type: ConfigType) -> Finding.Expected {
        switch type {
        case .text, .url, .oneOf: .text
        case .emailAddresses, .phoneNumbers: .texts
        case .textMembers: .object
        case .seconds: .number
        case .json: .object
        }
    }

    private mutating func report(_ path: JSONPath, _ code: Finding.Code, _ suggestion: String? = nil) {
        findings.append(Finding(path: path, code: code, suggestion: suggestion))
    }
}
