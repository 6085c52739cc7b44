"""Tabs that lose the network while a solution streams."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.site import Site
from tests.browser.support.waiting import wait_until
from tests.browser.test_checked_steps import ENDED, MARKS, open_problem
from tests.browser.test_checked_steps import site as site

pytestmark = pytest.mark.browser

OFFLINE, WRITING = "[data-part=bar][data-now=offline]", "[data-part=bar][data-now=writing]"


def test_a_second_tab_and_a_cut_connection_show_the_same(page: Page, site: Site):
    open_problem(page, site)
    page.get_by_role("button", name="Watch it being solved").click()
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
