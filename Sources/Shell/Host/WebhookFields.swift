import HookScript
import Session
import Synchronization
import WebhookModel

/// The fields that `where`, columns and paths may name, for the webhooks at hand.
///
/// The names of the API are known at once. What else the documents hold are fields as well, and they are looked through
/// only when a name is not one of the API's.
final class WebhookFields: HookScript.FieldResolver {
    private let state: SessionState?
    private let known = WebhookModel.FieldResolver()
    private let found = Mutex<WebhookModel.FieldResolver?>(nil)
    /// What the numbers of the language's references stand for.
    private let table = Mutex<[Field]>([])

    /// - Parameter state: what was read; nil before anything was.
    init(state: SessionState?) { self.state = state }

    var listedAt: Timestamp? { state?.listing.listedAt }

    /// The field that a word names.
    func resolve(_ name: String) throws(FieldError) -> Field {
        do throws(FieldError) { return try known.field(name) } catch {
            guard let all = complete else { throw error }
            return try all.field(name)
        }
    }

    var fieldNames: [String] { (complete ?? known).names }

    var receiving: (field: FieldReference, wildcard: String)? { (reference(to: .events), Catalogue.wildcard) }

    func field(_ name: String) -> FieldReference? {
        do throws(FieldError) { return reference(to: try resolve(name)) } catch { return nil }
    }

    private var complete: WebhookModel.FieldResolver? {
        guard let state else { return nil }
        return found.withLock { found in
            if let found { return found }
            let resolver = WebhookModel.FieldResolver(webhooks: state.keys.lazy.compactMap { state.webhook($0) })
            found = resolver
            return resolver
        }
    }

    /// What the numbers of the references stand for, so far.
    func snapshot() -> [Field] { table.withLock { $0 } }

    private func reference(to field: Field) -> FieldReference {
        let code = table.withLock { fields in
            if let known = fields.firstIndex(of: field) { return known }
            fields.append(field)
            return fields.count - 1
        }
        return FieldReference(
            name: field.description, type: type(of: field), code: code, path: field.path?.plain,
            isSecret: field.path.map(isSecret) ?? false)
    }

    private func type(of field: Field) -> HookScript.FieldType {
        let isList = field == .channel || (field.path?.crossesList ?? false)
        switch field.type {
        case .text: return HookScript.FieldType(.text, isList: isList)
        case .boolean: return HookScript.FieldType(.boolean, isList: isList)
        case .number: return HookScript.FieldType(.number, isList: isList)
        case .time: return HookScript.FieldType(.time, isList: isList)
        case .texts: return HookScript.FieldType(.text, isList: true)
        case .json: return HookScript.FieldType(nil, isList: isList)
        }
    }

    private func isSecret(_ path: FieldPath) -> Bool {
        path.steps.contains { step in
            if case .name(let name) = step { SecretPaths.isSecretName(name) } else { false }
        }
    }
}

/// A webhook as `where` reads it.
struct WebhookRecord: FieldSource {
    let row: WebhookRow
    let fields: [Field]

    func value(of reference: FieldReference) -> HookScript.FieldValue {
        let field = fields[reference.code]
        switch field {
        case .id: return .text(row.key)
        case .name: return .text(row.webhook.name)
        case .active: return .boolean(row.webhook.isActive)
        case .events: return .texts(row.webhook.eventTypes)
        case .channel: return .texts(row.webhook.channels.map(\.kind))
        case .staged: return .boolean(row.mark != nil)
        case .created: return time(row.webhook.createdAt)
        case .updated: return time(row.webhook.updatedAt)
        default: return value(field)
        }
    }

    private func value(_ field: Field) -> HookScript.FieldValue {
        switch field.value(in: row.webhook) {
        case .absent: .missing
        case .single(let value): value.string.map { .text($0) } ?? .json(value)
        case .list(let values): .many(values)
        }
    }

    private func time(_ timestamp: Timestamp?) -> HookScript.FieldValue {
        timestamp.map { .time(Instant($0)) } ?? .missing
    }
}

extension Instant {
    init(_ timestamp: Timestamp) {
        self.init(microseconds: timestamp.seconds * 1_000_000 + Int64(timestamp.nanoseconds / 1000))
    }
}
