"""A student takes help from the least to the most; the hint is written by the real vLLM."""

import json
import re
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look, Product
from tests.browser.support.site import sign_in
from tests.browser.test_student_watches import open_item

pytestmark = [pytest.mark.browser, pytest.mark.vllm]

WRITTEN = """
import json
from tutor.attempts.models import GivenHelp, WithheldHelp
from tutor.solutions.models import AnswerHint
hint = AnswerHint.objects.get()
given = [*GivenHelp.objects.filter(level="reply"), *WithheldHelp.objects.filter(level="reply")]
print(json.dumps([hint.state, hint.source, hint.recipe, [help.text for help in given]]))
"""


def test_help_comes_level_by_level_and_the_model_writes_a_hint(
    product: Product, page: Page, look: Look
):
    sign_in(page, product.address, "alice")
    open_item(page, "A half and a quarter")
    panel = page.locator("#help")
    look(page, "help-before")

    button = panel.get_by_role("button", name="Show a hint")
    button.focus()
    page.keyboard.press("Enter")
    expect(panel.locator(".given-help").first).to_be_focused()
    expect(panel.get_by_role("button", name="What is wrong")).to_have_count(0)

    field = page.get_by_role("textbox", name="Your answer", exact=True)
    field.fill("2/6")
    field.press("Enter")
    expect(page.get_by_role("heading", name="Not right")).to_be_visible()
    panel.get_by_role("button", name="What is wrong with my answer?").click()
    expect(panel).to_contain_text("being written and checked")
    look(page, "help-writing")
    expect(panel).to_contain_text(
        re.compile(r"About your answer|There is no (?:further )?hint"), timeout=180_000
    )
    look(page, "help-given")

    printed = product.manage("shell", "-v0", "-c", WRITTEN)
    state, way, recipe, texts = json.loads(printed.stdout)
    assert state == "ended"
    assert re.match(r"smollm2-135m-instruct \w+-hint-\d+ ", recipe)
    assert way in {"mistake", "idea", "none"}
    assert texts, "nothing is kept of what the model wrote"
    assert (way == "none") == ("About your answer" not in panel.inner_text())
    print("the model wrote:", way, texts)


def test_a_teacher_says_how_far_help_goes(product: Product, page: Page, look: Look):
    sign_in(page, product.address, "carol")
    row = product.query(
        "SELECT a.code FROM assignments_assignment a JOIN assignments_problemset s"
        " ON s.id = a.problem_set_id WHERE s.title = ?",
        "Warming up",
    )
    address = f"{product.address}/assignments/{UUID(row['code'])}/edit/"
    page.goto(address)
    expect(page.get_by_role("group", name="Help")).to_be_visible()
    look(page, "help-terms")
    page.get_by_label("one step of a solution, or the next line").select_option("never")
    page.get_by_role("button", name="Save").click()
    page.goto(address)
    expect(page.get_by_label("one step of a solution, or the next line")).to_have_value("never")
