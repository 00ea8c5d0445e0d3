#!/usr/bin/env python3
"""Moves Slack channels to another destination. One JSON message a line, in and out; see docs/plugins.md."""

import json
import sys


def as_bool(value):
    return value is True or str(value).lower() in ("true", "yes", "1")


def destination(args):
    """The channel to put in, as the arguments say."""
    url, email = args.get("url"), args.get("email")
    if bool(url) == bool(email):
        raise ValueError("give url=https://… or email=ADDRESS[,ADDRESS…], one of them")
    if url:
        if not str(url).startswith("https://"):
            raise ValueError("url is an https URL")
        return {"channel": "webhook", "configs": {"url": url}}
    addresses = email if isinstance(email, list) else [word.strip() for word in str(email).split(",")]
    if not all(address and "@" in address for address in addresses):
        raise ValueError("email holds addresses, separated by commas")
    return {"channel": "email", "configs": {"to_addresses": addresses}}


def leads_to(channel, target):
    """Whether a channel delivers to the target already."""
    keys = target["configs"].keys()
    configs = channel.get("configs") or {}
    return channel.get("channel") == target["channel"] and all(configs.get(k) == target["configs"][k] for k in keys)


def patch(webhook, args, target):
    """The operations for one webhook; none where it has no such Slack channel."""
    channels = webhook.get("channels") or []
    wanted = args.get("channel_id")
    found = [
        index
        for index, channel in enumerate(channels)
        if channel.get("channel") == "slack"
        and (not wanted or (channel.get("configs") or {}).get("channel_id") == wanted)
    ]
    if not found:
        return []
    operations = []
    if not any(leads_to(channel, target) for channel in channels):
        operations.append({"op": "add-channel", "value": target})
    if not as_bool(args.get("keep", False)):
        # From the last to the first, so that the indices hold.
        operations += [{"op": "remove-channel", "path": str(index)} for index in reversed(found)]
    return operations


def apply(params):
    args = params.get("args") or {}
    target = destination(args)
    edits = []
    for item in params["webhooks"]:
        operations = patch(item["value"], args, target)
        if operations:
            edits.append({"key": item["key"], "patch": operations})
    return {"edits": edits}


def answer(method, params):
    if method == "initialize":
        if 1 not in params.get("protocols", []):
            return None, {"code": -32003, "message": "no common version", "data": {"supported": [1]}}
        return {"protocol": 1, "version": "1.0.0", "implements": ["transform/apply", "shutdown"]}, None
    if method == "transform/apply":
        try:
            return apply(params), None
        except (ValueError, KeyError, TypeError) as error:
            return None, {"code": -32602, "message": str(error)}
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
        result, error = answer(request["method"], request.get("params") or {})
        reply = {"jsonrpc": "2.0", "id": request["id"]}
        if error is None:
            reply["result"] = result
        else:
            reply["error"] = error
        sys.stdout.buffer.write(json.dumps(reply, ensure_ascii=False).encode() + b"\n")
        sys.stdout.buffer.flush()
        if request["method"] == "shutdown":
            return


if __name__ == "__main__":
    main()
