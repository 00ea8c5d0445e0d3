"""Measures listing and filtering beside what people would use instead, and prints Markdown. Called by scripts/bench lists.

Every program is a process of its own that asks the same `hookline sandbox serve` and prints identifiers, which have to be
the same. One run of each after the other, then the next, so that what else the machine does is shared by all.
"""

import argparse
import math
import os
import shutil
import statistics
import sys
import tempfile

from loopback import HERE, PATH, Server, Workspace, say

FILTER = "active and events has object.created"
JQ_FILTER = 'select(.is_active and (.event_types | index("object.created")))'
SQL = """
select json_extract(webhook.value, '$.webhook_id') from json_each(readfile('list.json')) as webhook
where json_extract(webhook.value, '$.is_active') and exists (
    select 1 from json_each(webhook.value, '$.event_types') as event where event.value = 'object.created');
"""
# Of the programs, the one that prints nothing.
SILENT = "`curl` alone, which is the server's time"


class Task:
    """Programs that are to print the same identifiers; `reference` is the one that the goal names."""

    def __init__(self, title, reference, programs):
        self.title, self.reference, self.programs = title, reference, programs
        self.seconds = {}  # by program and size: one for each run
        self.peaks = {}  # by program: bytes, of the largest size

    def median(self, program, size):
        return statistics.median(self.seconds[program, size])


class Bench(Workspace):
    def __init__(self, program, folder, sizes, runs):
        super().__init__(program, folder)
        self.sizes, self.runs = sizes, runs
        self.body = None
        self.file("list.sql", SQL)

    def tasks(self):
        """By name, the words that run each program against a server; None where it is not installed."""
        ours, whole, active = "hookline", "`curl \\| jq`", "`curl \\| jq`, with `select`"
        tasks = [
            Task("Identifiers of all, from one array", whole, {
                SILENT: self.curl("> /dev/null"),
                ours: self.hookline("get-list", "ls --format ids"),
                whole: self.curl("| jq -r '.[].webhook_id'"),
                "Python requests": self.python("requests", "all"),
                "Python httpx": self.python("httpx", "all"),
                "http-prompt, with jq behind it": self.http_prompt(),
            }),
            Task("Identifiers of the active ones that are sent `object.created`, from one array", active, {
                ours: self.hookline("get-list", "ls --format ids where " + FILTER),
                active: self.curl(f"| jq -r '.[] | {JQ_FILTER} | .webhook_id'"),
                "Python requests": self.python("requests", "active"),
                "Python httpx": self.python("httpx", "active"),
                "`curl` to a file, then `sqlite3` with `json_each`": self.curl("-o list.json && sqlite3 :memory: < list.sql"),
            }),
            Task("Identifiers of all, in pages of a thousand", "`curl` and `jq` in a loop", {
                ours: self.hookline("post-list", "ls --format ids"),
                "`curl` and `jq` in a loop": self.shell_loop(),
                "Python requests, one session": self.python("requests", "pages"),
                "Python httpx, one client": self.python("httpx", "pages"),
            }),
        ]
        for task in tasks:
            task.programs = {name: words for name, words in task.programs.items() if words}
        return tasks

    # Those that are compared. Each answers what makes its words and environment for a server.

    def hookline(self, dialect, text):
        def start(server):
            return [self.program, "-q", "-c", text], self.home(server, "dialect: " + dialect)
        return start

    def curl(self, rest):
        def start(server):
            return ["sh", "-c", f"curl -sSf -H @{self.headers} {server.base}{PATH} {rest}"], self.environment("other")
        return start

    def shell_loop(self):
        def start(server):
            page = os.path.join(self.folder, "page.json")
            words = ["sh", os.path.join(HERE, "list_pages.sh"), server.base, self.headers, page]
            return words, self.environment("other")
        return start

    def python(self, library, what):
        def start(server):
            words = [sys.executable, os.path.join(HERE, "list_ids.py"), library, what, server.base, self.key]
            return words, self.environment("other")
        return start

    def http_prompt(self):
        if not shutil.which("http-prompt"):
            return None

        def start(server):
            words = [sys.executable, os.path.join(HERE, "list_http_prompt.py"), server.base, self.key]
            return words, self.environment("other")
        return start

    # Measuring

    def measure(self, tasks, size):
        with Server(self, f"lists{size}", size) as server:
            webhooks, body = server.list()
            if len(webhooks) != size:
                sys.exit(f"error: the server has {len(webhooks)} webhooks instead of {size}")
            del webhooks
            for task in tasks:
                say(f"{size:,} webhooks: {task.title} ...")
                started = {name: start(server) for name, start in task.programs.items()}
                self.warm_up(task, size, started)
                for _ in range(self.runs or runs_for(size)):
                    for name, (words, environment) in started.items():
                        seconds, _, _ = self.run(words, environment)
                        task.seconds.setdefault((name, size), []).append(seconds)
        if size == self.sizes[-1]:
            self.body = body

    def measure_start(self, tasks):
        """hookline's start beside its smallest list, in turns: the few milliseconds between them decide the growth."""
        smallest = self.sizes[0]
        say(f"0 and {smallest:,} webhooks in turns ...")
        with Server(self, "start", 0) as none, Server(self, "smallest", smallest) as some:
            for task in tasks:
                start = task.programs["hookline"]
                started = [(0, start(none)), (smallest, start(some))]
                for _ in range(TURNS):
                    for size, (words, environment) in started:
                        task.seconds["hookline", size].append(self.run(words, environment)[0])

    def warm_up(self, task, size, started):
        """One run that does not count: what is printed is compared, and the largest size's memory is measured."""
        expected = None
        for name, (words, environment) in started.items():
            _, output, peak = self.run(words, environment, measured=True)
            task.peaks[name] = peak
            if name == SILENT:
                continue
            expected = output if expected is None else expected
            if output != expected or bool(output) != bool(size):
                sys.exit(f"error: with {size} webhooks, {name} prints other identifiers than {next(iter(started))}")

    # Printing

    def table(self, task):
        print(f"\n{task.title}:\n")
        heads = ["", *(f"{size:,} webhooks" for size in self.sizes), f"× hookline's time, {self.sizes[-1]:,}",
                 "grows with webhooks^ (without its start / whole)", "peak memory", "× the body"]
        print("| " + " | ".join(heads) + " |\n|" + " --- |" * len(heads))
        for name in task.programs:
            largest = self.sizes[-1]
            cells = [name, *(spread(task.seconds[name, size]) for size in self.sizes),
                     f"{task.median(name, largest) / task.median('hookline', largest):.2f} ×", self.growth(task, name),
                     f"{task.peaks[name] / 1e6:.0f} MB", f"{task.peaks[name] / self.body:.1f}"]
            print("| " + " | ".join(cells) + " |")

    def exponent(self, task, name, is_start_counted=False):
        """Of the least-squares line through the logarithms of the least times, without what no webhooks at all take unless
        that is counted. None if a size does not rise above it."""
        start = 0 if is_start_counted else min(task.seconds[name, 0])
        points = [(math.log(size), min(task.seconds[name, size]) - start) for size in self.sizes]
        if len(points) < 2 or min(seconds for _, seconds in points) <= 0:
            return None
        points = [(x, math.log(seconds)) for x, seconds in points]
        mean_x, mean_y = (statistics.fmean(values) for values in zip(*points))
        return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)

    def growth(self, task, name):
        found = [self.exponent(task, name), self.exponent(task, name, is_start_counted=True)]
        return " / ".join("?" if exponent is None else f"{exponent:.2f}" for exponent in found)

    def goals(self, tasks):
        print("\n| goal | | |\n| --- | --- | --- |")
        largest = self.sizes[-1]
        first = tasks[0]
        share = first.median("hookline", largest) / first.median(first.reference, largest)
        print(f"| faster than {first.reference}, {largest:,} webhooks | {share:.2f} of its time | {verdict(share < 1)} |")
        for task in tasks:
            memory, exponent = task.peaks["hookline"] / self.body, self.exponent(task, "hookline")
            what = task.title[0].lower() + task.title[1:]
            print(f"| at most 3 times the body in memory: {what} | {memory:.2f} | {verdict(memory <= 3)} |")
            found = ("?", "lost in the noise") if exponent is None else (f"{exponent:.2f}", verdict(exponent <= 1.1))
            print(f"| an exponent of 1.1 at most, without its start: {what} | {found[0]} | {found[1]} |")

    def report(self):
        tasks = self.tasks()
        for size in [0, *self.sizes]:
            self.measure(tasks, size)
        self.measure_start(tasks)
        print(f"{self.sizes[-1]:,} webhooks are {self.body / 1e6:.1f} MB of JSON. Medians, and from the least to the most,"
              " of whole\nprocesses, start included:")
        for task in tasks:
            self.table(task)
        print("\nGrowth is the slope of the least-squares line through the logarithms of the least times: once what the same"
              " takes\nwith no webhooks at all (start and one request) is subtracted, and as measured. Memory is the peak of a"
              " program's\nlargest process.")
        self.goals(tasks)


# Of hookline's start and its smallest list.
TURNS = 100


def runs_for(size):
    """Fewer of what takes longer."""
    return 30 if size <= 1_000 else 9 if size <= 10_000 else 7


def spread(seconds):
    middle, least, most = statistics.median(seconds), min(seconds), max(seconds)
    if most < 1:
        return f"{middle * 1e3:.0f} ms ({least * 1e3:.0f} to {most * 1e3:.0f})"
    return f"{middle:.2f} s ({least:.2f} to {most:.2f})"


def verdict(is_reached):
    return "reached" if is_reached else "missed"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--sizes", default="1000,10000,100000", help="webhooks, from few to many, with commas between")
    parser.add_argument("--runs", type=int, help="of each program and size; 7 to 30 otherwise")
    arguments = parser.parse_args()
    sizes = sorted(int(size) for size in arguments.sizes.split(","))
    with tempfile.TemporaryDirectory(prefix="hookline-bench-") as folder:
        Bench(arguments.program, folder, sizes, arguments.runs).report()


main()
