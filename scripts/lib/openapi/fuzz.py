"""Holds `hookline sandbox serve` to the OpenAPI document that it serves, with schemathesis. Called by scripts/test --full.

For each dialect a server of its own, on loopback, with a fixed key and the samples: requests that fit the document, requests
that do not, and chains of requests that follow its links. Every answer has to be one that the document declares. What sets
faults goes against a server of its own, since faults are answers that nobody declared. The same seed makes the same
requests.

Exit status: 0 nothing was found, 1 something was, 2 it could not be run. Without schemathesis a line says so, and it is 0.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile

KEY = "sk_test_openapi"
FAULTS = "/v1/sandbox/faults"
# Each with the server's dialect, what is left out or let in, and what the run is called. No link leads to faults.
RUNS = [
    ("get-list", ["--exclude-operation-id", "set_faults"], "list by GET"),
    ("post-list", ["--exclude-operation-id", "set_faults"], "list by POST"),
    ("both", ["--include-path", FAULTS, "--phases", "coverage,fuzzing"], "faults"),
]


def say(text):
    print(text, file=sys.stderr, flush=True)


def version():
    """Schemathesis's, as numbers; None where it is not there."""
    try:
        import schemathesis
    except ImportError:
        return None
    return tuple(int(part) for part in schemathesis.__version__.split(".")[:2])


class Server:
    """`hookline sandbox serve`, listening. It has to end well, and to have nothing to complain of."""

    def __init__(self, program, dialect, folder):
        self.log = os.path.join(folder, dialect + ".log")
        words = [program, "sandbox", "serve", "--port", "0", "--key", KEY, "--dialect", dialect]
        words += ["--seed", "samples:40", "--verbose"]
        variables = {"HOME": folder, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no"}
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, env=variables, cwd=folder)
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"error: {program} sandbox serve did not start: {self.complaints()}")
        self.base = json.loads(line)["base"]

    def stop(self):
        """What was wrong with its end; nothing if all was well."""
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        return [f"the server ended with {status}"] * (status != 0) + self.complaints()

    def complaints(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return [line.rstrip() for line in log if re.match(r"\S+ (error|critical) |.*Fatal error", line)]


def run(options, dialect, selection, folder):
    """Whether the server holds to its document; what schemathesis says goes to standard error where it does not."""
    server = Server(options.hookline, dialect, folder)
    words = [
        sys.executable, "-m", "schemathesis.cli", "run", server.base + "/openapi.json",
        "--header", f"Authorization: Bearer {KEY}", "--max-examples", str(options.examples), "--seed", str(options.seed),
        "--request-timeout", "30", "--generation-database", "none", "--continue-on-failure", "--no-color",
    ]
    variables = dict(os.environ, HOME=folder, COLUMNS="120", PYTHONDONTWRITEBYTECODE="1")
    try:
        found = subprocess.run(
            words + selection, cwd=folder, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=options.seconds)
        text, status = found.stdout.decode("utf-8", "replace"), found.returncode
    except subprocess.TimeoutExpired as late:
        text, status = (late.stdout or b"").decode("utf-8", "replace"), f"more than {options.seconds} s"
    finally:
        complaints = server.stop()
    if status == 0 and not complaints:
        counts = [line.strip() for line in text.splitlines() if " generated" in line]
        return True, counts[0] if counts else "done"
    say(text)
    return False, "; ".join(([f"schemathesis ended with {status}"] if status != 0 else []) + complaints)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hookline", help="the program")
    parser.add_argument("--examples", type=int, default=60, help="cases an operation; 60")
    parser.add_argument("--seed", type=int, default=1, help="of what is made up; 1")
    parser.add_argument("--seconds", type=int, default=300, help="the most that each of the runs may take; 300")
    options = parser.parse_args()
    options.hookline = os.path.abspath(options.hookline)

    found = version()
    if found is None or found < (4, 0):
        say("Skipped: " + (f"schemathesis {found[0]} is too old" if found else "Python has no schemathesis")
            + " (python3 -m pip install 'schemathesis>=4')")
        return 0
    failed = False
    for dialect, selection, name in RUNS:
        with tempfile.TemporaryDirectory(prefix="hookline-openapi-") as folder:
            is_well, summary = run(options, dialect, selection, folder)
        say(f"{'ok' if is_well else 'FAILED'}: {name}: {summary}")
        failed = failed or not is_well
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
