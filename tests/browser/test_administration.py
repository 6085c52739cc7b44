"""The lists of the administration and an account's page; Django's other forms are its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import ARTIFACTS, DESKTOP, Look
from tests.browser.keyboard import Reader
from tests.browser.site import Site, running_site

pytestmark = pytest.mark.browser

PICTURES = {"/admin/": "admin-index.png", "/admin/accounts/user/": "admin-users.png"}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


def test_axe_finds_nothing_in_the_administration(site: Site, browser: Browser, look: Look):
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
    page = context.new_page()
    reader = Reader(page)
    reader.sign_in(site.address, "admin")
    page.goto(f"{site.address}/admin/")
    lists = page.locator("#content-main th a").evaluate_all("links => links.map((a) => a.pathname)")
    assert len(lists) > 20
    for address in ["/admin/", *lists]:
        page.goto(f"{site.address}{address}")
        name = address.strip("/").replace("/", "-")
        if address in PICTURES:
            shown = {"x": 0, "y": 0, **DESKTOP}
            page.screenshot(path=ARTIFACTS / PICTURES[address], full_page=True, clip=shown)
        look(page, name, sizes=["desktop"])
    page.goto(f"{site.address}/admin/accounts/user/")
    reader.go(page.locator("#result_list tbody a").first)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        look(page, f"admin-account-{scheme}", sizes=["desktop"])
    context.close()
