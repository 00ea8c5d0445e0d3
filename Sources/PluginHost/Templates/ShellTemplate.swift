/// A plugin in POSIX shell.
enum ShellTemplate {
    static let program = #"""
        #!/bin/sh
        # PLUGIN-ID: a loop over standard input, one JSON message a line. Print nothing else to standard output.
        #
        # The host writes compact JSON, and `jsonrpc`, `id`, `method`, `params` in this order, so that sed can cut them out.
        set -u
        LC_ALL=C

        result() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$1"; }
        failure() { printf '{"jsonrpc":"2.0","id":%s,"error":{"code":%s,"message":"%s"%s}}\n' "$id" "$1" "$2" "${3:-}"; }

        # The first word of argv, if it holds letters, digits and blanks alone.
        word() { printf '%s\n' "$line" | sed -n 's/^.*"argv":\["\([A-Za-z0-9 ]*\)".*$/\1/p'; }

        while IFS= read -r line; do
            head=${line%%'"params":'*}
            id=$(printf '%s\n' "$head" | sed -n 's/^.*"id":\([0-9][0-9]*\).*$/\1/p')
            method=$(printf '%s\n' "$head" | sed -n 's/^.*"method":"\([^"]*\)".*$/\1/p')
            [ -n "$id" ] || continue # a notification: calls are answered in order
            case $method in
            initialize)
                case $line in
                *'"protocols":[1]'* | *'"protocols":[1,'*)
                    result '{"protocol":1,"version":"0.1.0","implements":["command/run","shutdown"]}' ;;
                *) failure -32003 'no common version' ',"data":{"supported":[1]}' ;;
                esac ;;
            command/run)
                name=$(word)
                result '{"exit":0,"text":"hello '"${name:-you}"'\n"}' ;;
            shutdown)
                result null
                exit 0 ;;
            *) failure -32601 'no such method' ;;
            esac
        done

        """#
}
