# Prints the identifiers of the webhooks with curl and jq, a thousand to a page.
# Arguments: base, a file of headers for curl, a file to keep a page in.
set -eu
base=$1 headers=$2 page=$3
cursor=
while :; do
    curl -sSf -H @"$headers" --data '{}' -o "$page" \
        "$base/v1/organizations/webhooks/list?limit=1000${cursor:+&cursor=$cursor}"
    jq -r '.results[].webhook_id' "$page"
    cursor=$(jq -r '.pagination.next_cursor // empty' "$page")
    [ -n "$cursor" ] || break
done
