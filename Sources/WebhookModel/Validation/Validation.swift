import LosslessJSON

/// Checks a webhook's document against what the API's pages say of a body that it takes.
package enum Validation {
    /// Everything found, in the document's reading order. Empty means that the API should take it.
    ///
    /// Names that no catalogue holds are warnings, with the nearest known name where one is near; unknown members and
    /// the settings of unknown channel kinds are nobody's business.
    package static func findings(in document: JSON) -> [Finding] {
        guard let object = document.object else {
            return [Finding(path: JSONPath([]), code: .wrongType(expected: .object, found: document.kind))]
        }
        var checker = DocumentChecker()
        checker.checkName(object[Member.name])
        checker.checkOptionalText(object[Member.description], at: Member.description)
        checker.checkEventTypes(object[Member.eventTypes])
        checker.checkIsActive(object[Member.isActive])
        checker.checkResourceTypes(object[Member.resourceTypes])
        checker.checkChannels(object[Member.channels])
        return checker.findings
    }

    /// The findings of one channel by itself, with paths that start at the channel.
    package static func findings(in channel: Channel) -> [Finding] {
        var checker = ChannelChecker(path: JSONPath([]))
        checker.check(channel.document)
        return checker.findings
    }

    /// The API's limits on `webhook_name`, in characters (Unicode code points).
    package static let nameLength = 1...200
}

private struct DocumentChecker {
    var findings: [Finding] = []

    mutating func checkName(_ value: JSON?) {
        let path = JSONPath([.name(Member.name)])
        guard let name = required(value, at: path, as: .text, { $0.string }) else { return }
        let length = name.unicodeScalars.count
        if length < Validation.nameLength.lowerBound {
            report(path, .tooShort(minimum: Validation.nameLength.lowerBound))
        } else if length > Validation.nameLength.upperBound {
            report(path, .tooLong(maximum: Validation.nameLength.upperBound, found: length))
        }
    }

    mutating func checkEventTypes(_ value: JSON?) {
        let path = JSONPath([.name(Member.eventTypes)])
        guard let elements = required(value, at: path, as: .texts, { $0.array }) else { return }
        if elements.isEmpty { report(path, .tooShort(minimum: 1)) }
        for (index, element) in elements.enumerated() {
            let elementPath = path.appending(.index(index))
            guard let name = element.string else {
                report(elementPath, .wrongType(expected: .text, found: element.kind))
                continue
            }
            guard !Catalogue.isKnownEventType(name) else { continue }
            let nearest = Nearest.name(name, among: Catalogue.eventTypes.lazy.map(\.name))
            report(elementPath, .unknownEventType(name), nearest)
        }
    }

    mutating func checkIsActive(_ value: JSON?) {
        guard let value, value.boolean == nil else { return }
        report(JSONPath([.name(Member.isActive)]), .wrongType(expected: .boolean, found: value.kind))
    }

    mutating func checkOptionalText(_ value: JSON?, at member: String) {
        guard let value, !value.isNull, value.string == nil else { return }
        report(JSONPath([.name(member)]), .wrongType(expected: .textOrNull, found: value.kind))
    }

    mutating func checkResourceTypes(_ value: JSON?) {
        guard let value, !value.isNull else { return }
        let isTexts = value.array.map { $0.allSatisfy { $0.string != nil } } ?? false
        if !isTexts {
            report(
                JSONPath([.name(Member.resourceTypes)]), .wrongType(expected: .textsOrNull, found: value.kind))
        }
    }

    mutating func checkChannels(_ value: JSON?) {
        let path = JSONPath([.name(Member.channels)])
        guard let channels = required(value, at: path, as: .list, { $0.array }) else { return }
        if channels.isEmpty { report(path, .tooShort(minimum: 1)) }
        for (index, channel) in channels.enumerated() {
            var checker = ChannelChecker(path: path.appending(.index(index)))
            checker.check(channel)
            findings += checker.findings
        }
    }

    private mutating func required<Value>(
        _ value: JSON?, at path: JSONPath, as expected: Finding.Expected, _ read: (JSON) -> Value?
    ) -> Value? {
        guard let value else {
            report(path, .missing(alternatives: []))
            return nil
        }
        guard let read = read(value) else {
            report(path, .wrongType(expected: expected, found: value.kind))
            return nil
        }
        return read
    }

    private mutating func report(_ path: JSONPath, _ code: Finding.Code, _ suggestion: String? = nil) {
        findings.append(Finding(path: path, code: code, suggestion: suggestion))
    }
}
