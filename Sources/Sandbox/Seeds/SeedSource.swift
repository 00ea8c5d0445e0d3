import LosslessJSON
import WebhookModel

/// Makes the webhooks of a new organization.
struct SeedSource: Sendable {
    /// The most bytes of a seed file.
    static let fileLimit = 256 << 20

    let seed: SandboxSeed
    let environment: SandboxEnvironment
    let idFormat: WebhookIDFormat

    func webhooks() throws(SandboxError) -> any Sequence<StoredWebhook> {
        switch seed {
        case .none: [StoredWebhook]()
        case .samples: SampleOrganization.webhooks
        case .generated(let count): GeneratedWebhooks.make(count: count)
        case .file(let path): try read(path)
        }
    }

    private func read(_ path: String) throws(SandboxError) -> [StoredWebhook] {
        let bytes = try PrivateFiles.read(path, limit: Self.fileLimit)
        let json: JSON
        do {
            json = try JSON(parsing: bytes)
        } catch {
            throw .seedSyntax(path: path, error)
        }
        guard let elements = json.array else {
            throw .seedInvalid(path: path, index: nil, reason: "not an array")
        }
        var taken = Set(elements.compactMap { $0[Member.id]?.string })
        guard taken.count == elements.count(where: { $0[Member.id]?.string != nil }) else {
            throw .seedInvalid(path: path, index: duplicate(elements), reason: "its webhook_id occurs before")
        }
        var webhooks: [StoredWebhook] = []
        for (index, element) in elements.enumerated() {
            guard let object = element.object else {
                throw .seedInvalid(path: path, index: index, reason: "not an object")
            }
            let id = element[Member.id]?.string ?? newID(&taken)
            guard WebhookID(rawValue: id) != nil else {
                throw .seedInvalid(path: path, index: index, reason: "its webhook_id is no identifier")
            }
            let document = DocumentRules.seeded(from: object, id: id, at: environment.now())
            webhooks.append(StoredWebhook(id: id, document: document))
        }
        return webhooks
    }

    private func newID(_ taken: inout Set<String>) -> String {
        while true {
            let id = idFormat.makeID(randomBytes: environment.randomBytes)
            if taken.insert(id).inserted { return id }
        }
    }

    private func duplicate(_ elements: [JSON]) -> Int? {
        var seen: Set<String> = []
        return elements.firstIndex { element in
            guard let id = element[Member.id]?.string else { return false }
            return !seen.insert(id).inserted
        }
    }
}
