"""The whole product, as `make demo` runs it, and a browser to look at it."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil
import pytest
import redis
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.support.chromium import launch_options
from tests.browser.support.sharing import Shared
from tests.browser.support.site import Site, free_port, running_site
from tests.browser.support.waiting import MAX_WAIT_S, wait_until
from tutor.demo.model import NAME, prepare_model
from tutor.solutions.log.protocol import Entry, decode

ROOT = Path(__file__).resolve().parents[2]
ARTIFACTS = ROOT / "artifacts"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
SIZES = {"phone": PHONE, "desktop": DESKTOP}

expect.set_options(timeout=60_000)  # what is expected comes much sooner, but for a busy machine


@dataclass
class Product:
    """A running demonstration: its address, data folder, environment and first process."""

    address: str
    data: Path
    env: dict[str, str]
    pid: int

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=300
        )

    def generation_worker(self) -> psutil.Process:
        children = psutil.Process(self.pid).children(recursive=True)
        [worker] = [child for child in children if "generation@%h" in child.cmdline()]
        return worker

    def log(self, pk: int) -> list[tuple[float, Entry]]:
        """All entries of a solution's token log, with the second in which each was written."""
        with redis.Redis(
            unix_socket_path=str(self.data / "redis.sock"), decode_responses=True
        ) as client:
            written: Any = client.xrange(f"solution:{{{pk}}}:entries")
        return [(float(fields["at"]), decode(fields["entry"])) for _, fields in written]

    def newest_solution(self) -> str:
        """The code of the solution that was asked for last."""
        return str(UUID(self.query("SELECT code FROM solutions_solution ORDER BY id DESC")["code"]))

    def row(self, code: str) -> dict[str, str]:
        """A solution as the database holds it."""
        return self.query("SELECT * FROM solutions_solution WHERE code = ?", UUID(code).hex)

    def wait_until_ended(self, pks: list[int], within_s: float = MAX_WAIT_S) -> None:
        running = (
            "SELECT count(*) AS count FROM solutions_solution "
            "WHERE state != 'ended' AND id IN (SELECT value FROM json_each(?))"
        )
        wait_until(
            lambda: not self.query(running, json.dumps(pks))["count"],
            "the solutions did not end in time",
            within_s,
        )

    def query(self, sql: str, *values: str) -> dict[str, str]:
        with closing(sqlite3.connect(self.data / "lemma.sqlite3")) as database:
            database.row_factory = sqlite3.Row
            return dict(database.execute(sql, values).fetchone())


@pytest.fixture(scope="session")
def products() -> Iterator[Shared[Product]]:
    """With a model that writes long texts, and so streams for some seconds."""
    model = prepare_model(ROOT / "var" / "models" / NAME, lambda line: None)
    with Shared(partial(running_product, NAME, model)) as products:
        yield products


@pytest.fixture
def product(products: Shared[Product], request: pytest.FixtureRequest) -> Product:
    return products.for_try_of(request.node)


@pytest.fixture(scope="session")
def sites() -> Iterator[Shared[Site]]:
    """Where no model writes. A module may have its own."""
    with Shared(partial(running_site, grading=True)) as sites:
        yield sites


@pytest.fixture
def site(sites: Shared[Site], request: pytest.FixtureRequest) -> Site:
    return sites.for_try_of(request.node)


@contextmanager
def running_product(name: str, model: Path | None = None) -> Iterator[Product]:
    """Web, workers and the real vLLM, in a folder of their own.

    name: of the demonstration's model. model: its folder, where it does not bring it along.
    """
    data = Path(tempfile.mkdtemp(prefix="lemma-demo-"))
    if model is not None:
        (data / "models").mkdir()
        (data / "models" / name).symlink_to(model)
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("TUTOR_", "REDIS_"))}
    env = {**inherited, "TUTOR_DATA_DIR": str(data), "TUTOR_LOG_LEVEL": "INFO"}
    env["TUTOR_CORRECTIONS"] = "0"  # a corrected solution is not what the model wrote first
    port = free_port()
    output = (data / "output").open("w+")
    command = [sys.executable, "-m", "tutor.demo.run", "--port", str(port), "--model", name]
    demo = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output)
    try:
        wait_for_line(demo, data / "output", "The model is ready")
        yield Product(f"http://127.0.0.1:{port}", data, env, demo.pid)
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(timeout=60)
        output.close()
        shutil.rmtree(data, ignore_errors=True)


def wait_for_line(demo: subprocess.Popen[bytes], output: Path, line: str) -> None:
    def has_come() -> bool:
        assert demo.poll() is None, f"the demonstration has ended:\n{output.read_text()}"
        return line in output.read_text()

    wait_until(has_come, f"the demonstration did not say {line!r}", within_s=400)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        yield browser
        browser.close()


# What is typed replaces a request under way. htmx notes that as an error, with these two lines.
REPLACED = ("htmx:afterRequest,", "htmx:sendAbort,")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose scripts may not fail."""
    # Without motion: a colour on its way to another is no colour that anybody chose.
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: errors.append(message.text) if message.type == "error" else None,
    )
    yield page
    context.close()
    assert [error for error in errors if not error.startswith(REPLACED)] == []


COLOURS = ("color-contrast", "link-in-text-block")


def violations_in(page: Page, only: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The rules of axe that the page breaks, each with the first element that breaks it.

    only: these rules, instead of all.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    # Not with imported styles, which axe reads into elements that the policy refuses. What is well
    # stays in the browser: to bring it here takes far longer than to look.
    violations = page.evaluate(
        """(only) => axe.run({
          preload: false,
          resultTypes: ["violations"],
          ...(only.length && {runOnly: {type: "rule", values: only}}),
        }).then(({violations}) => violations)""",
        [*only],
    )
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]


Look = Callable[..., None]


@pytest.fixture
def look() -> Look:
    """Keeps a screenshot at all `sizes`, and lets axe find what it finds: nothing.

    only: these rules, instead of all, and without a screenshot.
    """
    ARTIFACTS.mkdir(exist_ok=True)

    def look(
        page: Page, name: str, sizes: Sequence[str] = tuple(SIZES), only: Sequence[str] = ()
    ) -> None:
        for size in sizes:
            viewport = SIZES[size]
            page.set_viewport_size(viewport)
            if not only:
                page.screenshot(path=ARTIFACTS / f"{name}-{size}.png", full_page=True)
            assert violations_in(page, only) == []
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= viewport["width"], f"{name} scrolls sideways at {viewport}"

    return look
