"""The HTML page: everything in one file, drawn as SVG, without a script."""

import json
from html import escape

STYLE = """
:root { color-scheme: light dark; --line: #8884; --bar: #3b82f6; --bad: #dc2626; --soft: #8882; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
td { overflow-wrap: anywhere; }
.counts { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none; }
.counts li { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; }
.counts b { display: block; font-size: 1.4rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
pre { background: var(--soft); padding: .6rem; overflow: auto; border-radius: .4rem; white-space: pre-wrap; overflow-wrap: anywhere; }
ins { background: #16a34a33; text-decoration: none; } del { background: #dc262633; text-decoration: none; }
svg { max-width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
"""


def text(value):
    return escape(str(value))


def matrix_plot(counts):
    """Event types downwards, kinds of channels to the right, darker for more webhooks."""
    events = sorted({event for event, _ in counts})
    kinds = sorted({kind for _, kind in counts})
    if not events:
        return "<p>No webhook has both an event type and a channel.</p>"
    top = max(counts.values())
    left, head, width, height = 290, 30, 90, 24
    parts = [
        f'<svg role="img" aria-label="Event types against kinds of channels" viewBox="0 0 {left + width * len(kinds)} '
        f'{head + height * len(events)}" width="{left + width * len(kinds)}">'
    ]
    for column, kind in enumerate(kinds):
        parts.append(f'<text x="{left + width * column + width / 2}" y="18" text-anchor="middle">{text(kind[:14])}</text>')
    for row, event in enumerate(events):
        y = head + height * row
        parts.append(f'<text x="{left - 10}" y="{y + 16}" text-anchor="end">{text(event[:44])}</text>')
        for column, kind in enumerate(kinds):
            count = counts.get((event, kind), 0)
            x = left + width * column
            opacity = 0.12 + 0.88 * count / top if count else 0
            parts.append(
                f'<rect x="{x + 1}" y="{y + 1}" width="{width - 2}" height="{height - 2}" rx="3" fill="#3b82f6" '
                f'fill-opacity="{opacity:.2f}" stroke="#8884"><title>{text(event)}, {text(kind)}: {count}</title></rect>'
            )
            if count:
                parts.append(f'<text x="{x + width / 2}" y="{y + 16}" text-anchor="middle">{count}</text>')
    return "".join(parts) + "</svg>"


def health_plot(states):
    """A bar for each state of health."""
    names = ["fine", "failing", "paused", "paused by the server"]
    counts = [(name, sum(1 for word, _ in states if word == name)) for name in names]
    top = max([count for _, count in counts] + [1])
    parts = ['<svg role="img" aria-label="Health of the webhooks" viewBox="0 0 640 112" width="640">']
    for row, (name, count) in enumerate(counts):
        y = 28 * row
        colour = "#16a34a" if name == "fine" else "#dc2626" if name in ("failing", "paused by the server") else "#a3a3a3"
        parts.append(f'<text x="160" y="{y + 18}" text-anchor="end">{text(name)}</text>')
        parts.append(f'<rect x="170" y="{y + 4}" width="{400 * count / top:.1f}" height="20" rx="3" fill="{colour}"/>')
        parts.append(f'<text x="{178 + 400 * count / top:.1f}" y="{y + 18}">{count}</text>')
    return "".join(parts) + "</svg>"


def lines(document):
    return json.dumps(document, indent=2, ensure_ascii=False).split("\n") if document else []


def marked(own, other, tag):
    """The lines of one side; what the other lacks is marked."""
    rest = set(other)
    shown = [text(line) if line in rest else f"<{tag}>{text(line)}</{tag}>" for line in own]
    return "<pre>" + "\n".join(shown) + "</pre>"


def change(item):
    before, after = lines(item.get("before")), lines(item.get("after"))
    name = (item.get("after") or item.get("before") or {}).get("webhook_name", "")
    where = ", ".join(item.get("paths") or [])
    return (
        f"<details open><summary><b>{text(item['op'])}</b> {text(item['key'])} {text(name)} <small>{text(where)}</small>"
        f'</summary><div class="pair"><div>before{marked(before, after, "del")}</div>'
        f'<div>after{marked(after, before, "ins")}</div></div></details>'
    )


def table(webhooks, states, kinds):
    rows = []
    for webhook, (word, failures) in zip(webhooks, states):
        rows.append(
            f"<tr><td>{text(webhook.get('webhook_name', ''))}<br><small>{text(webhook.get('webhook_id', ''))}</small></td>"
            f"<td>{text(', '.join(map(str, webhook.get('event_types') or [])))}</td>"
            f"<td>{text(', '.join(map(str, kinds(webhook))))}</td>"
            f"<td>{text(word)}{f' ({failures})' if failures else ''}</td></tr>"
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
