"""Opens pages in a headless Chromium and fails where they are not as a page is to be.

    check_page.py [--browser PATH] [--screenshots FOLDER] PAGE...

Each page is a file, opened in wide and narrow windows, in the light and the dark scheme. It may say nothing on the console,
ask for nothing but itself, run no script, and open no dialog; no element may be wider than the window, unless it scrolls by
itself; every plot has to be seen, with its texts within it; and every text has to stand out from what is behind it (4.5 to 1,
WCAG 2.2, 1.4.3). One line a page and window says `ok` or what is wrong; the exit status is 1 if anything was.

It speaks the DevTools protocol over two pipes, one JSON message after another with a zero byte behind each.
"""

import argparse
import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import sys
import tempfile
import time

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
WINDOWS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
PATIENCE = 120

# Returns what is wrong with the page as it is shown, as a list of sentences.
INSPECTION = r"""
(() => {
  const faults = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) faults.push(`the page is ${document.documentElement.scrollWidth} wide`);
  if (document.scripts.length) faults.push("it has a script");
  const scrolls = element => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if ((box.right > width + 1 || box.left < -1) && !scrolls(element)) {
      faults.push(`${element.tagName} reaches from ${box.left} to ${box.right}`);
    }
  }
  const plots = [...document.querySelectorAll("svg")];
  if (!plots.length) faults.push("it has no plot");
  for (const plot of plots) {
    const name = plot.getAttribute("aria-label");
    const box = plot.getBoundingClientRect();
    if (box.width < 100 || box.height < 20) faults.push(`the plot ${name} is ${box.width} × ${box.height}`);
    if (!plot.querySelector("rect")) faults.push(`the plot ${name} is empty`);
    for (const text of plot.querySelectorAll("text")) {
      const inner = text.getBoundingClientRect();
      if (inner.left < box.left - 1 || inner.right > box.right + 1 || inner.top < box.top - 1 || inner.bottom > box.bottom + 1) {
        faults.push(`“${text.textContent}” is cut off in ${name}`);
      }
      if (inner.height < 8) faults.push(`“${text.textContent}” is ${inner.height} high in ${name}`);
    }
  }

  const colour = text => {
    const numbers = text.match(/[\d.]+/g).map(Number);
    return {rgb: numbers.slice(0, 3), alpha: numbers.length > 3 ? numbers[3] : 1};
  };
  const over = (top, below) => top.rgb.map((part, index) => part * top.alpha + below[index] * (1 - top.alpha));
  const luminance = rgb => {
    const [r, g, b] = rgb.map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const probe = document.createElement("div");
  probe.style.backgroundColor = "Canvas";
  document.body.append(probe);
  const canvas = colour(getComputedStyle(probe).backgroundColor).rgb;
  probe.remove();
  const behind = element => {
    const chain = [];
    for (let at = element; at; at = at.parentElement) chain.unshift(at);
    let rgb = chain.reduce((below, at) => over(colour(getComputedStyle(at).backgroundColor), below), canvas);
    if (element.tagName === "text") {
      const box = element.getBoundingClientRect();
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      for (const rect of element.ownerSVGElement.querySelectorAll("rect")) {
        const area = rect.getBoundingClientRect();
        if (x < area.left || x > area.right || y < area.top || y > area.bottom) continue;
        const style = getComputedStyle(rect);
        rgb = over({rgb: colour(style.fill).rgb, alpha: Number(style.fillOpacity)}, rgb);
      }
    }
    return rgb;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || seen.has(element) || element.tagName === "title" || !element.getClientRects().length) continue;
    seen.add(element);
    const style = getComputedStyle(element);
    const below = behind(element);
    const own = over(colour(element.tagName === "text" ? style.fill : style.color), below);
    const ratio = contrast(own, below);
    if (ratio < 4.5) faults.push(`“${node.textContent.trim().slice(0, 40)}” stands out by ${ratio.toFixed(1)} to 1`);
  }
  return {faults: faults.slice(0, 20), plots: plots.length, texts: seen.size};
})()
"""


class Browser:
    """A headless Chromium with a profile of its own, driven over pipes."""

    def __init__(self, path, folder):
        inward, self.requests = os.pipe()
        self.answers, outward = os.pipe()

        def places():
            # Chromium reads requests from 3 and writes to 4. The originals are moved away first: they may be 3 or 4.
            first, second = os.dup2(inward, 63), os.dup2(outward, 64)
            os.dup2(first, 3)
            os.dup2(second, 4)

        words = [
            path, "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-extensions", "--hide-scrollbars",
            "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder}",
        ]
        # Its sandbox cannot be had by root; what is opened are files that the test made.
        if os.geteuid() == 0:
            words.append("--no-sandbox")
        self.process = subprocess.Popen(
            words + ["about:blank"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=places, close_fds=False, env=dict(os.environ, HOME=folder))
        os.close(inward)
        os.close(outward)
        self.number = 0
        self.rest = b""
        self.events = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = None
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def stop(self):
        self.process.kill()
        self.process.wait()

    def message(self, deadline):
        while b"\0" not in self.rest:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.answers], [], [], left)[0]:
                raise SystemExit("error: the browser does not answer")
            piece = os.read(self.answers, 1 << 16)
            if not piece:
                raise SystemExit(f"error: the browser ended with {self.process.wait()}")
            self.rest += piece
        line, self.rest = self.rest.split(b"\0", 1)
        return json.loads(line)

    def call(self, method, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        if getattr(self, "session", None):
            request["sessionId"] = self.session
        os.write(self.requests, json.dumps(request).encode() + b"\0")
        deadline = time.monotonic() + PATIENCE
        while True:
            message = self.message(deadline)
            if message.get("id") != self.number:
                self.events.append(message)
            elif "error" in message:
                raise SystemExit(f"error: {method}: {message['error']['message']}")
            else:
                return message["result"]

    def wait(self, method):
        deadline = time.monotonic() + PATIENCE
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.message(deadline))

    def open(self, page, width, scheme):
        """Shows a page; what is wrong with it, as sentences, and how much of it there is."""
        for domain in ["Page", "Network", "Log", "Runtime"]:
            self.call(domain + ".enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        address = pathlib.Path(page).resolve().as_uri()
        self.events = []
        self.call("Page.navigate", url=address)
        self.wait("Page.loadEventFired")
        shown = self.call("Runtime.evaluate", expression=INSPECTION, returnByValue=True)
        if "exceptionDetails" in shown:
            raise SystemExit(f"error: {shown['exceptionDetails']['exception'].get('description')}")
        found = shown["result"]["value"]
        return found["faults"] + self.noise(address), found

    def noise(self, address):
        """What a page that needs nothing does not do."""
        faults = []
        for event in self.events:
            method, parameters = event.get("method"), event.get("params", {})
            if method == "Network.requestWillBeSent" and parameters["request"]["url"] != address:
                faults.append("it asks for " + parameters["request"]["url"])
            elif method == "Log.entryAdded":
                faults.append("console: " + parameters["entry"]["text"])
            elif method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Page.javascriptDialogOpening"):
                faults.append(f"{method}: {json.dumps(parameters)[:200]}")
        return faults

    def picture(self, path):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        area = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 4000), "scale": 1}
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=area)
        pathlib.Path(path).write_bytes(base64.b64decode(shot["data"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", metavar="PAGE")
    parser.add_argument("--browser", default=next(filter(None, map(shutil.which, BROWSERS)), None))
    parser.add_argument("--screenshots", metavar="FOLDER", help="keep what was seen as PNG")
    options = parser.parse_args()
    if options.browser is None:
        raise SystemExit("error: there is none of " + ", ".join(BROWSERS))
    failed = False
    with tempfile.TemporaryDirectory(prefix="hookline-browser-", ignore_cleanup_errors=True) as folder:
        browser = Browser(options.browser, folder)
        try:
            for page in options.pages:
                for width, scheme in WINDOWS:
                    faults, found = browser.open(page, width, scheme)
                    name = f"{pathlib.Path(page).stem}, {width} {scheme}"
                    print(f"{name}: " + ("; ".join(faults) or f"ok, {found['plots']} plots, {found['texts']} texts"))
                    failed = failed or bool(faults)
                    if options.screenshots:
                        browser.picture(os.path.join(options.screenshots, f"{pathlib.Path(page).stem}-{width}-{scheme}.png"))
        finally:
            browser.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
