"""A student practises, and their teacher sees what came of it and what the model is worth."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look, Product
from tests.browser.support.waiting import wait_until
from tests.browser.test_student_answers import EQUATION
from tests.browser.test_student_watches import open_item, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.vllm]

NEW_STUDENT = """
from accounts.models import User
from tutor.courses.models import Enrollment, Section
eve = User.objects.create_user("eve", "eve@example.org", "lemma-eve")
Enrollment.objects.create(user=eve, section=Section.objects.get(name="Class 10b"))
"""


def hand_in_the_right_answer(page: Page) -> None:
    formula = page.locator(".statement .katex annotation").first.text_content()
    a, b, c = map(int, EQUATION.search(str(formula).replace(" ", "")).groups())
    field = page.get_by_role("textbox", name="Your answer", exact=True)
    field.fill(str((c - b) // a))
    expect(page.locator("#echo .katex")).to_be_visible()
    field.press("Enter")
    expect(page.get_by_role("heading", name="Correct", exact=True)).to_be_focused()


def test_another_one_like_this(product: Product, page: Page, look: Look):
    product.manage("shell", "-v0", "-c", NEW_STUDENT)
    sign_in(page, product, "eve")
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
    page.goto(f"{product.address}/")
    page.get_by_role("link", name="Warming up", exact=True).click()
    expect(page.get_by_text("1 more like it practised: 1 right without help")).to_be_visible()
    look(page, "practice-counted")
    page.goto(f"{product.address}/")
    page.get_by_role("link", name="Practise", exact=True).click()
    page.get_by_text("How this is worked out").click()
    expect(page.locator(".explained .katex-display")).to_be_visible()
    look(page, "skills-of-a-student")


def test_a_teacher_sees_the_class_and_what_the_model_is_worth(
    product: Product, page: Page, look: Look
):
    sign_in(page, product, "carol")
    page.get_by_role("link", name="Classes", exact=True).click()
    page.get_by_role("link", name=re.compile("Class 10b$")).first.click()
    page.get_by_role("link", name="Skills", exact=True).click()
    expect(
        page.get_by_role("columnheader", name=re.compile("Equations in two steps"))
    ).to_be_visible()
    look(page, "skills-of-a-class")

    page.get_by_role("link", name="Problem sets").click()
    page.get_by_role("link", name="Warming up", exact=True).click()
    look(page, "set-with-model-help")
    page.get_by_role("link", name="Is the model ready?").click()
    page.get_by_role("button", name="Let the model try").click()
    expect(page.locator("#drawing")).to_contain_text("of 36 samples finished")
    look(page, "readiness-begun")
    counts = page.locator("table tbody tr td:first-of-type")

    def has_results() -> bool:
        page.get_by_role("link", name="Show results so far").click()
        expect(counts).to_have_count(9)
        return any(re.match("[1-4]", count) for count in counts.all_inner_texts())

    wait_until(has_results, "no sample was drawn")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#drawing progress")).to_have_count(0, timeout=180_000)
    look(page, "readiness")
    page.get_by_role("button", name=re.compile("Turn off.*Half of sixteen")).click()
    page.get_by_role("button", name=re.compile("Turn on")).click()
    expect(page.get_by_role("button", name=re.compile("Turn on"))).to_have_count(0)
