"""A student answers a problem with numbers of their own, by keyboard, and practises another."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Look
from tests.browser.support.site import Site, sign_in
from tests.browser.test_student_watches import open_item

pytestmark = pytest.mark.browser

EQUATION = re.compile(r"(\d+)x\+(\d+)=(\d+)")
NEW_STUDENT = """
from accounts.models import User
from tutor.courses.models import Enrollment, Section
eve = User.objects.create_user("eve", "eve@example.org", "lemma-eve")
Enrollment.objects.create(user=eve, section=Section.objects.get(name="Class 10b"))
"""

TYPE_MORE = """
field => {
  field.value += "3";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return document.querySelector("#echo").textContent;
}
"""

# The first key after the verdict has come into the page, before anything has settled.
TYPE_AFTER_SWAP = """
() => document.addEventListener("htmx:afterSwap", () => {
  setTimeout(() => document.execCommand("insertText", false, "ng"));
}, { once: true })
"""


def test_an_answer_is_echoed_judged_and_explained(site: Site, page: Page, look: Look):
    sign_in(page, site.address, "alice")
    open_item(page, "An equation with numbers of your own")
    formula = page.locator(".statement .katex annotation").first.text_content()
    a, b, c = map(int, EQUATION.search(str(formula).replace(" ", "")).groups())
    field, echo = page.get_by_role("textbox", name="Your answer", exact=True), page.locator("#echo")

    field.press("Enter")
    asked = page.get_by_text("Type an answer first.")
    expect(asked).to_be_visible()
    expect(field).to_be_focused()
    field.press("3")
    expect(asked).to_have_count(0)

    field.fill("3/")
    expect(echo).to_contain_text("something is missing at its end")
    field.fill("1/2")
    expect(echo.locator(".katex annotation")).to_have_text(r"\frac{1}{2}")
    look(page, "answer-typed")
    assert field.evaluate(TYPE_MORE) == ""  # how 1/2 was read is gone before the server is asked

    field.fill(f"({c} + {b})/{a}")
    expect(echo).to_contain_text(str(c))
    field.press("Enter")
    expect(page.get_by_role("heading", name="Not right")).to_be_visible()
    expect(field).to_be_focused()
    expect(page.locator("#attempt-1")).to_contain_text(f"It looks as if {b}")
    expect(page.locator("p.facts").get_by_text("4 attempts left")).to_be_visible()
    look(page, "answer-wrong")
    until_right, moves = page.locator(".until-right"), page.locator(".next-moves")
    expect(until_right).to_be_visible()
    moves.get_by_role("button", name="Show a hint").click()
    expect(moves.get_by_role("button", name="Next hint")).to_be_visible()

    page.reload()
    field.fill(f"x = {(c - b) // a}")
    expect(echo).to_contain_text("x")
    field.press("Enter")
    expect(page.get_by_role("heading", name="Correct", exact=True)).to_be_focused()
    expect(page.get_by_text("Points: 1 of 1")).to_be_visible()
    expect(page.locator("#answer").get_by_role("link", name="Next problem")).to_be_visible()
    expect(until_right).to_be_hidden()
    look(page, "answer-right")


def hand_in_the_right_answer(page: Page) -> None:
    formula = page.locator(".statement .katex annotation").first.text_content()
    a, b, c = map(int, EQUATION.search(str(formula).replace(" ", "")).groups())
    field = page.get_by_role("textbox", name="Your answer", exact=True)
    field.fill(str((c - b) // a))
    expect(page.locator("#echo .katex")).to_be_visible()
    field.press("Enter")
    expect(page.get_by_role("heading", name="Correct", exact=True)).to_be_focused()


def test_another_one_like_this(site: Site, page: Page, look: Look):
    site.shell(NEW_STUDENT)
    sign_in(page, site.address, "eve")
    open_item(page, "An equation with numbers of your own")
    hand_in_the_right_answer(page)
    expect(page.locator("#help")).to_be_hidden()
    look(page, "practice-offered")

    page.get_by_role("button", name="Another problem like this").press("Enter")
    expect(page.locator(".kicker")).to_have_text("Practice 1")
    page.get_by_role("textbox", name="Your answer", exact=True).fill("1/")
    expect(page.locator("#echo")).to_contain_text("something is missing at its end")
    look(page, "practice-begun")
    hand_in_the_right_answer(page)
    expect(page.get_by_text("Without help", exact=True)).to_be_visible()
    look(page, "practice-right")

    page.get_by_role("button", name="Another problem like this").press("Enter")
    expect(page.locator(".kicker")).to_have_text("Practice 2")
    page.goto(f"{site.address}/")
    page.get_by_role("link", name="Warming up", exact=True).click()
    expect(page.get_by_text("1 more like it practised: 1 right without help")).to_be_visible()
    look(page, "practice-counted")
    page.goto(f"{site.address}/")
    page.get_by_role("link", name="Practise", exact=True).click()
    page.get_by_text("How this is worked out").click()
    expect(page.locator(".explained .katex-display")).to_be_visible()
    look(page, "skills-of-a-student")


def test_what_is_typed_while_an_answer_is_judged_stays(site: Site, page: Page):
    site.shell(NEW_STUDENT.replace("eve", "frank"))
    sign_in(page, site.address, "frank")
    open_item(page, "An equation with numbers of your own")
    field = page.get_by_role("textbox", name="Your answer", exact=True)
    held: list[Route] = []
    page.route(re.compile(r"/attempts/$"), lambda route: held.append(route))
    for number in (1, 2):
        field.fill("6")
        expect(page.locator("#echo")).to_contain_text("6")  # so the scripts are there
        with page.expect_request(re.compile(r"/attempts/$")):
            field.press("Enter")
        field.fill("wros")
        field.press("ArrowLeft")
        page.evaluate(TYPE_AFTER_SWAP)
        held.pop().continue_()
        expect(page.locator(f"#attempt-{number}")).to_be_visible()
        expect(field).to_have_value("wrongs")
        expect(field).to_be_focused()
        page.keyboard.type(" answer")  # at the caret
        expect(field).to_have_value("wrong answers")
        expect(page.locator(f"#attempt-{number} [data-part=judged-answer]")).to_contain_text("6")
        expect(page.locator("#echo")).not_to_be_empty()
    page.unroute_all()
    page.reload()  # the tab has it
    expect(field).to_have_value("wrong answers")
    page.evaluate("sessionStorage.clear(); localStorage.clear()")
    page.reload()  # the server has it, too
    expect(field).to_have_value("wrong answers")
