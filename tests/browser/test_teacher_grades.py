"""A teacher's hour with what the class handed in: by keyboard, on a phone and at a desk."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, ROOT, Look, free_port

pytestmark = pytest.mark.browser

WHY = "The sign was lost, the way is right."
SAYING = r"You divided by the sum: \(5x - 2x\) is \(3x\)."


@pytest.fixture
def school() -> Iterator[str]:
    """The address of a web server with the demonstration's class; no engine, no workers."""
    data = Path(tempfile.mkdtemp(prefix="lemma-school-"))
    address = f"http://127.0.0.1:{free_port()}"
    inherited = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    env = {**inherited, "TUTOR_DATA_DIR": str(data), "TUTOR_ORIGINS": address}
    for command in ("migrate", "load_demo"):
        arguments = [sys.executable, "manage.py", command, "-v0"]
        subprocess.run(arguments, cwd=ROOT, env=env, check=True, capture_output=True, timeout=120)
    port = address.rpartition(":")[2]
    output = (data / "output").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "daphne", "-p", port, "tutor.asgi:application"],
        cwd=ROOT,
        env=env,
        stdout=output,
        stderr=output,
    )
    try:
        wait_until_it_answers(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
        output.close()
        shutil.rmtree(data, ignore_errors=True)


def wait_until_it_answers(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    pytest.fail("the web server did not answer")


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is where it is wanted."""
    expect(wanted).to_be_attached()
    for _ in range(150):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {wanted}")


def follow(page: Page, wanted: Locator) -> None:
    tab_to(page, wanted)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def sign_in(page: Page, address: str, name: str) -> None:
    page.goto(address)
    tab_to(page, page.locator("[name=login]"))
    page.keyboard.type(name)
    tab_to(page, page.locator("[name=password]"))
    page.keyboard.type(f"lemma-{name}")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")


def decide(page: Page, choice: str, reason: str) -> None:
    """Arrow keys choose, then the reason, then the button."""
    tab_to(page, page.locator("[name=decision]:checked"))
    wanted = page.locator(f"[name=decision][value={choice}]")
    for _ in range(4):
        if wanted.is_checked():
            break
        page.keyboard.press("ArrowDown")
    tab_to(page, page.locator("[name=reason]"))
    page.keyboard.type(reason)
    follow(page, page.get_by_role("button", name="Decide"))


@pytest.fixture
def examine(look: Look) -> Look:
    """Both sizes, light and dark, in one of the two runs; the page is afterwards as it was."""

    def examine(page: Page, name: str) -> None:
        size = page.viewport_size
        if size != DESKTOP:
            return
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            look(page, f"teacher-{name}-{scheme}")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(size)

    return examine


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_teacher_works_through_what_a_class_did(
    page: Page, browser: Browser, school: str, examine: Look, size: dict[str, int]
):
    page.set_viewport_size(size)
    sign_in(page, school, "carol")
    follow(page, page.get_by_role("link", name="Classes"))
    follow(page, page.get_by_role("link", name=re.compile("Class 10b")).first)
    follow(page, page.get_by_role("link", name="Gradebook", exact=True))
    expect(page.locator("tbody tr")).to_have_count(14)
    examine(page, "section")

    # A mark leads to its attempt; a decision comes back as another mark.
    follow(page, page.get_by_role("link", name=re.compile("^of .*Brackets")))
    wrong = page.locator("a.mark-of.incorrect").first
    examine(page, "assignment")
    head, name = page.locator("thead th").first, page.locator("tbody th").first
    page.locator(".scroll").evaluate("box => box.scrollTo(60, 60)")
    box = page.locator(".scroll").bounding_box()
    assert head.bounding_box()["x"] == name.bounding_box()["x"] == box["x"]
    address = wrong.get_attribute("href")
    follow(page, wrong)
    examine(page, "attempt")
    tab_to(page, page.locator("[name=decision]:checked"))
    page.keyboard.press("ArrowUp")
    tab_to(page, page.locator("[name=percent]"))
    page.keyboard.press("Control+a")
    page.keyboard.type("40")
    tab_to(page, page.locator("[name=reason]"))
    page.keyboard.type(WHY)
    follow(page, page.get_by_role("button", name="Decide"))
    expect(page.locator(".messages")).to_contain_text("Decided")
    expect(page.locator(".judged").first).to_contain_text("40 %")
    follow(page, page.get_by_role("link", name="Gradebook", exact=True))
    expect(page.locator(f'a.mark-of.partly[href="{address}"]')).to_contain_text("0.4")

    # What waits, one form after the other.
    follow(page, page.get_by_role("link", name=re.compile("Class 10b")))
    follow(page, page.get_by_role("link", name="To decide"))
    expect(page.locator(".queue li")).to_have_count(2)
    examine(page, "waiting")
    decide(page, "kept", "It is not the same.")
    expect(page.locator(".queue li")).to_have_count(1)
    decide(page, "right", "You meant the right thing.")
    expect(page.locator(".lead")).to_have_text("Nothing waits for you.")
    follow(page, page.get_by_role("link", name="Stuck"))
    expect(page.locator("tbody tr").first).to_be_visible()
    examine(page, "stuck")

    # The wrong answers by meaning; one sentence for all of a group.
    follow(page, page.get_by_role("link", name="Gradebook", exact=True))
    follow(page, page.get_by_role("link", name=re.compile("^of .*Warming up")))
    follow(page, page.get_by_role("link", name="How it went"))
    examine(page, "statistics")
    follow(page, page.get_by_role("link", name=re.compile("unknown on both sides")))
    expect(page.locator(".group").first.locator(".katex")).to_be_visible()
    examine(page, "answers")
    tab_to(page, page.locator("[name=text]").first)
    page.keyboard.type(SAYING)
    follow(page, page.get_by_role("button", name=re.compile("^Say it")).first)
    expect(page.locator(".messages")).to_contain_text("All who gave this answer")

    with page.expect_download() as sent:
        follow(page, page.get_by_role("link", name="Warming up", exact=True))
        follow(page, page.get_by_role("link", name="CSV file"))
    rows = Path(sent.value.path()).read_text("utf-8-sig").splitlines()
    assert sent.value.suggested_filename == "warming-up.csv"
    assert len(rows) == 15
    assert "Chen, Wei" in rows[3]

    # A student who gives that answer now, in other letters, reads the sentence.
    context = browser.new_context(viewport=size)
    student = context.new_page()
    sign_in(student, school, "alice")
    student.get_by_role("link", name="Warming up", exact=True).click()
    student.locator(".entries").get_by_role(
        "link", name=re.compile("unknown on both sides")
    ).click()
    tab_to(student, student.locator("#response"))
    student.keyboard.type("x = 30/14")
    student.keyboard.press("Enter")
    expect(student.locator(".advice")).to_contain_text("You divided by the sum")
    expect(student.locator(".advice .katex").first).to_be_visible()
    context.close()
