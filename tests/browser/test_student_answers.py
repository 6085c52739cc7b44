"""A student answers a problem with numbers of their own, by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look, Product
from tests.browser.test_student_watches import open_item, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.vllm]

EQUATION = re.compile(r"(\d+)x\+(\d+)=(\d+)")


def test_an_answer_is_echoed_judged_and_explained(product: Product, page: Page, look: Look):
    sign_in(page, product, "alice")
    open_item(page, "An equation with numbers of your own")
    formula = page.locator(".statement .katex annotation").first.text_content()
    a, b, c = map(int, EQUATION.search(str(formula).replace(" ", "")).groups())
    field, echo = page.get_by_role("textbox", name="Your answer", exact=True), page.locator("#echo")

    field.fill("3/")
    expect(echo).to_contain_text("something is missing at its end")
    field.fill("1/2")
    expect(echo.locator(".katex annotation")).to_have_text(r"\frac{1}{2}")
    look(page, "answer-typed")

    field.fill(f"({c} + {b})/{a}")
    expect(echo).to_contain_text(str(c))
    field.press("Enter")
    expect(page.get_by_role("heading", name="Not right")).to_be_visible()
    expect(field).to_be_focused()
    expect(page.locator("#attempt-1")).to_contain_text(f"It looks as if {b}")
    expect(page.locator("p.facts").get_by_text("4 attempts left")).to_be_visible()
    look(page, "answer-wrong")

    page.reload()
    field.fill(f"x = {(c - b) // a}")
    expect(echo).to_contain_text("x")
    field.press("Enter")
    expect(page.get_by_role("heading", name="Correct", exact=True)).to_be_focused()
    expect(page.get_by_text("Points: 1 of 1")).to_be_visible()
    expect(page.locator("#answer").get_by_role("link", name="Next problem")).to_be_visible()
    look(page, "answer-right")
