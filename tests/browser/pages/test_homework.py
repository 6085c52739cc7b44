"""A teacher gives ten problems as homework. Chromium counts what the hand does for it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.support.site import Site, sign_in

pytestmark = pytest.mark.browser

# Enter, in a field or on a button, makes a click too: its detail is 0.
COUNTED = """
  const count = (name) => localStorage.setItem(name, 1 + Number(localStorage.getItem(name)));
  addEventListener("click", ({isTrusted, detail}) => isTrusted && detail && count("clicks"), true);
  addEventListener("keydown", ({isTrusted}) => isTrusted && count("keys"), true);
"""
SECOND_CLASS = """
from accounts.models import User
from tutor.courses.models import Course, Enrollment, Section
section = Section.objects.create(course=Course.objects.create(title="Algebra"), name="8a")
carol = User.objects.get(username="carol")
Enrollment.objects.create(section=section, user=carol, role=Enrollment.Role.TEACHER)
"""
MAX_CLICKS = 10


@pytest.fixture
def counted(page: Page, site: Site) -> Page:
    """Carol's home page. She teaches two classes."""
    site.shell(SECOND_CLASS)
    sign_in(page, site.address, "carol")
    page.add_init_script(COUNTED)
    page.goto(site.address)
    page.evaluate("localStorage.clear()")
    return page


def done(page: Page, name: str) -> int:
    return int(page.evaluate("(name) => Number(localStorage.getItem(name))", name))


def collect_ten(page: Page) -> None:
    page.get_by_role("link", name="Problems", exact=True).click()
    page.get_by_label("Words").press_sequentially("linear")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Words")).to_have_value("linear")
    page.locator(".add-first").get_by_role("button", name="Add to set").click()
    expect(page.get_by_text("10 problems collected")).to_be_visible()


def assign(page: Page) -> None:
    page.locator(".collect-bar").get_by_role("link", name="Assign").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Class 10b")
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("is assigned to Class 10b")


def test_the_first_ten_that_a_search_finds(counted: Page, look: Look):
    collect_ten(counted)
    assign(counted)
    assert done(counted, "clicks") <= 4
    assert done(counted, "keys") == len("linear") + len(["Enter"])
    look(counted, "homework-assigned")


def test_ten_of_which_three_are_others(counted: Page, look: Look):
    collect_ten(counted)
    rows = counted.locator(".catalogue-table tbody tr")
    for taken, added in ((1, 10), (3, 11), (4, 12)):
        rows.nth(taken).get_by_role("button", name="out of the set").click()
        expect(rows.nth(taken).get_by_role("button", name="Add to set")).to_be_visible()
        rows.nth(added).get_by_role("button", name="Add to set").click()
        expect(rows.nth(added).get_by_text("In your set")).to_be_visible()
    expect(counted.get_by_text("10 problems collected")).to_be_visible()
    look(counted, "homework-collected")
    assign(counted)
    assert done(counted, "clicks") <= MAX_CLICKS
