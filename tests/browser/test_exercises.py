"""A student completes solutions and finds a wrong line, with the keyboard alone."""

import re
from fractions import Fraction

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.support.site import Site
from tests.browser.support.waiting import wait_until
from tests.browser.test_working import EQUATION, open_item

pytestmark = pytest.mark.browser

LAST_BUT_ONE = re.compile(r"(\d+)x=(-?\d+)")


def answer_on(page: Page) -> str:
    """The value of x, from the line ax = b that stands last."""
    formula = page.locator(".lines li .katex annotation").last.text_content()
    a, b = map(int, LAST_BUT_ONE.search(re.sub(r"\s|\\,", "", str(formula))).groups())
    return f"x = {Fraction(b, a)}"


def offers_exercises(page: Page) -> bool:
    """Now, or when the page is opened again: on a busy machine they may take too long at first."""
    page.reload(wait_until="networkidle")
    return page.locator("#exercises a").count() > 0


def test_a_student_learns_from_solutions(site: Site, page: Page, look: Look):
    open_item(page, site, "alice", EQUATION)
    section = page.locator("#exercises")
    wait_until(lambda: offers_exercises(page), "no exercise was made")
    expect(section.get_by_role("link", name="Complete a solution")).to_be_visible()
    expect(section.get_by_role("link", name="Find the wrong line")).to_have_count(0)
    look(page, "exercises-offered")

    section.get_by_role("link", name="Complete a solution").press("Enter")
    expect(page.get_by_role("heading", name="Complete the solution")).to_be_visible()
    expect(page.locator(".lines .katex").first).to_be_visible()
    answer = answer_on(page)
    field = page.get_by_role("textbox", name=re.compile("Line"))
    field.fill("x = 1000")
    field.press("Enter")
    expect(page.get_by_text("This line doesn’t follow").locator("visible=true")).to_be_visible()
    expect(field).to_have_value("x = 1000")
    look(page, "exercise-wrong")
    field.fill(answer)
    cookies = page.context.cookies()
    page.context.clear_cookies(name=re.compile("sessionid"))
    field.press("Enter")
    expect(page.get_by_text("You are signed out. Nothing here is lost")).to_be_visible()
    expect(field).to_have_value(answer)
    expect(field).not_to_have_attribute("aria-invalid", "true")  # this line was not judged
    look(page, "exercise-signed-out")
    page.context.add_cookies(cookies)  # signed in again, in another window
    field.press("Enter")
    expect(page.get_by_text("everything that was missing yourself")).to_be_visible()
    look(page, "exercise-complete")

    page.get_by_role("link", name="Next exercise").press("Enter")
    expect(page.get_by_text("The last 2 lines of this solution are missing")).to_be_visible()
    look(page, "exercise-two-lines")
    page.get_by_role("button", name="Show the line").press("Enter")
    expect(page.locator(".lines .filled")).to_have_count(1)
    expect(page.locator(".lines .filled")).to_contain_text("Shown")
    look(page, "exercise-shown")

    page.get_by_role("link", name="Back to the problem").first.press("Enter")
    section.get_by_role("link", name="Find the wrong line").press("Enter")
    expect(page.get_by_text("wrong on purpose")).to_be_visible()
    expect(page.locator(".line-choice .katex").first).to_be_visible()
    look(page, "wrong-line")
    result = page.locator("h2.exercise-result")
    choose_first(page)
    expect(result.or_(page.get_by_text("Look once more"))).to_be_visible()
    if not result.is_visible():
        choose_first(page)
    expect(result).to_be_visible()
    expect(page.locator(".right-line .katex").first).to_be_visible()
    look(page, "wrong-line-told")


def choose_first(page: Page):
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")


def test_a_teacher_switches_them_off(site: Site, page: Page, look: Look):
    open_item(page, site, "carol", EQUATION, can_answer=False)
    page.get_by_role("link", name="Warming up", exact=True).first.click()
    code = page.url.rstrip("/").rpartition("/")[2]
    address = f"{site.address}/assignments/{code}/edit/"
    page.goto(address)
    switches = page.get_by_role("group", name="Exercises on solutions")
    expect(switches.get_by_role("combobox")).to_have_count(2)
    switches.scroll_into_view_if_needed()
    look(page, "exercises-switches")
    switches.get_by_label("finding the wrong line").select_option("no")
    page.get_by_role("button", name="Save").click()
    page.goto(address)
    switch = page.get_by_label("finding the wrong line")
    expect(switch.locator("option:checked")).to_have_text("no")
