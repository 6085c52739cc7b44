"""A teacher sees what a class practised and what the model is worth."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look, Product
from tests.browser.support.site import sign_in
from tests.browser.support.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.vllm]


def test_a_teacher_sees_the_class_and_what_the_model_is_worth(
    product: Product, page: Page, look: Look
):
    sign_in(page, product.address, "carol")
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
    page.get_by_role("link", name="Can the model solve these problems?").click()
    page.get_by_role("button", name="Let the model try").click()
    expect(page.locator("#drawing")).to_contain_text("of 36 tries finished")
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
