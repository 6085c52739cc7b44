"""A teacher writes a problem with parameters, and looks at it while writing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.support.site import Site, sign_in

pytestmark = pytest.mark.browser


def test_a_problem_is_seen_while_it_is_written(site: Site, page: Page, look: Look):
    sign_in(page, site.address, "carol")
    page.get_by_role("link", name="Problems").click()
    look(page, "problems")
    page.get_by_role("link", name="Write a problem").click()
    preview, trial = page.locator("[data-part=preview]"), page.locator("[data-part=trial]")

    page.get_by_label("Title").fill("Thirds of your own")
    page.get_by_label("Statement").fill(r"What is \([[a]]/3 + [[b]]\)?")
    expect(page.get_by_role("button", name="Save")).to_be_in_viewport()  # of a long form
    page.get_by_text("Other numbers for each student").click()
    page.get_by_label("Parameters").fill("a = 4..4\nb = 2..9\nrequire b != a")
    expect(preview.locator(".statement .katex")).to_be_visible()
    expect(preview.locator(".statement")).to_contain_text("4/3")
    page.get_by_label("Right answer").fill("[[a/3 + b]]")
    page.get_by_label("Reference solution").fill(r"\(\boxed{[[a/3 + b]]}\)")
    page.get_by_label("Try an answer as a student").fill("1/3")
    expect(trial).to_contain_text("not right")
    look(page, "problem-editor")

    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thirds of your own")
    expect(page.get_by_role("status")).to_have_text("“Thirds of your own” is saved.")
    look(page, "problem")
    page.get_by_role("link", name="Try 100 variants").click()
    expect(page.locator(".facts")).to_contain_text("0 variants fail")
    page.get_by_role("link", name="Look at the variants").click()
    expect(page.get_by_text(re.compile("Variant with a = 4, b = [2-9]"))).to_be_visible()
    look(page, "problem-variant")


def test_rows_can_be_added_moved_and_removed_by_keyboard(site: Site, page: Page):
    sign_in(page, site.address, "carol")
    page.goto(f"{site.address}/problems/new/")
    hints = page.get_by_role("group", name="Hints")
    boxes = hints.get_by_role("textbox")
    boxes.first.fill("one")
    hints.get_by_role("button", name="Add a row").press("Enter")
    expect(boxes.nth(1)).to_be_focused()
    page.keyboard.type("two")
    hints.get_by_role("button", name="Move up").last.press("Enter")
    expect(boxes.first).to_have_value("two")
    hints.get_by_role("button", name="Remove").first.press("Enter")
    expect(boxes).to_have_count(1)
    expect(boxes.first).to_have_value("one")
    page.on("dialog", lambda dialog: dialog.accept())  # what is not saved is asked about
    page.goto(f"{site.address}/")
    expect(page).to_have_url(f"{site.address}/")
