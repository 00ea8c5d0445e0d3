import LosslessJSON
import Session
import WebhookModel

/// What staging had to say, as people read it; alike notes of many webhooks are one line.
enum StagingNotes {
    static func lines(_ report: StagingReport) -> [String] {
        var order: [EditNote] = []
        var counts: [EditNote: [WebhookKey]] = [:]
        for (key, notes) in report.notes.sorted(by: { $0.key < $1.key }) {
            for note in notes {
                if counts[note] == nil { order.append(note) }
                counts[note, default: []].append(key)
            }
        }
        return order.map { note in
            let keys = counts[note] ?? []
            return text(note) + " (" + (keys.count == 1 ? keys[0].description : "\(keys.count) webhooks") + ")"
        }
    }

    private static func text(_ note: EditNote) -> String {
        switch note {
        case .alreadySubscribed(let event): "already subscribed to \(shown(event))"
        case .notSubscribed(let event): "not subscribed to \(shown(event))"
        case .nothingMatched(let pattern): "no subscribed event matches \(shown(pattern.text))"
        case .unknownEvent(let event, let nearest):
            "\(shown(event)) is in no catalogue" + (nearest.map { "; did you mean \($0)?" } ?? "")
        case .noChannelMatched(let match): "no channel matches \(ChannelMatchText.text(match))"
        case .channelPresent: "an equal channel is there already"
        case .channelRepeated: "another channel with the same destination is there"
        case .nothingAt(let path): "nothing stands at \(shown(path.description))"
        // What was looked for may be a secret, so it is not repeated.
        case .nothingToReplace: "the text to replace does not occur"
        case .equalAlready(let path): "\(shown(path.description)) has that value already"
        }
    }

    private static func shown(_ text: String) -> String { Printable.escaped(text) }
}

/// A channel match as it is typed.
enum ChannelMatchText {
    static func text(_ match: ChannelMatch) -> String {
        switch match {
        case .index(let index): "\(index)"
        case .kind(let kind): Printable.escaped(kind)
        case .property(let kind, let key, let value):
            Printable.escaped("\(kind):\(key)=" + text(Masking.masked(value, at: key)))
        case .identity(let identity, _): Printable.escaped(text(identity))
        }
    }

    private static func text(_ value: JSON) -> String { value.string ?? value.text(.compact) }

    private static func text(_ identity: ChannelIdentity) -> String {
        switch identity {
        case .slackChannel(let id, _): "slack:channel_id=" + (id.string ?? id.text(.compact))
        case .slackHook(_, let channel):
            "slack" + (channel.map { ":channel=" + ($0.string ?? $0.text(.compact)) } ?? "")
        case .endpoint(let url): "webhook:url=" + Masking.masked(url, at: [.name("url")]).description
        case .addresses(let kind, _): kind
        case .opaque(let document): document["channel"]?.string ?? "channel"
        }
    }
}
