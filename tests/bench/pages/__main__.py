"""Measures what a problem page costs a slow phone: bytes, requests, and when it is there.

    python -m tests.bench.pages [--rounds 3] [--json]

The phone has a line of 1.6 Mbit/s with 150 ms to the server, and a quarter of this processor.
*Cold* is a first visit with nothing kept, *warm* the same page again, *later* another problem of
the set. *Solution* is what happens on the first page when a stored solution of 300 tokens is asked
for. *Figure* is a problem that shows a plot, *drawing* one whose answer is drawn. Each number is
the median of the rounds, beside what it may be at most on an ordinary processor; the last line
says how much slower this one is.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.support.chromium import launch_options
from tests.browser.support.keyboard import Reader
from tests.browser.support.site import Site, running_site
from tests.processor import slowness

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
LATENCY_MS, BYTES_PER_S, SLOWER = 150, 200_000, 4
SETTLED_S = 1.5  # without a further request
MAX_WAIT_S = 60
PROBLEMS = """
from tests.bench.pages.problems_with_figures import assigned
from tests.bench.pages.stored_solution import store
from tutor.assignments.models import Item
items = Item.objects.filter(problem_set__title="Warming up").order_by("position")[:2]
store(items[0])
print(*(item.get_absolute_url() for item in (*items, *assigned())))
"""
# Who has watched a solution finds it on the page, instead of asking for it.
FORGET = "from tutor.solutions.models import SolutionView\nSolutionView.objects.all().delete()"
ENDED = "[data-part=bar][data-now=ended]"
ASK = "[data-part=ask] button"
# A locator would look at the page in each frame, which takes time from it.
UNTIL_ENDED = f"""() => new Promise((resolve) => {{
  const look = () => document.querySelector("{ENDED}") && resolve();
  new MutationObserver(look).observe(
    document.querySelector("[data-part=bar]"), {{attributes: true}});
  look();
}})"""
OBSERVE = """
window.timing = {lcp: 0, cls: 0, task: 0};
const observe = (type, take) => new PerformanceObserver(
  list => list.getEntries().forEach(take)).observe({type, buffered: true});
observe("largest-contentful-paint", entry => { window.timing.lcp = entry.startTime });
observe("layout-shift", entry => {
  if (!entry.hadRecentInput) window.timing.cls += entry.value });
observe("longtask", entry => {
  window.timing.task = Math.max(window.timing.task, entry.duration) });
"""
TIMING = """() => ({...window.timing,
  fcp: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0})"""


@dataclass(frozen=True)
class Visit:
    """kilobytes: transferred, headers included. shift: the cumulative layout shift."""

    kilobytes: float
    requests: float
    first_paint_s: float
    largest_paint_s: float
    shift: float
    longest_task_ms: float


NO_LIMIT = float("inf")
FIRST_VISIT = Visit(250, 15, 1.8, 2.5, 0.05, 200)
LATER_VISIT = Visit(40, NO_LIMIT, 0.8, 0.8, 0.05, 200)
AT_MOST = {
    "cold": FIRST_VISIT,
    "warm": LATER_VISIT,
    "later": LATER_VISIT,
    "solution": Visit(40, NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT, 100),
    "figure, cold": FIRST_VISIT,
    "figure, warm": LATER_VISIT,
    "figure, later": LATER_VISIT,
    "drawing, cold": FIRST_VISIT,
    "drawing, warm": LATER_VISIT,
    "drawing, later": LATER_VISIT,
}


class Phone:
    """A slow one, that counts what it loads."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.page.add_init_script(OBSERVE)
        self.bytes = 0
        self.requests: set[str] = set()
        self.changed_at = time.monotonic()
        devtools = context.new_cdp_session(self.page)
        devtools.on("Network.requestWillBeSent", self._asked)
        devtools.on("Network.requestServedFromCache", self._served_from_cache)
        devtools.on("Network.loadingFinished", self._finished)
        devtools.send("Network.enable")
        line = {"downloadThroughput": BYTES_PER_S, "uploadThroughput": BYTES_PER_S}
        devtools.send(
            "Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY_MS, **line}
        )
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def _asked(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self.requests.add(event["requestId"])
            self.changed_at = time.monotonic()

    def _served_from_cache(self, event: dict[str, Any]) -> None:
        self.requests.discard(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        if not event["encodedDataLength"]:
            self.requests.discard(event["requestId"])
        self.bytes += int(event["encodedDataLength"])
        self.changed_at = time.monotonic()

    def visits(self, addresses: dict[str, str]) -> dict[str, Visit]:
        """One after the other, by their names."""
        return {name: self.visit(address) for name, address in addresses.items()}

    def visit(self, address: str) -> Visit:
        self.bytes, self.requests = 0, set()
        self.page.goto(address)
        return self._measured()

    def ask_for_solution(self) -> Visit:
        """Of the problem that is shown; the shift is what somebody asked for."""
        self.bytes, self.requests = 0, set()
        self.page.evaluate("window.timing.task = 0")
        self.page.locator(ASK).press("Enter")
        self.page.evaluate(UNTIL_ENDED)
        return self._measured()

    def _measured(self) -> Visit:
        self._settle()
        timing = self.page.evaluate(TIMING)
        return Visit(
            self.bytes / 1000,
            len(self.requests),
            timing["fcp"] / 1000,
            timing["lcp"] / 1000,
            timing["cls"],
            timing["task"],
        )

    def _settle(self) -> None:
        ends_at = time.monotonic() + MAX_WAIT_S
        while time.monotonic() < min(ends_at, self.changed_at + SETTLED_S):
            self.page.wait_for_timeout(100)


def visits(browser: Browser, site: Site, signed_in: Any, paths: list[str]) -> dict[str, Visit]:
    site.shell(FORGET)
    first, second, figure, drawing = (site.address + path for path in paths)

    @contextmanager
    def phone() -> Iterator[Phone]:
        context = browser.new_context(storage_state=signed_in, **PHONE)
        yield Phone(context)
        context.close()  # an open page would slow down those of the next

    with phone() as new:
        measured = new.visits({"cold": first, "warm": first, "later": second})
    with phone() as reader:
        reader.visit(first)
        measured["solution"] = reader.ask_for_solution()
        measured |= reader.visits({"figure, later": figure, "drawing, later": drawing})
    with phone() as new:
        measured |= new.visits({"figure, cold": figure, "figure, warm": figure})
    with phone() as new:
        measured |= new.visits({"drawing, cold": drawing, "drawing, warm": drawing})
    return measured


def medians(rounds: list[dict[str, Visit]]) -> dict[str, Visit]:
    return {
        name: Visit(
            *(statistics.median(getattr(r[name], f.name) for r in rounds) for f in fields(Visit))
        )
        for name in AT_MOST
    }


def measure(rounds: int) -> dict[str, Visit]:
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        context = browser.new_context()
        Reader(context.new_page()).sign_in(site.address, "alice")
        signed_in = {"cookies": context.cookies(), "origins": []}  # nothing else is kept
        paths = site.shell(PROBLEMS).split()
        context.close()
        figures = [visits(browser, site, signed_in, paths) for _ in range(rounds)]
        browser.close()
    return medians(figures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print one object instead")
    options = parser.parse_args()
    measured = measure(options.rounds)
    if options.json:
        print(json.dumps({name: asdict(visit) for name, visit in measured.items()}))
        return
    names = [f.name for f in fields(Visit)]
    print(f"{'':14}" + "".join(f"{name:>24}" for name in names))
    for kind, visit in measured.items():
        cells = [f"{getattr(visit, n):.2f} of {getattr(AT_MOST[kind], n):g}" for n in names]
        print(f"{kind:14}" + "".join(f"{cell:>24}" for cell in cells))
    print(f"An ordinary processor is {slowness():.1f} times as fast.")


if __name__ == "__main__":
    main()
