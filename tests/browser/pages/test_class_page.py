"""What a teacher can do about an assignment: one link in its row, and the rest in a menu."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SIZES
from tests.browser.support.site import Site, sign_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", SIZES)
def test_the_menu_of_a_row_is_whole_and_goes_by_the_keyboard(site: Site, page: Page, size: str):
    page.set_viewport_size(SIZES[size])
    sign_in(page, site.address, "carol")
    page.get_by_role("link", name="Class 10b").first.click()
    row = page.locator("tbody tr").last
    opener, acts = row.locator("summary"), row.locator(".actions a")
    expect(row.get_by_role("link", name="Gradebook")).to_be_visible()
    expect(acts.first).to_be_hidden()
    opener.press("Enter")
    expect(acts.first).to_be_in_viewport(ratio=1)
    expect(acts.last).to_be_in_viewport(ratio=1)
    acts.last.click(trial=True)  # which fails where something covers it, or cuts it off
    page.keyboard.press("Tab")
    expect(acts.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(acts.first).to_be_hidden()
    expect(opener).to_be_focused()
    opener.press("Enter")
    page.mouse.wheel(0, -200)
    if page.evaluate("document.documentElement.scrollHeight > innerHeight"):
        expect(acts.first).to_be_hidden()
