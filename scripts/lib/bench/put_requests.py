"""PUTs documents with requests on 32 threads, each with a session of its own that keeps its connection.

Arguments: base, a file of lines ID<tab>DOCUMENT, a file with the API key. Prints the seconds that the PUTs took.
"""

import queue
import sys
import threading
import time

import requests


def main(base, documents, key):
    work = queue.SimpleQueue()
    for line in open(documents, encoding="utf-8"):
        identifier, document = line.rstrip("\n").split("\t", 1)
        work.put((identifier, document.encode()))
    with open(key, encoding="utf-8") as file:
        headers = {"Authorization": "Bearer " + file.read().strip(), "Content-Type": "application/json"}
    failures = []

    def put_all():
        session = requests.Session()
        session.headers.update(headers)
        while True:
            try:
                identifier, document = work.get_nowait()
            except queue.Empty:
                return
            answer = session.put(f"{base}/v1/organizations/webhooks/{identifier}", data=document)
            if answer.status_code != 200:
                failures.append(answer.status_code)

    threads = [threading.Thread(target=put_all) for _ in range(32)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(time.monotonic() - began)
    if failures:
        sys.exit(f"{len(failures)} requests failed, the first with {failures[0]}")


main(*sys.argv[1:])
