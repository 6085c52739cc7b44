"""A teacher who types a time limit sees at once when help is given, and may choose otherwise."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.support.site import Site, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def open_form(page: Page, site: Site) -> None:
    sign_in(page, site.address, "carol")
    page.goto(site.address)
    page.get_by_role("link", name=re.compile("Assign a set")).first.click()
    page.get_by_text("More rules").click()


def test_a_time_limit_puts_help_off_unless_the_teacher_chooses_it(site: Site, browser: Browser):
    page = browser.new_context(reduced_motion="reduce").new_page()
    open_form(page, site)
    hint, solution = page.locator("#id_hint_policy"), page.locator("#id_help_policy")
    late = page.get_by_text("In this test students get help and solutions after it is over").last
    early = page.get_by_text("This is a test, and students get help in it.")
    passed_on = page.get_by_text("students who have seen the solution can pass it on")
    limit = page.locator("#id_time_limit_min")
    expect(hint).to_have_value("always")
    expect(late).to_be_hidden()

    limit.fill("20")
    expect(hint).to_have_value("after_due")
    expect(page.locator("#id_step_policy")).to_have_value("after_due")
    expect(late).to_be_visible()
    limit.fill("")
    expect(hint).to_have_value("always")
    expect(late).to_be_hidden()

    limit.fill("20")
    solution.select_option("always")
    expect(early).to_be_visible()
    expect(passed_on).to_be_visible()
    limit.fill("")
    expect(early).to_be_hidden()
    expect(solution).to_have_value("always")


def test_a_time_limit_puts_the_verdict_off_unless_the_teacher_chooses_it(
    site: Site, browser: Browser
):
    page = browser.new_context(reduced_motion="reduce").new_page()
    open_form(page, site)
    limit, verdict = page.locator("#id_time_limit_min"), page.locator("#id_verdict_policy")
    sealed = page.get_by_text("students read only that their answers are in")
    expect(verdict).to_have_value("at_once")
    limit.fill("20")
    expect(verdict).to_have_value("after_end")
    expect(sealed).to_be_visible()
    page.locator("#id_attempts_allowed").fill("3")
    expect(page.get_by_text("They may replace an answer; the last one counts.")).to_be_visible()
    limit.fill("")
    expect(verdict).to_have_value("at_once")
    expect(sealed).to_be_hidden()

    verdict.select_option("after_end")
    limit.fill("20")
    limit.fill("")
    expect(verdict).to_have_value("after_end")


def test_a_time_limit_proposes_attempts_without_end_unless_the_verdict_comes_at_once(
    site: Site, browser: Browser
):
    page = browser.new_context(reduced_motion="reduce").new_page()
    open_form(page, site)
    limit, attempts = page.locator("#id_time_limit_min"), page.locator("#id_attempts_allowed")
    proposed = page.get_by_text("Because of the time limit, one attempt is proposed")
    several = page.locator("[data-when-replacing]")
    expect(attempts).to_have_value("5")
    limit.press_sequentially("20")
    expect(attempts).to_have_value("")
    expect(proposed).to_be_hidden()
    expect(several).to_be_visible()
    page.locator("#id_verdict_policy").select_option("at_once")
    expect(attempts).to_have_value("1")
    expect(proposed).to_be_visible()
    expect(several).to_be_hidden()
    page.locator("#id_verdict_policy").select_option("after_end")
    expect(attempts).to_have_value("")
    limit.fill("")
    expect(attempts).to_have_value("5")
    expect(proposed).to_be_hidden()

    limit.press_sequentially("20")
    limit.press("Tab")
    expect(attempts).to_be_focused()
    attempts.press_sequentially("3")  # the number is marked, so that it is replaced
    expect(attempts).to_have_value("3")
    expect(proposed).to_be_hidden()
    expect(several).to_be_visible()
    limit.fill("30")
    limit.fill("")
    limit.fill("40")
    expect(attempts).to_have_value("3")


def test_what_late_answers_count_is_asked_where_some_are_taken(site: Site, browser: Browser):
    page = browser.new_context(reduced_motion="reduce").new_page()
    open_form(page, site)
    credit = page.get_by_label("Credit for late answers")
    expect(credit).to_be_hidden()
    page.get_by_label("Closes at").fill("2040-01-01T08:00")
    expect(credit).to_be_visible()


def test_the_number_of_attempts_is_asked_only_where_it_counts(site: Site, browser: Browser):
    page = browser.new_context(reduced_motion="reduce").new_page()
    open_form(page, site)
    count = page.locator("#id_step_after_attempts")
    expect(count).to_be_visible()
    page.locator("#id_step_policy").select_option("always")
    expect(count).to_be_hidden()
    page.locator("#id_step_policy").select_option("attempts")
    expect(count).to_be_visible()


def test_the_list_of_errors_has_the_focus_and_leads_to_the_field(site: Site, browser: Browser):
    page = browser.new_context(reduced_motion="reduce").new_page()
    open_form(page, site)
    page.get_by_label("Due at").fill("2020-01-01T08:00")
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.locator(".errors.summary")).to_be_focused()
    page.get_by_role("link", name="due at").press("Enter")
    page.keyboard.type("01")
    expect(page.locator("#id_due_at")).to_be_focused()
