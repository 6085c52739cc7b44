"""A student asks for a solution where the model's attempts disagree."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Look
from tests.browser.support.sharing import Shared
from tests.browser.support.site import Site, running_site, sign_in
from tests.browser.test_checked_steps import open_problem

pytestmark = pytest.mark.browser

TRIES = """
from tutor.problems.models import Problem
from tutor.solutions.models import Solution, State
from tutor.solutions.dispatch.model_choice import recipe_code
version = Problem.objects.get(slug="half-of-sixteen").current
for number, answer in enumerate(["4", "6", "32", "16"], start=1):
    said = dict(
        state=State.ENDED, outcome="finished", verdict="incorrect", final_answer=answer,
        answers_like=number, steps=[f"So it is {answer}."],
    )
    Solution.objects.update_or_create(
        version=version, recipe=recipe_code(), number=number, defaults=said
    )
"""
NO_REFERENCE = """
from tutor.problems.models import ProblemVersion, ReferenceSolution
ReferenceSolution.objects.update(text="")
ProblemVersion.objects.update(statement="Guess the number.")  # Lemma's solver does not know it
"""
ASSIGNMENT = """
from tutor.assignments.models import Assignment
print(Assignment.objects.get(problem_set__title="Warming up").code)
"""


@pytest.fixture(scope="module")
def sites() -> Iterator[Shared[Site]]:
    with Shared(running_site) as sites:
        yield sites


def test_a_teacher_reads_what_the_model_answered(site: Site, page: Page, look: Look):
    site.shell(TRIES)
    sign_in(page, site.address, "carol")
    page.goto(f"{site.address}/assignments/{site.shell(ASSIGNMENT).strip()}/solutions/")
    expect(page.get_by_role("heading", name="Problems that the model cannot solve")).to_be_visible()
    expect(page.get_by_text("your reference solution if they ask for it")).to_be_visible()
    look(page, "model-gets-wrong")
    page.set_viewport_size(PHONE)
    box = page.locator("td[data-label='What students see']").first.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= PHONE["width"]  # in a card, not beyond the edge


def test_a_student_reads_that_the_model_is_not_sure(site: Site, page: Page, look: Look):
    site.shell("from tutor.solutions.models import Solution; Solution.objects.all().delete()")
    open_problem(page, site)
    ask = page.locator("[data-part=ask] button")
    expect(ask).to_be_visible()
    site.shell(TRIES)  # while the page is open

    later = page.context.new_page()
    later.goto(page.url)
    expect(later.get_by_role("button", name="Show your teacher’s solution")).to_be_visible()
    look(later, "abstains")
    later.close()

    ask.click()
    expect(page.get_by_role("heading", name="The model is not sure")).to_be_visible()
    expect(page.get_by_role("heading", name="Your teacher’s solution")).to_be_visible()
    expect(page.locator("#solution .steps summary")).to_have_count(3)
    look(page, "teachers-solution")

    site.shell(NO_REFERENCE)
    page.reload()
    expect(page.get_by_text("Your teacher has not added a solution")).to_be_visible()
    look(page, "abstains-alone")
