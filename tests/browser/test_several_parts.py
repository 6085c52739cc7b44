"""A problem with parts: its teacher writes it, a student goes on from a wrong answer."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Look
from tests.browser.support.site import Site, sign_in

pytestmark = pytest.mark.browser


def test_parts_are_written_and_tried(site: Site, page: Page, look: Look):
    sign_in(page, site.address, "carol")
    page.goto(f"{site.address}/problems/new/")
    preview, trial = page.locator("[data-part=preview]"), page.locator("[data-part=trial]")
    page.get_by_label("Title").fill("A square in two parts")
    page.get_by_label("Statement").fill(r"A square has a perimeter of \(28\).")
    page.get_by_text("each with its own answer").click()
    parts = page.get_by_role("group", name="Parts")
    parts.get_by_label("what is asked").fill("Its side?")
    parts.get_by_label("its answer").fill("7")
    parts.get_by_role("button", name="Add a part").press("Enter")
    page.keyboard.type("Its area?")  # the new part has the keyboard
    parts.get_by_label("formula that uses earlier parts").last.fill("a^2")
    expect(preview).to_contain_text("Its area?")
    page.get_by_label("Reference solution").fill(r"\(\boxed{49}\)")
    page.get_by_label("Try an answer as a student").fill("a) 8 b) 64")
    expect(trial).to_contain_text("a) Not right")
    expect(trial).to_contain_text("b) Correct")
    expect(page.locator("#id_kind")).to_be_hidden()  # each part has its own
    look(page, "editor-parts")

    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A square in two parts")
    expect(page.get_by_text("2 parts")).to_be_visible()
    look(page, "problem-parts")


def test_what_follows_from_a_wrong_answer_counts(site: Site, page: Page, look: Look):
    sign_in(page, site.address, "alice")
    page.get_by_role("link", name="Functions and slopes", exact=True).click()
    page.locator(".entries").get_by_role("link", name="A train at a steady speed").click()
    formulas = page.locator(".statement .katex annotation")
    way, hours = (int(str(formulas.nth(n).text_content())) for n in range(2))
    further = int(str(page.locator(".part-asks .katex annotation").first.text_content()))
    speed, other = way // hours, way // hours * 2
    first, second = (
        page.get_by_role("textbox", name=f"Your answer to {letter})", exact=True) for letter in "ab"
    )

    first.fill(str(other))
    second.fill(f"{further}/{other}")
    expect(page.locator("#echo-b .katex annotation")).to_have_text(
        rf"\frac{{{further}}}{{{other}}}"
    )
    look(page, "parts-typed")
    page.reload()
    expect(first).to_have_value(str(other))
    page.set_viewport_size(PHONE)
    second.press("Enter")
    expect(page.get_by_role("heading", name="Partly right")).to_be_visible()
    expect(first).to_be_focused()
    expect(page.locator(".part-judged").first).to_be_in_viewport()
    expect(page.locator(".part-judged").nth(1)).to_contain_text(
        "follows from your own answer to a)"
    )
    look(page, "parts-judged")

    first.fill(f"{way}/{hours}")
    second.fill(f"{further}/{speed}")
    second.press("Enter")
    expect(page.get_by_role("heading", name="Correct", exact=True)).to_be_focused()
    expect(page.get_by_text("Points: 1 of 1")).to_be_visible()
    expect(page.locator(".part-asks").first).to_be_visible()
    look(page, "parts-right")
