import LosslessJSON

extension FieldPath {
    /// What the values at the path are expected to be, from the catalogue; `json` where it can't tell.
    package var type: FieldType {
        guard case .name(let member)? = steps.first else { return .json }
        let rest = steps.dropFirst()
        switch member {
        case Member.channels: return Self.channelType(rest)
        case Member.deliveryHealth: return Self.healthType(rest)
        case Member.eventTypes, Member.resourceTypes: return rest.isEmpty ? .texts : .text
        case Member.id, Member.name, Member.description, Member.internalID: return rest.isEmpty ? .text : .json
        case Member.isActive: return rest.isEmpty ? .boolean : .json
        case Member.createdAt, Member.updatedAt: return rest.isEmpty ? .time : .json
        default: return .json
        }
    }

    private static func channelType(_ steps: ArraySlice<Step>) -> FieldType {
        guard let selector = steps.first, case .name(let member)? = steps.dropFirst().first else { return .json }
        if member == Member.channelKind, steps.count == 2 { return .text }
        guard member == Member.configs, case .name(let key)? = steps.dropFirst(2).first else { return .json }
        let kinds =
            if case .kind(let kind) = selector {
                Catalogue.channelKinds.filter { $0.name == kind }
            } else {
                Catalogue.channelKinds
            }
        let types = Set(kinds.compactMap { $0.key(key)?.type })
        guard types.count == 1, let type = types.first else { return .json }
        return fieldType(of: type, within: steps.count - 3)
    }

    /// The type of a config value, or of what stands so many steps within it.
    private static func fieldType(of type: ConfigType, within depth: Int) -> FieldType {
        switch (type, depth) {
        case (.text, 0), (.url, 0), (.oneOf, 0): .text
        case (.emailAddresses, 0), (.phoneNumbers, 0): .texts
        case (.emailAddresses, 1), (.phoneNumbers, 1), (.textMembers, 1): .text
        case (.seconds, 0): .number
        default: .json
        }
    }

    private static func healthType(_ steps: ArraySlice<Step>) -> FieldType {
        guard steps.count == 1, case .name(let member)? = steps.first else { return .json }
        switch member {
        case "consecutive_failures": return .number
        case "first_failure_at", "last_failure_at", "paused_at": return .time
        case "last_failure_cause", "paused_reason": return .text
        default: return .json
        }
    }
}
