#!/usr/bin/env python3
"""Renders webhooks as Markdown or as one HTML page. One JSON message a line, in and out; see docs/plugins.md."""

import json
import sys
from collections import Counter
from html import escape

import page


def current(item):
    """The webhook's document; of a change, as it will be, or as it was where it goes."""
    if is_change(item):
        return item.get("after") or item.get("before") or {}
    return item


def is_change(item):
    return "op" in item and "key" in item


def kinds(webhook):
    return [channel.get("channel", "?") for channel in webhook.get("channels") or []]


def health(webhook):
    """A word, and failures in a row."""
    state = webhook.get("delivery_health") or {}
    failures = state.get("consecutive_failures") or 0
    if state.get("paused_at"):
        return "paused by the server", failures
    if webhook.get("is_active", True) is False:
        return "paused", failures
    return ("failing", failures) if failures else ("fine", 0)


def matrix(webhooks):
    """How many webhooks send an event type to a kind of channel."""
    counts = Counter()
    for webhook in webhooks:
        for event in set(webhook.get("event_types") or []):
            for kind in set(kinds(webhook)):
                counts[event, kind] += 1
    return counts


def cell(text):
    """A text that breaks no Markdown table."""
    return escape(str(text), quote=False).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")


def markdown(items):
    webhooks = [current(item) for item in items]
    paused = sum(1 for webhook in webhooks if webhook.get("is_active", True) is False)
    lines = ["# Webhooks", "", f"{len(webhooks)} webhooks, {paused} paused.", ""]
    if any(is_change(item) for item in items):
        lines += ["| webhook | change | where |", "| --- | --- | --- |"]
        for item in items:
            name = cell(current(item).get("webhook_name", item["key"]))
            lines.append(f"| {name} | {cell(item['op'])} | {cell(', '.join(item.get('paths') or []))} |")
        lines.append("")
    lines += ["| name | active | events | channels | health |", "| --- | --- | --- | --- | --- |"]
    for webhook in webhooks:
        word, failures = health(webhook)
        lines.append(
            "| {} | {} | {} | {} | {} |".format(
                cell(webhook.get("webhook_name", "")),
                "no" if webhook.get("is_active", True) is False else "yes",
                cell(", ".join(webhook.get("event_types") or [])),
                cell(", ".join(kinds(webhook))),
                f"{word} ({failures})" if failures else word,
            )
        )
    return "\n".join(lines) + "\n"


def html(items):
    webhooks = [current(item) for item in items]
    changes = [item for item in items if is_change(item)]
    return page.render(webhooks, changes, matrix(webhooks), [health(webhook) for webhook in webhooks], kinds)


FORMATS = {"markdown": markdown, "html": html}


def answer(method, params):
    if method == "initialize":
        if 1 not in params.get("protocols", []):
            return None, {"code": -32003, "message": "no common version", "data": {"supported": [1]}}
        return {"protocol": 1, "version": "1.0.0", "implements": ["format/render", "shutdown"]}, None
    if method == "format/render":
        render = FORMATS.get(params.get("format"))
        if render is None:
            return None, {"code": -32602, "message": "no such format"}
        return {"text": render(params.get("webhooks") or [])}, None
    if method == "shutdown":
        return None, None
    return None, {"code": -32601, "message": "no such method"}


def main():
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        request = json.loads(line)
        if "method" not in request or "id" not in request:
            # A notification. Calls are answered in order, so there is nothing left to cancel when it is read.
            continue
        try:
            result, error = answer(request["method"], request.get("params") or {})
        except (AttributeError, KeyError, TypeError) as problem:
            result, error = None, {"code": -32603, "message": f"{type(problem).__name__}: {problem}"}
        reply = {"jsonrpc": "2.0", "id": request["id"]}
        if error is None:
            reply["result"] = result
        else:
            reply["error"] = error
        sys.stdout.buffer.write(json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        sys.stdout.buffer.flush()
        if request["method"] == "shutdown":
            return


if __name__ == "__main__":
    main()
