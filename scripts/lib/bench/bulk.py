"""Measures a bulk commit beside what people would use instead, and prints Markdown. Called by scripts/bench bulk.

Everything goes against the same kind of server, `hookline sandbox serve` with a database file, and the table of rates
against one and the same process.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from loopback import HERE, PATH, Server, Workspace, say

# The rows of the table of rates.
WRK = "`wrk -t1 -c32`, 5 s"
REQUESTS = "Python requests, 32 threads"
CURL = "`xargs -P32 curl`"
RUN = "hookline, from the run's beginning to its end"
WHOLE = "hookline, the whole process"


class Bench(Workspace):
    def __init__(self, arguments, folder):
        super().__init__(arguments.program, folder)
        self.count, self.listed, self.rounds = arguments.count, arguments.listed, arguments.rounds

    def documents(self, webhooks, description):
        """What to PUT: the documents as the server gave them, with another description."""
        lines, folder = [], os.path.join(self.folder, "documents")
        shutil.rmtree(folder, ignore_errors=True)
        os.mkdir(folder)
        for webhook in webhooks:
            text = json.dumps({**webhook, "description": description}, ensure_ascii=False, separators=(",", ":"))
            lines.append(f"{webhook['webhook_id']}\t{text}\n")
            with open(os.path.join(folder, webhook["webhook_id"]), "w", encoding="utf-8") as file:
                file.write(text)
        tables = self.file("documents.tsv", "".join(lines)), folder
        # What is written here is on the disk before anything is measured: none pays for it.
        os.sync()
        return tables

    def check(self, server, description):
        webhooks, _ = server.list()
        wrong = sum(webhook["description"] != description for webhook in webhooks)
        if wrong or len(webhooks) != self.count:
            sys.exit(f"error: {wrong} of {len(webhooks)} webhooks are not as {description!r} was to leave them")

    # Those that are compared. Each answers requests and seconds; `mark` is what the documents' descriptions say after.

    def wrk(self, server, webhooks, mark):
        documents, _ = self.documents(webhooks, mark)
        words = ["wrk", "-t1", "-c32", "-d5s", "-s", os.path.join(HERE, "put.lua"), server.base, "--", documents,
                 self.key]
        output = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout
        result = json.loads(output.splitlines()[-1])
        if result["failed"]:
            sys.exit(f"error: {result['failed']} requests of wrk failed")
        return result["requests"], result["microseconds"] / 1e6

    def python(self, server, webhooks, mark):
        documents, _ = self.documents(webhooks, mark)
        words = [sys.executable, os.path.join(HERE, "put_requests.py"), server.base, documents, self.key]
        seconds = float(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout)
        self.check(server, mark)
        return self.count, seconds

    def curl(self, server, webhooks, mark):
        _, folder = self.documents(webhooks, mark)
        words = ["xargs", "-P32", "-I{}", "curl", "-sSf", "-o", "/dev/null", "-X", "PUT", "-H", "@" + self.headers,
                 "--data-binary", f"@{folder}/{{}}", server.base + PATH + "{}"]
        names = "\n".join(os.listdir(folder)) + "\n"
        began = time.monotonic()
        subprocess.run(words, check=True, input=names, text=True)
        seconds = time.monotonic() - began
        self.check(server, mark)
        return self.count, seconds

    def commit(self, server, mark):
        """The run by its own journal, and the whole process."""
        os.sync()
        whole, environment, _ = self.hookline(server, f"select all; set description '{mark}'; commit --yes")
        self.check(server, mark)
        log = subprocess.run(
            [self.program, "log", "1", "--json"], env=environment, cwd=self.folder, check=True,
            stdout=subprocess.PIPE).stdout
        run = json.loads(log)
        confirmed = sum(entry["state"] == "confirmed" for entry in run["entries"])
        if confirmed != self.count:
            sys.exit(f"error: the journal has {confirmed} confirmed of {self.count}")
        return (self.count, seconds_between(run["at"], run["finished"])), (self.count, whole)

    # The tables

    def rates(self):
        """All of them in turns, so that what else the machine does is shared."""
        rows = {name: [] for name in (WRK, REQUESTS, CURL, RUN, WHOLE)}
        with Server(self, "rates", self.count) as server:
            webhooks, _ = server.list()
            for turn in range(1, self.rounds + 1):
                say(f"Rates: {self.count} webhooks, round {turn} of {self.rounds} ...")
                if shutil.which("wrk"):
                    rows[WRK].append(rate(self.wrk(server, webhooks, f"by wrk {turn}")))
                rows[REQUESTS].append(rate(self.python(server, webhooks, f"by requests {turn}")))
                rows[CURL].append(rate(self.curl(server, webhooks, f"by curl {turn}")))
                run, whole = self.commit(server, f"by hookline {turn}")
                rows[RUN].append(rate(run))
                rows[WHOLE].append(rate(whole))
        print(f"{self.count} whole documents, each PUT once (wrk: for 5 s), one server process, {self.rounds} rounds of "
              "all in turns;\nmedians, and from the least to the most:\n")
        print("| | requests/s | of wrk | hookline's run is |")
        print("| --- | --- | --- | --- |")
        for name, rates in rows.items():
            if rates:
                print(f"| {name} | {spread(rates, ',.0f')} | {spread(shares(rates, rows[WRK]), '.0f', ' %')} "
                      f"| {spread([ours / theirs for ours, theirs in zip(rows[RUN], rates)], '.1f', ' ×')} |")
            else:
                print(f"| {name} | not installed | | |")
        print("\nRatios are of the same round. The run's beginning is the reading of the lists' end, its end is behind the"
              " closing\nlist; the whole process has the start, the first list and the plan before it.")

    def requests(self):
        print("\n| changed | of | requests | for each changed |\n| --- | --- | --- | --- |")
        for changed, total in [(1000, 1000), (3, 10000)]:
            say(f"Requests: {changed} of {total} ...")
            with Server(self, f"requests{changed}", total, verbose=True) as server:
                choice = "all" if changed == total else "wh_abc123def4 'Team Search' 'Team Docs'"
                self.hookline(server, f"select {choice}; set description 'counted'; commit --yes")
                count = server.requests()
            print(f"| {changed:,} | {total:,} | {count:,} | {count / changed:.3f} |")

    def memory(self):
        say(f"Memory: {self.listed} webhooks ...")
        with Server(self, "memory", self.listed) as server:
            _, size = server.list()
            _, _, listed = self.hookline(server, "count", measured=True)
            seconds, _, staged = self.hookline(
                server, "select all; set description 'changed everywhere'", measured=True)
        print(f"\n{self.listed:,} webhooks, {size / 1e6:.1f} MB of JSON:\n")
        print("| | peak memory | × the JSON |\n| --- | --- | --- |")
        print(f"| listed | {listed / 1e6:.0f} MB | {listed / size:.1f} |")
        print(f"| listed, each with a staged edit ({seconds:.1f} s) | {staged / 1e6:.0f} MB "
              f"| {staged / size:.1f} |")


def rate(result):
    requests, seconds = result
    return requests / seconds


def shares(rates, wrk):
    """Of each round's wrk, in per cent; nothing without wrk."""
    return [100 * ours / theirs for ours, theirs in zip(rates, wrk)]


def spread(figures, form, unit=""):
    """The median, the least and the most."""
    if not figures:
        return ""
    median, least, most = statistics.median(figures), min(figures), max(figures)
    return f"{median:{form}}{unit} ({least:{form}} to {most:{form}})"


def seconds_between(start, end):
    """Between two times of RFC 3339 in UTC, whose fractions may have nine digits."""
    def parse(text):
        whole, _, fraction = text.rstrip("Z").partition(".")
        return time.mktime(time.strptime(whole, "%Y-%m-%dT%H:%M:%S")), float("0." + (fraction or "0"))
    (start_whole, start_part), (end_whole, end_part) = parse(start), parse(end)
    return end_whole - start_whole + end_part - start_part


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=5000, help="webhooks that are changed")
    parser.add_argument("--listed", type=int, default=100_000, help="webhooks of the measurement of memory")
    parser.add_argument("--rounds", type=int, default=7, help="of the comparison of rates")
    parser.add_argument("--only", choices=["rates", "requests", "memory"])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hookline-bench-") as folder:
        bench = Bench(arguments, folder)
        for name in ["rates", "requests", "memory"]:
            if arguments.only in (None, name):
                getattr(bench, name)()


main()
