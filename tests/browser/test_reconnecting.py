"""Tabs that lose the network: while a solution streams, while something is typed."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Look
from tests.browser.support.site import Site
from tests.browser.support.waiting import wait_until
from tests.browser.test_checked_steps import ENDED, MARKS, open_problem
from tests.browser.test_checked_steps import site as site

pytestmark = pytest.mark.browser

OFFLINE, WRITING = "[data-part=bar][data-now=offline]", "[data-part=bar][data-now=writing]"
IS_READY = "navigator.serviceWorker.ready.then(() => true)"
CACHED = """async () => {
  const caches_ = await Promise.all((await caches.keys()).map(name => caches.open(name)));
  const keys = await Promise.all(caches_.map(cache => cache.keys()));
  return keys.flat().map(request => new URL(request.url).pathname);
}"""
TYPED = """[localStorage, sessionStorage].flatMap(storage => Object.keys(storage))
  .filter(name => /^lemma\\.(unsent|draft)\\./.test(name)).length"""
DRAFTS = """
from tutor.attempts.models import Draft
print(*Draft.objects.filter(enrollment__user__username="alice").values_list("response", flat=True))
"""


def test_a_second_tab_and_a_cut_connection_show_the_same(site: Site, page: Page):
    open_problem(page, site)
    page.locator("[data-part=ask] button").click()
    expect(page.locator(WRITING)).to_be_visible()  # so that the second tab finds the solution
    other = page.context.new_page()
    other.goto(page.url)
    tabs = (page, other)
    for tab in tabs:
        expect(tab.locator(WRITING)).to_be_visible()
    page.context.set_offline(True)
    for tab in tabs:
        expect(tab.locator(OFFLINE)).to_be_visible()
    page.wait_for_timeout(1_500)  # the model writes on, up to where it holds back
    page.context.set_offline(False)
    for tab in tabs:
        expect(tab.locator(WRITING)).to_be_visible()
    site.write_on()
    for tab in tabs:
        expect(tab.locator(ENDED)).to_be_visible()
        marks = tab.locator("[data-part=steps] summary")
        expect(marks).to_have_text(MARKS, use_inner_text=True)

    def show_the_same() -> bool:
        return len({tab.locator("[data-part=steps]").inner_html() for tab in tabs}) == 1

    # A tab may still be setting the last formulas.
    wait_until(show_the_same, "the tabs did not show the same")


def test_a_page_and_an_answer_without_a_network(site: Site, browser: Browser, look: Look):
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    open_problem(page, site)
    problem = page.url
    assert page.evaluate(IS_READY)
    page.reload()  # from here on, its files pass through the worker

    context.set_offline(True)
    page.locator("#response").fill("3/8")
    page.locator(".rows input").first.fill("2x = 4")
    page.keyboard.press("Enter")
    refused = page.locator("[data-part=trouble], [data-part=working-trouble]")
    expect(refused.filter(has_text="The lines could not be sent")).to_be_visible()
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(refused.filter(has_text="Your answer could not be sent")).to_be_visible()
    context.set_offline(False)
    for box in refused.all():  # both can be sent again, and the lines are
        expect(box).to_be_hidden()

    context.set_offline(True)
    page.locator("#response").fill("3/7")
    expect(page.locator("[data-part=saving]")).to_contain_text("kept on this device")
    page.goto(f"{site.address}/skills/")
    expect(page.get_by_role("heading", level=1)).to_have_text("No connection to Lemma")
    look(page, "offline")
    assert page.evaluate(TYPED) == 2  # of the tab, and of the device

    context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("No connection to Lemma")
    assert page.url == f"{site.address}/skills/"
    expect(page.get_by_text("What you typed last is saved now.")).to_be_visible()
    assert "3/7" in site.shell(DRAFTS)
    assert page.evaluate(TYPED) == 1
    cached = page.evaluate(CACHED)
    assert all(path.startswith(("/static/bundled/", "/offline/")) for path in cached)

    page.goto(problem)
    expect(page.locator("#response")).to_have_value("3/7")
    page.locator("#response").fill("8")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    wait_until(lambda: not page.evaluate(TYPED), "a draft stayed on the device")
    context.close()
