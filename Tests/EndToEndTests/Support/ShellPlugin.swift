import Glibc

/// A plugin in POSIX shell that contributes one of everything, written into a home.
enum ShellPlugin {
    static let manifest = """
        {"manifest": 1, "id": "sample", "version": "0.1.0", "summary": "one of everything", "protocols": [1],
         "run": {"argv": ["./sample.sh"]},
         "contributes": {
           "commands": [{"name": "greet", "summary": "greets", "flags": [{"name": "loud", "summary": "louder"}]}],
           "formats": [{"name": "counted", "summary": "how many"}],
           "transforms": [{"name": "rename", "summary": "another name"}],
           "policies": [{"name": "no-forbidden", "summary": "no name with FORBIDDEN in it"}],
           "completions": ["team"], "events": ["committed"]},
         "permissions": {"read": ["webhooks"], "write": ["webhook_name"]}}
        """

    /// Answers each line by what stands in it; keeps what it was sent in `HOME`, which is its own.
    static let program = #"""
        #!/bin/sh
        while IFS= read -r line; do
          printf '%s\n' "$line" >>"$HOME/seen"
          id=$(printf '%s' "$line" | sed -n 's/.*"id":\([0-9]*\).*/\1/p')
          answer() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$1"; }
          case $line in
          *'"initialize"'*) answer '{"protocol":1,"version":"0.1.0","implements":["command/run","format/render","transform/apply","policy/check","event/committed","complete"]}' ;;
          *'"command/run"'*'"loud":true'*) answer '{"exit":0,"text":"HELLO"}' ;;
          *'"command/run"'*) answer '{"exit":3,"text":"\u001b[31mhello"}' ;;
          *'"format/render"'*) answer "{\"text\":\"$(printf '%s' "$line" | grep -o '"webhook_id"' | wc -l) webhooks\"}" ;;
          *'"transform/apply"'*'"steal":'*) answer '{"edits":[{"key":"wh_abc123def4","patch":[{"op":"set","path":"description","value":"x"}]}]}' ;;
          *'"transform/apply"'*) answer '{"edits":[{"key":"wh_abc123def4","patch":[{"op":"set","path":"webhook_name","value":"Renamed"}]}]}' ;;
          *'"policy/check"'*FORBIDDEN*) answer '{"findings":[{"key":"wh_abc123def4","level":"deny","rule":"no-forbidden","message":"not this name"}]}' ;;
          *'"policy/check"'*) answer '{"findings":[]}' ;;
          *'"complete"'*) answer '{"candidates":[{"value":"blue-team","description":"eight people"}]}' ;;
          *'"shutdown"'*) answer null; exit 0 ;;
          *'"id"'*) answer '{}' ;;
          esac
        done
        """#

    /// Writes the plugin's folder and answers its name.
    static func write(to home: Home) throws -> String {
        mkdir(home.file("sample"), 0o700)
        try home.write(manifest, to: "sample/plugin.json")
        try home.write(program, to: "sample/sample.sh")
        chmod(home.file("sample/sample.sh"), 0o755)
        return "sample"
    }
}
