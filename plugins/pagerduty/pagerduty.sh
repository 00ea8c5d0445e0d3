#!/bin/sh
# A channel kind: pagerduty configs to an HTTP channel that the API knows, and back.
#
# The host writes compact JSON, and `jsonrpc`, `id`, `method`, `params` in this order: what is needed can be cut out. A
# quote inside a text is escaped, so that a pattern that begins with a bare quote finds members and nothing else.
set -u
LC_ALL=C

endpoint=https://events.pagerduty.com/v2/enqueue

# member NAME TEXT: the value of the last member that is a plain text. Empty where there is none, or where it holds an
# escape: no key and no severity does.
member() {
    printf '%s\n' "$2" | sed -n 's/^.*\("'"$1"'":"[^"\\]*"\).*$/\1/p' | sed 's/^"[^"]*":"//; s/"$//'
}

result() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$1"; }
failure() { printf '{"jsonrpc":"2.0","id":%s,"error":{"code":%s,"message":"%s"}}\n' "$id" "$1" "$2"; }

# The findings of validate/channel, one item after the other.
validate() {
    printf '%s\n' "$line" | awk '
        function member(name, text,   start, rest) {
            start = index(text, "\"" name "\":\"")
            if (!start) return ""
            rest = substr(text, start + length(name) + 4)
            return substr(rest, 1, index(rest, "\"") - 1)
        }
        function finding(key, place, message) {
            printf "%s{\"key\":\"%s\",\"level\":\"deny\",\"rule\":\"pagerduty\",\"path\":\"channels[%s].configs.%s\",\"message\":\"%s\"}",
                separator, key, index_, place, message
            separator = ","
        }
        {
            count = split($0, items, /\{"key":"/)
            for (i = 2; i <= count; i++) {
                key = substr(items[i], 1, index(items[i], "\"") - 1)
                match(items[i], /"index":[0-9]+/)
                index_ = substr(items[i], RSTART + 8, RLENGTH - 8)
                routing = member("routing_key", items[i])
                severity = member("severity", items[i])
                if (length(routing) != 32 || routing !~ /^[0-9A-Za-z]+$/)
                    finding(key, "routing_key", "an integration key is 32 letters and digits")
                if (severity != "" && severity !~ /^(critical|error|warning|info)$/)
                    finding(key, "severity", "critical, error, warning or info")
            }
        }'
}

lower() {
    configs=${line#*'"configs":'}
    key=$(member routing_key "$configs")
    severity=$(member severity "$configs")
    if [ -z "$key" ]; then
        failure -32602 'routing_key is missing'
        return
    fi
    result '{"channel":{"channel":"webhook","configs":{"url":"'"$endpoint"'","method":"POST","payload_template":{"routing_key":"'"$key"'","event_action":"trigger","payload":{"summary":"{{event_type}}","source":"mixpeek","severity":"'"${severity:-error}"'"}}}}}'
}

recognize() {
    case $line in
    *'"url":"'"$endpoint"'"'*) ;;
    *)
        result '{"channel":null}'
        return
        ;;
    esac
    key=$(member routing_key "$line")
    severity=$(member severity "$line")
    if [ -z "$key" ]; then
        result '{"channel":null}'
        return
    fi
    result '{"channel":{"channel":"pagerduty","configs":{"routing_key":"'"$key"'","severity":"'"${severity:-error}"'"}}}'
}

while IFS= read -r line; do
    head=${line%%'"params":'*}
    id=$(printf '%s\n' "$head" | sed -n 's/^.*"id":\([0-9][0-9]*\).*$/\1/p')
    method=$(member method "$head")
    # A notification has no id; calls are answered in order, so there is nothing left to cancel when it is read.
    [ -n "$id" ] || continue
    case $method in
    initialize)
        case $line in
        *'"protocols":[1]'* | *'"protocols":[1,'*)
            result '{"protocol":1,"version":"1.0.0","implements":["validate/channel","channel/lower","channel/recognize","shutdown"]}'
            ;;
        *) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32003,"message":"no common version","data":{"supported":[1]}}}\n' "$id" ;;
        esac
        ;;
    validate/channel) result '{"findings":['"$(validate)"']}' ;;
    channel/lower) lower ;;
    channel/recognize) recognize ;;
    shutdown)
        result null
        exit 0
        ;;
    *) failure -32601 'no such method' ;;
    esac
done
