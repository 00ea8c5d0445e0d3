"""What the benchmarks have in common that ask a loopback server: the server, a folder of their own, homes, processes.

The organization's key and documents stand in files of a private folder that goes.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request

KEY = "sk_test_bench"
HERE = os.path.dirname(os.path.abspath(__file__))
PATH = "/v1/organizations/webhooks/"


def say(text):
    print(text, file=sys.stderr, flush=True)


class Server:
    """`hookline sandbox serve` with a database file; `log` holds its requests when it is verbose."""

    def __init__(self, bench, name, webhooks, verbose=False):
        self.log = os.path.join(bench.folder, name + ".log")
        seed = f"samples:{webhooks}" if webhooks else "none"
        words = [bench.program, "sandbox", "serve", "--port", "0", "--key", KEY, "--seed", seed]
        words += ["--db", os.path.join(bench.folder, name + ".db")] + (["--verbose"] if verbose else [])
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                words, stdout=subprocess.PIPE, stderr=log, env=bench.environment("server"), cwd=bench.folder)
        self.base = json.loads(self.process.stdout.readline())["base"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def list(self):
        """All webhooks as one bare array, and its bytes."""
        request = urllib.request.Request(self.base + PATH, headers={"Authorization": "Bearer " + KEY})
        with urllib.request.urlopen(request) as answer:
            body = answer.read()
        return json.loads(body), len(body)

    def requests(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return sum("method=" in line and "answered" in line for line in log)


class Workspace:
    """A folder for one benchmark: files, homes, and hookline in them."""

    def __init__(self, program, folder):
        self.program, self.folder = os.path.abspath(program), folder
        self.key = self.file("key", KEY + "\n")
        self.headers = self.file("headers", f"Authorization: Bearer {KEY}\nContent-Type: application/json\n")
        self.homes = 0

    def file(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def environment(self, home):
        path = os.path.join(self.folder, home)
        os.makedirs(path, exist_ok=True)
        return {"HOME": path, "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TMPDIR": self.folder}

    def home(self, server, *settings):
        """The environment of a new home with a fresh state folder, whose profile is the server's."""
        self.homes += 1
        environment = self.environment(f"home{self.homes}")
        folder = os.path.join(environment["HOME"], ".config", "hookline")
        os.makedirs(folder, mode=0o700)
        lines = [f"base: {server.base}", f"key: {KEY}", "tier: unlimited", "secrets: plain", "max_changes: none",
                 "max_percent: none", *settings]
        path = os.path.join(folder, "config.yaml")
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
            file.write("default: bench\nprofiles:\n  bench:\n" + "".join(f"    {line}\n" for line in lines))
        return environment

    def run(self, words, environment, measured=False):
        """Runs a program to its end; answers seconds, what it wrote, and its peak in bytes if that is measured.

        The peak is that of the largest process, of a pipeline's too. GNU time tells it, as it starts them from so small a
        process: from Python's own, a program's peak would be at least Python's.
        """
        report = os.path.join(self.folder, "time")
        measuring = ["/usr/bin/time", "-v", "-o", report] if measured else []
        began = time.monotonic()
        result = subprocess.run(
            measuring + words, env=environment, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            check=False)
        seconds = time.monotonic() - began
        if result.returncode != 0:
            sys.exit(f"error: {' '.join(words)!r} ended with {result.returncode}")
        if not measured:
            return seconds, result.stdout, None
        with open(report, encoding="utf-8") as file:
            peak = int(re.search(r"Maximum resident set size \(kbytes\): (\d+)", file.read())[1])
        return seconds, result.stdout, peak * 1024

    def hookline(self, server, text, measured=False):
        """Runs text in a home of its own; answers seconds, the home's environment and the peak in bytes."""
        environment = self.home(server)
        seconds, _, peak = self.run([self.program, "-q", "-c", text], environment, measured)
        return seconds, environment, peak
