import LosslessJSON
import WebhookModel

/// Checks a body against the schema of a webhook, and names what is wrong as the API's validator does.
///
/// The rules here are the server's own, apart from those by which the client checks before it sends: the two are held
/// against the same documents, so that they cannot be wrong alike.
struct SchemaCheck {
    let schema: SandboxSchema
    private var problems: [ValidationProblem] = []

    /// Nothing for a body that may be stored.
    static func problems(of body: JSON, schema: SandboxSchema) -> [ValidationProblem] {
        var check = SchemaCheck(schema: schema)
        check.check(body)
        return check.problems
    }

    private init(schema: SandboxSchema) {
        self.schema = schema
    }

    private var strictVersion: APIVersion? {
        guard case .strict(let version) = schema else { return nil }
        return version
    }

    private mutating func check(_ body: JSON) {
        guard body.kind == .object else {
            report(.notAnObject, at: ["body"])
            return
        }
        checkName(body[Member.name])
        for (index, eventType) in list(body[Member.eventTypes], at: ["body", .name(Member.eventTypes)]).enumerated() {
            checkEventType(eventType, at: ["body", .name(Member.eventTypes), .index(index)])
        }
        for (index, channel) in list(body[Member.channels], at: ["body", .name(Member.channels)]).enumerated() {
            checkChannel(channel, at: ["body", .name(Member.channels), .index(index)])
        }
        if let isActive = body[Member.isActive], isActive.boolean == nil {
            report(.notABoolean, at: ["body", .name(Member.isActive)])
        }
        if let strictVersion { checkServerOwned(body, version: strictVersion) }
        // An error in a template is told before anything depends on it.
        for (location, error) in ChannelTemplates.faults(of: body) {
            report(.notATemplate(error.text), at: location)
        }
    }

    private mutating func checkName(_ value: JSON?) {
        let location: [ValidationProblem.Step] = ["body", .name(Member.name)]
        guard let value else { return report(.missing, at: location) }
        guard let name = value.string else { return report(.notAString, at: location) }
        // Python, which the API is written in, counts code points.
        let length = name.unicodeScalars.count
        if length < 1 { report(.tooShort, at: location) }
        if length > 200 { report(.tooLong(limit: 200), at: location) }
    }

    private mutating func list(_ value: JSON?, at location: [ValidationProblem.Step]) -> [JSON] {
        guard let value else {
            report(.missing, at: location)
            return []
        }
        guard let elements = value.array else {
            report(.notAList, at: location)
            return []
        }
        if elements.isEmpty { report(.emptyList, at: location) }
        return elements
    }

    private mutating func checkEventType(_ value: JSON, at location: [ValidationProblem.Step]) {
        guard let name = value.string else { return report(.notAString, at: location) }
        guard let strictVersion else { return }
        let known = EventType.known(at: strictVersion).map(\.name)
        if !known.contains(name) { report(.notOneOf(known), at: location) }
    }

    private mutating func checkChannel(_ value: JSON, at location: [ValidationProblem.Step]) {
        guard value.kind == .object else { return report(.notAnObject, at: location) }
        let kindLocation = location + [.name(Member.channelKind)]
        switch value[Member.channelKind] {
        case nil: report(.missing, at: kindLocation)
        case let kind? where kind.string == nil: report(.notAString, at: kindLocation)
        case let kind?:
            guard let strictVersion else { break }
            let known = Catalogue.channelKinds.filter { $0.versions.contains(strictVersion) }.map(\.name)
            if !known.contains(kind.string ?? "") { report(.notOneOf(known), at: kindLocation) }
        }
        let configsLocation = location + [.name(Member.configs)]
        guard let configs = value[Member.configs] else { return report(.missing, at: configsLocation) }
        guard configs.kind == .object else { return report(.notAnObject, at: configsLocation) }
        guard let strictVersion else { return }
        for (location, fault) in ConfigSchema.faults(of: configs, version: strictVersion) {
            report(fault, at: configsLocation + location)
        }
    }

    /// Members that the server replaces anyway, but whose form the schema declares.
    private mutating func checkServerOwned(_ body: JSON, version: APIVersion) {
        if let id = body[Member.id], !WebhookIDFormat(of: version).matches(id.string ?? "") {
            report(.wrongForm, at: ["body", .name(Member.id)])
        }
        for member in [Member.createdAt, Member.updatedAt] {
            guard let value = body[member], value.string.flatMap(Timestamp.init(parsing:)) == nil else { continue }
            report(.notATime, at: ["body", .name(member)])
        }
    }

    private mutating func report(_ fault: SchemaFault, at location: [ValidationProblem.Step]) {
        problems.append(ValidationProblem(type: fault.type, location: location, message: fault.message))
    }
}
