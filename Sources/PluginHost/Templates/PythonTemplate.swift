/// A plugin in Python without packages.
enum PythonTemplate {
    static let program = #"""
        #!/usr/bin/env python3
        """PLUGIN-ID: a loop over standard input, one JSON message a line. Print nothing else to standard output."""

        import json
        import sys


        def hello(params):
            name = (params.get("argv") or ["you"])[0]
            count = len(params.get("selection") or [])
            return {"exit": 0, "text": f"hello {name}, {count} webhooks are selected\n"}


        COMMANDS = {"PLUGIN-ID": hello}


        def answer(method, params):
            """A result and no error, or no result and an error."""
            if method == "initialize":
                if 1 not in params.get("protocols", []):
                    return None, {"code": -32003, "message": "no common version", "data": {"supported": [1]}}
                return {"protocol": 1, "version": "0.1.0", "implements": ["command/run", "shutdown"]}, None
            if method == "command/run":
                command = COMMANDS.get(params.get("name"))
                if command is None:
                    return None, {"code": -32602, "message": "no such command"}
                return command(params), None
            if method == "shutdown":
                return None, None
            return None, {"code": -32601, "message": "no such method"}


        for line in sys.stdin.buffer:
            message = json.loads(line)
            if "method" not in message or "id" not in message:
                continue  # a notification, $/cancel for one: calls are answered in order
            result, error = answer(message["method"], message.get("params") or {})
            reply = {"jsonrpc": "2.0", "id": message["id"]}
            reply.update({"result": result} if error is None else {"error": error})
            sys.stdout.buffer.write(json.dumps(reply).encode() + b"\n")
            sys.stdout.buffer.flush()
            if message["method"] == "shutdown":
                break

        """#
}
