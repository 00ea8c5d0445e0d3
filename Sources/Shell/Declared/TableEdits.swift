import LosslessJSON
import Session
import WebhookModel

/// What somebody changed in a record of a table that `ls --csv` may have written.
///
/// Cells show masks in place of secrets, and escapes in place of what could act on a terminal. A cell that still shows what
/// its webhook has was not edited; what stands in one that was must not become the text itself.
struct TableEdits {
    /// A text was edited that shows a mask in place of a secret: what it is to be cannot be told.
    struct MaskedText: Error {
        let member: String
    }

    private let forms: [WebhookCells]

    init(known: KnownSecrets) {
        forms = [WebhookCells(showsSecrets: false, known: known), WebhookCells(showsSecrets: true, known: known)]
    }

    /// The document of a record, without what it shows as `webhook` has it.
    func edited(_ document: JSON, of webhook: Webhook) throws(MaskedText) -> JSON {
        guard var members = document.object else { return document }
        for (name, value) in members where name != Member.id {
            if shows(webhook, name, value) {
                members[name] = nil
            } else if let text = value.string, let old = webhook.document[name]?.string {
                guard !text.contains(Masking.mark) || old.contains(Masking.mark) else {
                    throw MaskedText(member: name)
                }
                members[name] = JSON(Printable.restored(text, from: old))
            }
        }
        return JSON(members)
    }

    private func shows(_ webhook: Webhook, _ member: String, _ value: JSON) -> Bool {
        guard let field = Field.named.first(where: { $0.member == member }) else { return false }
        let row = WebhookRow(key: "", webhook: webhook)
        return forms.contains { cells in
            let text = Delimited.csvText(cells.cell(field, of: row))
            return (try? DeclaredTable.value(text, of: member, 0)) == value
        }
    }
}
