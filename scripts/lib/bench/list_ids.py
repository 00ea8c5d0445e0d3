"""Prints the identifiers of the webhooks, as a script with requests or httpx would.

Arguments: requests or httpx, all or active or pages, base, a file with the API key. `active` is the benchmark's filter;
`pages` goes through the list a thousand at a time, on one connection.
"""

import importlib
import sys

PATH = "/v1/organizations/webhooks/"


def main(library, what, base, key):
    client = importlib.import_module(library)
    with open(key, encoding="utf-8") as file:
        headers = {"Authorization": "Bearer " + file.read().strip()}
    if what == "pages":
        webhooks = pages(client.Session() if library == "requests" else client.Client(), base, headers)
    else:
        answer = client.get(base + PATH, headers=headers, timeout=120)
        answer.raise_for_status()
        webhooks = answer.json()
    if what == "active":
        webhooks = (one for one in webhooks if one["is_active"] and "object.created" in one["event_types"])
    sys.stdout.write("".join(one["webhook_id"] + "\n" for one in webhooks))


def pages(session, base, headers):
    parameters = {"limit": "1000"}
    while True:
        answer = session.post(base + PATH + "list", params=parameters, json={}, headers=headers, timeout=120)
        answer.raise_for_status()
        page = answer.json()
        yield from page["results"]
        cursor = page["pagination"]["next_cursor"]
        if not cursor:
            return
        parameters["cursor"] = cursor


main(*sys.argv[1:])
