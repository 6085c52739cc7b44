"""In a test no verdict is told before its end; without a network the page says what is saved."""

import re
from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PHONE, Look
from tests.browser.support.sharing import Shared
from tests.browser.support.site import Site, running_site, sign_in
from tests.browser.test_working import open_item

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "The unknown on both sides"
BEGIN = """
from datetime import timedelta
from django.utils import timezone
from tutor.assignments.models import Assignment, Item, Sitting
from tutor.courses.models import Enrollment
item = Item.objects.filter(problem__current__title__contains="The unknown on both sides").first()
given = Assignment.objects.filter(section__enrollments__user__username="alice")
test = given.get(problem_set=item.problem_set)
late = dict.fromkeys(["hint_policy", "reply_policy", "step_policy", "help_policy"], "after_due")
Assignment.objects.filter(pk=test.pk).update(time_limit_min=1, **late)  # as the form puts help off
enrollment = Enrollment.objects.get(user__username="alice", section=test.section)
begun = {"begun_at": timezone.now() - timedelta(seconds=30)}
Sitting.objects.update_or_create(assignment=test, enrollment=enrollment, defaults=begun)
print(item.get_absolute_url())
"""


@pytest.fixture(scope="module")
def sites() -> Iterator[Shared[Site]]:
    with Shared(partial(running_site, grading=True)) as sites:
        yield sites


def test_what_is_typed_without_a_network(site: Site, browser: Browser, look: Look):
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    open_item(page, site, "alice", TITLE)
    page.goto(site.address + site.shell(BEGIN).strip())
    field, echo = page.locator("#response"), page.locator("#echo")
    saving, announcement = (
        page.locator("[data-part=saving]"),
        page.locator("[data-part=clock-sentence]"),
    )
    field.fill("x = 1")
    expect(echo).to_contain_text("Read as")
    expect(saving).to_have_text(re.compile(r"^\s*$"), use_inner_text=True)

    context.set_offline(True)
    field.fill("x = 12")
    saved = r"typed up to \d{1,2}:\d\d:\d\d\s[ap]m is saved"  # as the clock of the page
    expect(saving).to_contain_text(re.compile(saved))
    expect(echo).to_be_empty()
    look(page, "test-offline")
    expect(announcement).to_contain_text("you are offline")
    page.wait_for_timeout(10_000)  # by then the server has handed in what it has
    context.set_offline(False)
    expect(page.locator("#attempt-1 .given code")).to_have_text("x = 1")
    expect(announcement).to_contain_text("did not reach the server in time")
    expect(page.locator("[data-part=left-line]")).to_be_hidden()  # not "Time left 0:00"
    over = page.locator("#answer").get_by_text("Everything saved by then was submitted.")
    expect(over).to_have_count(1)
    expect(over).to_be_hidden()  # as long as the clock says so
    look(page, "test-offline-over")
    context.close()


SEAL = BEGIN.replace("time_limit_min=1,", 'time_limit_min=30, verdict_policy="after_end",').replace(
    "print(item", "item = item.problem_set.items.first()  # half of sixteen\nprint(item"
)
END = """
from datetime import timedelta
from django.utils import timezone
from tutor.assignments.models import Assignment
over = timezone.now() - timedelta(days=9)  # also for Bob, who has two days more
sealed = Assignment.objects.filter(verdict_policy="after_end")
sealed.update(opens_at=over - timedelta(days=9), due_at=over, closes_at=None)
print("over")
"""


def test_right_and_wrong_answers_are_in_and_told_after_the_end(
    site: Site, browser: Browser, look: Look
):
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, site.address, "alice")
    page.goto(site.address + site.shell(SEAL).strip())
    for number, response in enumerate(("8", "5"), start=1):
        page.locator("#response").fill(response)
        page.get_by_role("button", name="Submit", exact=True).click()
        ending = page.locator(f"#attempt-{number} [data-verdict]")
        expect(ending).to_have_attribute("data-verdict", "sealed")
        expect(ending).to_contain_text("Your answer is in")
        expect(ending).to_contain_text("You may replace it while attempts are left")
    look(page, "test-sealed")
    expect(page.locator("main")).not_to_contain_text("Not right")
    expect(page.locator(".answer-bar")).not_to_contain_text("Points")
    page.goto(site.address)
    expect(page.locator("main")).to_contain_text(re.compile(r"\d of \d+ answered"))
    look(page, "test-sealed-home")

    site.shell(END)
    page.go_back()
    page.reload()
    expect(page.locator("#attempt-2 [data-verdict]")).to_have_attribute("data-verdict", "incorrect")
    context.close()
