"""A stored solution is put into the page in pieces: between them the page answers its reader."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.bench.pages.__main__ import ASK, ENDED, PROBLEMS
from tests.bench.pages.stored_solution import STEPS
from tests.browser.support.keyboard import Reader
from tests.browser.support.sharing import Shared
from tests.browser.support.site import Site, running_site

pytestmark = pytest.mark.browser

SLOW = 20  # times as slow as this processor: each step takes longer than a piece may
NOTE_PIECES = """
pieces = [];
new MutationObserver((records) => pieces.push(records.flatMap((r) => [...r.addedNodes]).length))
  .observe(document.querySelector("[data-part=steps]"), {childList: true});
"""


@pytest.fixture(scope="module")
def sites() -> Iterator[Shared[Site]]:
    with Shared(running_site) as sites:
        yield sites


def test_a_stored_solution_is_shown_in_pieces(site: Site, page: Page):
    Reader(page).sign_in(site.address, "alice")
    page.goto(site.address + site.shell(PROBLEMS).split()[0])
    expect(page.locator("[data-part=response-form][data-arrived]")).to_be_attached()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
    page.evaluate(NOTE_PIECES)
    page.locator(ASK).press("Enter")
    expect(page.locator(ENDED)).to_be_visible()
    steps = page.locator("[data-part=steps] > li")
    expect(steps).to_have_count(len(STEPS))
    expect(page.locator("[data-part=steps]")).to_have_attribute("aria-live", "polite")
    pieces = page.evaluate("pieces")
    assert sum(pieces) == len(STEPS)
    assert len(pieces) > 1
