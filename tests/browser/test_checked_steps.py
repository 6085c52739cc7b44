"""Verdicts on steps, as a browser shows them while the text still streams."""

from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.support.site import Site, running_site, sign_in
from tests.browser.support.waiting import ask_without_scripts, reload_until

pytestmark = pytest.mark.browser

ENDED = "[data-part=bar][data-now=ended]"
DECIMAL_COMMA = """
from tutor.courses.models import Section
Section.objects.update(convention="comma")
"""
NOTE_DRAFTS = """
drafts = [];
new MutationObserver(() => drafts.push(document.querySelector("[data-part=draft]").textContent))
  .observe(document.querySelector("[data-part=draft]"),
           {childList: true, characterData: true, subtree: true});
"""
MARKS = [
    *["Proved", "Proved", "This step doesn’t follow", "Based on a step above", "Not checked"],
    *["This step doesn’t follow", "Correct"],
]


@pytest.fixture
def site() -> Iterator[Site]:
    """With a scripted model that a test holds."""
    with running_site(model=True) as site:
        yield site


def open_problem(page: Page, site: Site) -> None:
    sign_in(page, site.address, "alice")
    page.get_by_role("link", name="Warming up", exact=True).click()
    page.locator(".entries").get_by_role("link", name="Half of sixteen").click()
    expect(page.locator("[data-part=draft]")).to_be_attached()


def expect_marks(page: Page, marks: Sequence[str]) -> None:
    expect(page.locator("[data-part=steps] summary")).to_have_text(marks, use_inner_text=True)


def test_a_verdict_appears_beside_its_step_while_later_tokens_stream(
    site: Site, page: Page, look: Look
):
    site.shell(DECIMAL_COMMA)
    open_problem(page, site)
    page.evaluate(NOTE_DRAFTS)
    page.locator("[data-part=ask] button").click()
    steps, draft = page.locator("[data-part=steps] > li"), page.locator("[data-part=draft]")
    expect(steps.nth(0).locator("summary")).to_have_text("Proved", use_inner_text=True)
    expect(page.locator("[data-part=bar]")).to_have_attribute("data-now", "writing")
    written = draft.inner_text()
    expect(draft).not_to_have_text(written)  # it goes on

    expect(steps.nth(4)).to_contain_text("2,5 pages")
    assert page.evaluate("drafts.some((text) => text.includes('2,5 pages'))")
    assert not page.evaluate("drafts.some((text) => text.includes('2.5'))")
    expect(steps.nth(5).locator("summary")).to_have_text(
        "This step doesn’t follow", use_inner_text=True
    )
    expect(page.locator("[data-part=bar]")).to_have_attribute("data-now", "writing")
    expect_marks(page, MARKS[:6])
    tally = page.locator("[data-part=tally]")
    expect(tally.locator("li:visible")).to_have_text(
        ["2 of 6 steps proved", "2 steps don’t follow", "1 based on a mistake", "1 not checked"]
    )
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        look(page, f"checked-steps-streaming-{scheme}")

    site.write_on()
    expect(page.locator(ENDED)).to_be_visible()
    expect_marks(page, MARKS)
    expect(page.locator("[data-part=steps-found] li:visible").first).to_have_text(
        "3 of 7 steps proved"
    )

    expect(page.get_by_text("But not every step above follows")).to_be_visible()
    expect(page.locator("[data-part=status] [data-refuted]:visible")).to_have_text(
        "Right answer, but not every step follows"
    )

    # The same from the row, and what was found, by keyboard.
    page.reload()
    expect_marks(page, MARKS)
    refuted = steps.nth(2).locator("summary")
    refuted.focus()
    page.keyboard.press("Enter")
    finding = steps.nth(2).locator(".check-details")
    expect(finding).to_be_visible()
    expect(finding.locator(".katex").first).to_be_visible()
    expect(finding).to_contain_text("what came before is true, but this is not")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        look(page, f"checked-steps-{scheme}")


def test_without_scripts_the_marks_are_the_same(browser, site: Site, look: Look):
    site.write_on()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_problem(page, site)
    ask_without_scripts(page)
    marks = page.locator("[data-part=steps] summary")
    reload_until(page, lambda: marks.all_inner_texts() == MARKS, "no marks")
    expect_marks(page, MARKS)
    page.locator(".steps > .refuted summary").first.click()
    expect(page.locator(".steps .refuted .check-details").first).to_contain_text(
        "the left side is 4"
    )
    context.close()
