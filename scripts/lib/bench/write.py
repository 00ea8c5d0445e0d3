"""Puts what a benchmark printed into docs/performance.md, between markers. Called by scripts/bench --write.

begin DOCUMENT PROGRAM "PART..." PART...   checks that the document can take these parts, of all there are, and writes
                                           the machine and the versions
part DOCUMENT PART LOAD                    puts standard input between <!-- bench:PART --> and <!-- /bench:PART -->, with
                                           the day, and the load that the machine had before

Everything outside of the markers stays as it is. The document is replaced in one step.
"""

import datetime
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile


def fail(text):
    sys.exit("error: " + text)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def replace(path, text):
    """As one step, so that an interrupted run leaves one document or the other."""
    handle, new = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".performance")
    with open(handle, "w", encoding="utf-8") as file:
        file.write(text)
    shutil.copymode(path, new)
    os.rename(new, path)


def block(text, part):
    """Where the lines between a part's markers begin and end."""
    found = [match for match in re.finditer(rf"^<!-- bench:{part} -->\n(.*?)^<!-- /bench:{part} -->$", text, re.M | re.S)]
    if len(found) != 1:
        fail(f"the document has {len(found)} places for {part}: <!-- bench:{part} --> and <!-- /bench:{part} --> "
             "belong on lines of their own, once")
    return found[0].span(1)


def put(path, part, content):
    text = read(path)
    start, end = block(text, part)
    content = content.strip()
    replace(path, text[:start] + (content + "\n" if content else "") + text[end:])


def first_line(*words):
    """What a program says of its version; None where it is not installed."""
    if not shutil.which(words[0]):
        return None
    result = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    lines = result.stdout.decode(errors="replace").strip().splitlines()
    return lines[0] if result.returncode == 0 and lines else None


def version(name, *words):
    line = first_line(*words)
    number = re.search(r"\d+(\.\d+)+|\d[\w.]+", line or "")
    return f"{name} {number[0]}" if number else None


def python_version(module):
    """Of the Python that measures: the one on the path, or Debian's where that lacks the module."""
    for python in ["python3", "/usr/bin/python3"]:
        found = version(module, python, "-c", f"import {module}; print({module}.__version__)")
        if found:
            return found
    return None


def machine(program):
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    model = re.search(r"^model name\s*:\s*(.*)$", read("/proc/cpuinfo"), re.M)
    model = model[1].strip() if model else platform.machine()
    tools = [
        version("hookline", program, "--version"), version("Swift", "swift", "--version"),
        version("hyperfine", "hyperfine", "--version"), version("curl", "curl", "--version"),
        version("jq", "jq", "--version"), version("Python", "python3", "--version"), python_version("requests"),
        python_version("httpx"), version("http-prompt", "http-prompt", "--version"),
        version("SQLite", "sqlite3", "--version"), version("tclsh", "sh", "-c", "echo 'puts [info patchlevel]' | tclsh"),
        wrk(),
    ]
    lines = [f"Machine: {model}, {os.cpu_count()} cores, {memory:.0f} GiB; {system}.", ""]
    return "\n".join(lines + wrapped(", ".join(tool for tool in tools if tool) + "."))


def wrk():
    # Its status says failure whenever it measures nothing.
    return version("wrk", "sh", "-c", "wrk --version 2>&1 | head -n 1") if shutil.which("wrk") else None


def wrapped(text, width=120):
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def begin(path, program, every, *parts):
    text = read(path)
    for part in parts:
        block(text, part)
    start, end = block(text, "machine")
    new, old = machine(program), text[start:end].strip()
    if old and old != new and set(parts) != set(every.split()):
        fail("the document tells of another machine or of other versions; write all parts, or none of these:\n"
             f"{old}\n-- here it is --\n{new}")
    if old != new:
        # What is there is of another machine, and would be taken for this one's if the run does not come to its end.
        for part in every.split():
            put(path, part, "")
    put(path, "machine", new)


def part(path, name, load):
    today = datetime.date.today()
    day = f"{today.day}{ordinal(today.day)} of {today:%B %Y}"
    content = sys.stdin.read().strip()
    if not content:
        fail(f"{name} printed nothing")
    if not re.search(r"^\|", content, re.M):
        content = f"```figures\n{content}\n```"  # Columns of a part that prints no tables.
    put(path, name, f"On the {day}; the load was {load} before.\n\n{content}")


def ordinal(day):
    return "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


{"begin": begin, "part": part}[sys.argv[1]](*sys.argv[2:])
