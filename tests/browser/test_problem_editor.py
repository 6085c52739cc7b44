"""A teacher writes a problem with parameters, and looks at it while writing."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

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
    expect(trial).to_contain_text("Not right")
    look(page, "problem-editor")

    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thirds of your own")
    expect(page.locator(".messages")).to_have_text("“Thirds of your own” is saved.")
    look(page, "problem")
    page.get_by_role("link", name="Try 100 variants").click()
    expect(page.locator(".facts")).to_contain_text("0 variants fail")
    page.get_by_role("link", name="Look at the variants").click()
    expect(page.get_by_text(re.compile("Variant with a = 4, b = [2-9]"))).to_be_visible()
    look(page, "problem-variant")


def test_a_file_is_sent_once_and_the_page_says_that_it_is_read(site: Site, page: Page, look: Look):
    sign_in(page, site.address, "carol")
    page.goto(f"{site.address}/problems/import/")
    page.evaluate(
        """() => {
          window.sent = 0;
          addEventListener("submit", (event) => {
            if (!event.defaultPrevented) window.sent += 1;
            event.preventDefault();
          });
        }"""
    )
    file = {"name": "sums.csv", "mimeType": "text/csv", "buffer": b"title,statement,answer\n"}
    page.locator("input[type=file]").set_input_files([file])
    preview = page.get_by_role("button", name="Preview")
    preview.click()
    preview.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Lemma is reading the file.")
    expect(preview).to_have_attribute("aria-busy", "true")
    assert page.evaluate("window.sent") == 1
    look(page, "import-busy")


def before_of_row(rows: Locator) -> str:
    row = rows.locator("li").first
    return str(row.evaluate("row => getComputedStyle(row, '::before').content"))


def test_the_verdict_of_a_trial_and_what_is_written_are_in_sight(site: Site, page: Page):
    page.set_viewport_size({"width": 1366, "height": 768})
    sign_in(page, site.address, "carol")
    page.goto(f"{site.address}/problems/new/")
    page.get_by_label("Statement").fill("What is 90?\n\n" + "And so on.\n\n" * 40)
    page.get_by_label("Right answer").fill("90")
    trial = page.get_by_label("Try an answer as a student")
    trial.fill("91")
    bar = page.get_by_role("button", name="Save").bounding_box()
    box = trial.bounding_box()
    assert bar is not None
    assert box is not None
    page.mouse.wheel(0, box["y"] + box["height"] - bar["y"] + 24)  # the field just above the bar
    trial.press("Enter")
    verdict = page.locator("[data-part=trial] .trial-verdict")
    expect(verdict).to_be_visible()
    page.wait_for_function(
        """() => document.querySelector("[data-part=trial]").getBoundingClientRect().bottom
        <= document.querySelector(".desk-actions").getBoundingClientRect().top"""
    )
    page.get_by_label("Reference solution").fill("It is the number itself.")
    expect(page.locator("[data-shows=solution]")).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_menu_of_a_problem_lies_over_the_page(site: Site, page: Page, width: int):
    sign_in(page, site.address, "carol")
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{site.address}/problems/?language=any&sort=level")
    page.locator(".catalogue-table tr:has-text('with variants') th a").first.click()
    opener, copy = page.get_by_text("More", exact=True), page.get_by_text("Make my own copy")
    sheet_box = page.locator(".sheet-of-teacher").bounding_box()
    opener.focus()
    page.keyboard.press("Enter")
    expect(copy).to_be_visible()
    assert page.locator(".sheet-of-teacher").bounding_box() == sheet_box
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for button in page.locator(".more-acts .btn").all():
        box = button.bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(copy).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    page.get_by_role("heading", level=1).click()
    expect(copy).to_be_hidden()


LIES_OPEN = """element => {
  const { top, bottom } = element.getBoundingClientRect();
  const bar = document.querySelector(".desk-actions").getBoundingClientRect();
  const end = bar.bottom > innerHeight - 40 ? bar.top : innerHeight;
  return top >= 0 && bottom <= end;
}"""


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1366, 700)])
def test_what_is_asked_for_by_a_button_lies_above_the_bar(
    site: Site, page: Page, width: int, height: int
):
    page.set_viewport_size({"width": width, "height": height})
    sign_in(page, site.address, "carol")
    page.goto(f"{site.address}/problems/new/")
    page.get_by_label("Title").fill("Ninety")
    page.get_by_label("Statement").fill("What is 90?")
    page.get_by_label("Right answer").fill("90")
    page.get_by_label("Reference solution").fill(r"\(\boxed{90}\)")
    trial = page.get_by_label("Try an answer as a student")
    trial.fill("91")
    verdict = page.locator("[data-part=trial] .trial-verdict")
    expect(verdict).to_be_visible()  # as it was typed
    trial.fill("92")
    trial.evaluate(
        """field => scrollBy(0, field.getBoundingClientRect().bottom
        - document.querySelector(".desk-actions").getBoundingClientRect().top + 8)"""
    )
    page.get_by_role("button", name="Try", exact=True).click()
    expect(verdict).to_be_visible()
    page.wait_for_function(
        f"() => ({LIES_OPEN})(document.querySelector('[data-part=trial]'))", timeout=10_000
    )

    page.get_by_role("button", name="Preview").click()
    page.wait_for_function(
        """() => {
          const { top } = document.querySelector(".as-student").getBoundingClientRect();
          return top >= 0 && top < innerHeight / 2;
        }""",
        timeout=10_000,
    )


def test_rows_can_be_added_moved_and_removed_by_keyboard(site: Site, page: Page):
    sign_in(page, site.address, "carol")
    page.goto(f"{site.address}/problems/new/")
    hints = page.get_by_role("group", name="Hints")
    boxes = hints.get_by_role("textbox")
    boxes.first.fill("one")
    hints.get_by_role("button", name="Add a hint").press("Enter")
    expect(boxes.nth(1)).to_be_focused()
    page.keyboard.type("two")
    hints.get_by_role("button", name="Move up").last.press("Enter")
    expect(boxes.first).to_have_value("two")
    hints.get_by_role("button", name="Remove").first.press("Enter")
    expect(boxes).to_have_count(1)
    expect(boxes.first).to_have_value("one")
    expect(hints.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(boxes.first).to_be_focused()
    expect(boxes.first).to_have_value("two")  # where it was

    page.locator("summary").filter(has_text="Expected answers").click()
    expected = page.get_by_role("group", name="Expected answers")
    expect(expected.locator("li").first).to_be_visible()
    assert before_of_row(expected) == "counter(row)"  # a), b), c) are parts
    expected.get_by_label("What the student is told").fill("Look again.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # on "Add a hint", and not on ×
    expect(expected.locator("li")).to_have_count(2)
    expected.get_by_role("button", name="Remove").last.press("Enter")  # with nothing in it
    expect(expected.get_by_role("button", name="Undo")).to_have_count(0)
    page.on("dialog", lambda dialog: dialog.accept())  # what is not saved is asked about
    page.goto(f"{site.address}/")
    expect(page).to_have_url(f"{site.address}/")
