"""An answer goes into boxes for its kind; the field behind them is what is sent."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Look
from tests.browser.support.keyboard import Reader
from tests.browser.support.sharing import Shared
from tests.browser.support.site import Site, running_site

pytestmark = pytest.mark.browser

KEYS = {
    "matrix": {"kind": "matrix", "value": "[[1],[2]]"},
    "interval": {"kind": "interval", "value": "[2, oo)"},
    "tuple": {"kind": "tuple", "value": "(2.5, 3)"},
    "truth": {"kind": "truth", "value": "T, F"},
    "quantity": {"kind": "quantity", "value": "5", "unit": "cm^2"},
    "equation": {"kind": "equation", "value": "x = 2.5"},
    "set": {"kind": "set", "value": "{2+2*sqrt(3), 2-2*sqrt(3)}"},
    "form": {"kind": "number", "value": "1/2", "form": "lowest_terms"},
}
ASSIGN = """
from uuid import uuid4
from tests.factories import make_assignment, make_problem
from tutor.courses.models import Section
from tutor.grading import read_key
keys = {keys}
statement = {statement!r}
section = Section.objects.filter(enrollments__user__username="alice").first()
problems = [
    make_problem(kind + "-" + uuid4().hex, statement=statement, key=read_key(key))
    for kind, key in keys.items()
]
for item in make_assignment(section, problems).problem_set.items.all():
    print(item.get_absolute_url())
"""
STATEMENT = r"Solve for \(x\)."
# Whether what a verdict puts behind a formula that is wider than its box is its own paper.
HAS_ONE_PAPER = """
box => {
  const probe = box.appendChild(document.createElement("i"));
  probe.style.background = "var(--surface)";
  const papers = [probe, box].map((element) => getComputedStyle(element).backgroundColor);
  probe.remove();
  return papers[0] === papers[1];
}
"""


@pytest.fixture(scope="module")
def sites() -> Iterator[Shared[Site]]:
    with Shared(running_site) as sites:
        yield sites


def assigned(site: Site, statement: str = STATEMENT) -> dict[str, str]:
    """The address of a problem of each kind."""
    urls = site.shell(ASSIGN.format(keys=KEYS, statement=statement)).split()
    return dict(zip(KEYS, urls, strict=True))


def test_boxes_and_the_field_are_the_same_answer(
    site: Site, page: Page, browser: Browser, look: Look
):
    urls = assigned(site)
    Reader(page).sign_in(site.address, "alice")
    field, echo = page.locator("#response"), page.locator("#echo")

    def open_kind(kind: str) -> None:
        page.goto(site.address + urls[kind])
        expect(page.locator(".cells input").first).to_be_visible()

    open_kind("matrix")
    page.get_by_label("Row 1, column 1").fill("1")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("2")
    page.keyboard.press("Enter")  # two boxes are empty: nothing is sent
    expect(page.get_by_role("alert").filter(has_text="This box is empty")).to_be_visible()
    expect(page.get_by_label("Row 1, column 2")).to_be_focused()
    look(page, "boxes-matrix")
    page.get_by_role("button", name="Remove a column").click()
    expect(field).to_have_value("[[1], [2]]")
    expect(echo.locator(".katex")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Row 2, column 1")).to_have_value("2")
    page.get_by_label("Row 2, column 1").press("Enter")
    expect(page.get_by_role("heading", name="Correct", exact=True)).to_be_focused()

    open_kind("interval")
    page.get_by_label("Interval 1, from").fill("2")
    page.get_by_role("button", name="the left end belongs to it").press("Enter")
    page.get_by_role("button", name="no end on the right").click()
    expect(field).to_have_value("[2, ∞)")
    look(page, "boxes-interval")

    open_kind("tuple")
    page.get_by_label("Entry 1").fill("2,5")
    page.get_by_role("button", name="Yes, change it").click()
    page.get_by_label("Entry 2").fill("3")
    expect(field).to_have_value("(2.5, 3)")
    page.get_by_role("button", name="Type it instead").click()
    field.fill("(2.5, 4)")
    page.reload()  # it is remembered
    expect(field).to_have_value("(2.5, 4)")
    page.get_by_role("button", name="Use the boxes").click()
    expect(page.get_by_label("Entry 2")).to_have_value("4")

    page.goto(site.address + urls["truth"])
    page.get_by_role("radio", name="true", exact=True).check()
    page.get_by_role("button", name="Add a statement").click()
    page.get_by_role("group", name="Statement 2").get_by_label("false").check()
    expect(field).to_have_value("true, false")
    look(page, "boxes-truth")

    open_kind("quantity")
    page.get_by_label("Number").fill("5")
    expect(echo).to_contain_text("Is a unit missing?")
    page.get_by_label("Unit").select_option("cm²")
    expect(field).to_have_value("5 cm²")
    look(page, "boxes-quantity")

    page.goto(site.address + urls["equation"])
    field.fill("x = 2,5")  # one solution is typed into the field
    echo.get_by_role("button", name="Yes, change it").click()
    expect(field).to_have_value("x = 2.5")
    page.get_by_role("button", name="Add another value").click()
    page.keyboard.type("-2")
    expect(field).to_have_value("x = 2.5 or -2")
    look(page, "boxes-solutions")

    context = browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce",
        storage_state=page.context.storage_state(),
    )  # fmt: skip
    phone = context.new_page()
    phone.goto(site.address + urls["tuple"])
    phone.get_by_label("Entry 2").tap()
    phone.get_by_label("Entry 2").fill("")
    phone.get_by_role("button", name="root").tap()
    phone.keyboard.type("2")
    expect(phone.locator("#response")).to_have_value("(2.5, sqrt(2))")
    look(phone, "boxes-keys", sizes=["phone"])
    context.close()


def test_entries_typed_into_one_box_get_boxes_of_their_own(site: Site, page: Page):
    url = site.address + assigned(site, "Which numbers are in the set?")["set"]
    Reader(page).sign_in(site.address, "alice")
    page.goto(url)
    boxes = page.locator(".cells input")
    boxes.first.fill("5;-3")
    page.keyboard.press("Tab")
    expect(boxes).to_have_count(2)
    expect(boxes.nth(1)).to_have_value("-3")
    expect(page.locator("#response")).to_have_value("{5, -3}")
    boxes.nth(1).press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.press("Backspace")
    boxes.first.fill("2+2sqrt(3); 2-2sqrt(3)")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Correct", exact=True)).to_be_focused()


def test_a_verdict_is_about_the_answer_that_was_sent(site: Site, page: Page, look: Look):
    url = site.address + assigned(site, "Which numbers are in the set?")["form"]
    Reader(page).sign_in(site.address, "alice")
    page.goto(url)
    field, verdict = page.locator("#response"), page.locator(".attempt")
    note = verdict.locator("[data-part=judged-answer]")
    field.fill("(2/4)")
    field.press("Enter")
    expect(verdict.get_by_role("heading", name="Not finished yet")).to_be_visible()
    expect(verdict).not_to_contain_text("Not right")
    expect(verdict.get_by_text("The value is right")).to_have_count(1)
    assert verdict.locator(".ending").evaluate(HAS_ONE_PAPER)
    look(page, "verdict-unfinished")

    expect(note).to_be_hidden()
    field.fill("3/4")
    expect(note).to_have_text("This result is for the answer that you submitted: (2/4)")
    expect(verdict.get_by_role("link", name="Get help with this")).to_be_hidden()
    look(page, "verdict-of-an-old-answer")
    page.reload()  # with the draft
    expect(field).to_have_value("3/4")
    expect(note).to_be_visible()
    field.fill("( 2/4 ) ")
    expect(note).to_be_hidden()


def test_a_box_grows_with_its_text_and_the_echo_stays_above_the_keys(site: Site, browser: Browser):
    urls = assigned(site, "Which numbers are in the set?")
    context = browser.new_context(
        viewport={"width": 360, "height": 520}, has_touch=True, is_mobile=True,
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    Reader(page).sign_in(site.address, "alice")
    page.goto(site.address + urls["set"])
    box = page.locator(".cells input").first
    box.tap()
    box.fill("2+2sqrt(3)")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    page.goto(site.address + urls["form"])
    field, keys = page.locator("#response"), page.locator("[data-part=keys]")
    field.tap()
    expect(keys).to_be_visible()
    field.fill("1/2")
    reading = page.locator("#echo .katex").first
    expect(reading).to_be_visible()
    page.wait_for_function(
        """() => document.querySelector("#echo").getBoundingClientRect().bottom
             <= document.querySelector("[data-part=keys]").getBoundingClientRect().top"""
    )
    page.locator(".rows input").first.tap()
    for line in ("x = 1", "x = 2", "x = 3", "x = 4"):
        page.keyboard.type(line)
        page.keyboard.press("Enter")
        expect(page.locator(".rows input").last).to_have_value("")
    page.wait_for_function(
        """() => {
            const keys = document.querySelector("[data-part=keys]").getBoundingClientRect().top;
            const parts = [document.activeElement, document.querySelector(".working .actions")];
            return parts.every((part) => part.getBoundingClientRect().bottom <= keys);
        }"""
    )
    context.close()
