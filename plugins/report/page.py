"""The HTML page: everything in one file, drawn as SVG, without a script."""

import json
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from html import escape
from itertools import groupby

STYLE = """
:root { color-scheme: light dark; --line: #8884; --cell: #60a5fa; --soft: #8882; --good: #16a34a; --bad: #dc2626; --off: #a3a3a3; }
@media (prefers-color-scheme: dark) { :root { --cell: #2563eb; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
th { overflow-wrap: normal; }
.counts { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none; }
.counts li { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; }
.counts b { display: block; font-size: 1.4rem; }
details { margin-bottom: 1rem; } summary { cursor: pointer; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 0 1rem; }
.pair > div { min-width: 0; }
pre { background: var(--soft); padding: .6rem; margin: .3rem 0; border-radius: .4rem; white-space: pre-wrap; font-size: 13px; }
ins { background: #16a34a33; text-decoration: none; } del { background: #dc262633; text-decoration: none; }
.plot { overflow-x: auto; }
svg { display: block; max-width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
.cell { fill: var(--cell); stroke: var(--line); } .good { fill: var(--good); } .bad { fill: var(--bad); } .off { fill: var(--off); }
bdi { unicode-bidi: isolate; }
@media (max-width: 40rem) {
  thead { display: none; } tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  td { display: block; border: 0; padding: .1rem 0; } td[data-of]::before { content: attr(data-of) ": "; opacity: .75; }
}
"""


def is_seen(character, before):
    """Whether a character shows itself, and does nothing to the others. Emoji are joined by one that does not."""
    if character == "\u200d" and before > "\u2000":
        return True
    return character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def seen(value):
    """The text with what cannot be seen by its code: what turns the direction around, breaks lines, or is nothing."""
    string = str(value)
    if string.isprintable():
        return string
    before = " " + string
    return "".join(c if is_seen(c, b) else f"⟨U+{ord(c):04X}⟩" for c, b in zip(string, before))


def text(value):
    return escape(seen(value))


def room(label):
    """How wide a text of the plots is at most, in the widest of the usual fonts."""
    width = 0
    for character in label:
        if unicodedata.east_asian_width(character) in "WF":
            width += 14
        else:
            width += 12 if character in "mwMW@%" else 9.5 if character.isupper() else 7.8
    return width


def shortened(label, most):
    """As much of a text as there is room for."""
    label = seen(label)
    if room(label) <= most:
        return label
    while label and room(label) + 12 > most:
        label = label[:-1]
    return label + "…"


def svg(name, width, height, parts):
    """A plot that shrinks with the window to three quarters, and scrolls in narrower ones."""
    return (
        f'<div class="plot"><svg role="img" aria-label="{name}" viewBox="0 0 {width} {height}" width="{width}" '
        f'style="min-width:{width * 3 // 4}px">' + "".join(parts) + "</svg></div>"
    )


def matrix_plot(counts):
    """Event types downwards, kinds of channels to the right, darker for more webhooks."""
    events = sorted({event for event, _ in counts})
    kinds = sorted({kind for _, kind in counts})
    if not events:
        return "<p>No webhook has both an event type and a channel.</p>"
    top = max(counts.values())
    heads = {kind: shortened(kind, 100) for kind in kinds}
    names = {event: shortened(event, 280) for event in events}
    left = int(max(map(room, names.values()))) + 14
    head, width, height = 30, int(max(60, max(map(room, heads.values())) + 12)), 24
    parts = []
    for column, kind in enumerate(kinds):
        x = left + width * (column + 0.5)
        parts.append(f'<text x="{x}" y="18" text-anchor="middle">{text(heads[kind])}<title>{text(kind)}</title></text>')
    for row, event in enumerate(events):
        y = head + height * row
        parts.append(
            f'<text x="{left - 8}" y="{y + 16}" text-anchor="end">{text(names[event])}<title>{text(event)}</title></text>')
        for column, kind in enumerate(kinds):
            count = counts.get((event, kind), 0)
            x = left + width * column
            opacity = 0.12 + 0.88 * count / top if count else 0
            parts.append(
                f'<rect class="cell" x="{x + 1}" y="{y + 1}" width="{width - 2}" height="{height - 2}" rx="3" '
                f'fill-opacity="{opacity:.2f}"><title>{text(event)}, {text(kind)}: {count}</title></rect>'
            )
            if count:
                parts.append(f'<text x="{x + width / 2}" y="{y + 16}" text-anchor="middle">{count}</text>')
    return svg("Event types against kinds of channels", left + width * len(kinds), head + height * len(events), parts)


def health_plot(states):
    """A bar for each state of health."""
    classes = {"fine": "good", "failing": "bad", "paused": "off", "paused by the server": "bad"}
    counts = {name: sum(1 for word, _ in states if word == name) for name in classes}
    top = max([*counts.values(), 1])
    parts = []
    for row, (name, count) in enumerate(counts.items()):
        y, length = 28 * row, 220 * count / top
        parts.append(f'<text x="150" y="{y + 18}" text-anchor="end">{text(name)}</text>')
        parts.append(f'<rect class="{classes[name]}" x="158" y="{y + 4}" width="{length:.1f}" height="20" rx="3"/>')
        parts.append(f'<text x="{164 + length:.1f}" y="{y + 18}">{count}</text>')
    return svg("Health of the webhooks", 440, 112, parts)


def lines(document):
    return json.dumps(document, indent=2, ensure_ascii=False).split("\n") if document else []


def unmatched(own, other):
    """For each line whether the other side has none left that is the same, wherever it stands."""
    rest = Counter(other)
    for line in own:
        yield rest[line] <= 0
        rest[line] -= 1


def differing(before, after):
    """For each line of either side whether it differs: by a diff, or by count where many lines are alike and a diff takes
    long."""
    counts = Counter(after)
    if sum(number * counts[line] for line, number in Counter(before).items()) > 10_000:
        return list(unmatched(before, after)), list(unmatched(after, before))
    marks = [True] * len(before), [True] * len(after)
    for first, second, length in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        marks[0][first : first + length] = [False] * length
        marks[1][second : second + length] = [False] * length
    return marks


def marked(own, differs, tag):
    """The lines of one side; runs of those that differ are marked."""
    shown = []
    for is_different, group in groupby(zip(own, differs), key=lambda pair: pair[1]):
        some = "\n".join(text(line) for line, _ in group)
        shown.append(f"<{tag}>{some}</{tag}>" if is_different else some)
    return "<pre>" + "\n".join(shown) + "</pre>"


def side_by_side(before, after):
    old, new = differing(before, after)
    return f"<div>before{marked(before, old, 'del')}</div><div>after{marked(after, new, 'ins')}</div>"


def change(item):
    name = (item.get("after") or item.get("before") or {}).get("webhook_name", "")
    where = ", ".join(item.get("paths") or [])
    return (
        f"<details open><summary><b>{text(item['op'])}</b> {text(item['key'])} <bdi>{text(name)}</bdi> "
        f"<small>{text(where)}</small></summary>"
        f'<div class="pair">{side_by_side(lines(item.get("before")), lines(item.get("after")))}</div></details>'
    )


def listed(values):
    return ", ".join(f"<bdi>{text(value)}</bdi>" for value in values)


def table(webhooks, states, kinds):
    rows = []
    for webhook, (word, failures) in zip(webhooks, states):
        rows.append(
            f"<tr><td><bdi>{text(webhook.get('webhook_name', ''))}</bdi><br>"
            f"<small>{text(webhook.get('webhook_id', ''))}</small></td>"
            f"<td data-of=\"events\">{listed(webhook.get('event_types') or [])}</td>"
            f"<td data-of=\"channels\">{listed(kinds(webhook))}</td>"
            f"<td data-of=\"health\">{text(word)}{f' ({failures})' if failures else ''}</td></tr>"
        )
    head = "<tr><th>name</th><th>events</th><th>channels</th><th>health</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"


def render(webhooks, changes, counts, states, kinds):
    fine = sum(1 for word, _ in states if word == "fine")
    figures = [("webhooks", len(webhooks)), ("fine", fine), ("to look at", len(webhooks) - fine)]
    if changes:
        figures.append(("changes", len(changes)))
    parts = [
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Webhooks</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<style>{STYLE}</style></head><body><h1>Webhooks</h1><ul class=\"counts\">",
        "".join(f"<li><b>{count}</b>{text(name)}</li>" for name, count in figures),
        "</ul>",
    ]
    if changes:
        parts += ['<h2 id="changes">What the plan changes</h2>'] + [change(item) for item in changes]
    parts += [
        '<h2 id="events">Event types against channels</h2>',
        matrix_plot(counts),
        '<h2 id="health">Health</h2>',
        health_plot(states),
        '<h2 id="webhooks">All webhooks</h2>',
        table(webhooks, states, kinds),
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"
