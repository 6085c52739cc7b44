"""The administration: its lists and its forms."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ARTIFACTS, DESKTOP, PHONE, Look, violations_in
from tests.browser.support.keyboard import Reader
from tests.browser.support.sharing import Shared
from tests.browser.support.site import Site, running_site

pytestmark = pytest.mark.browser

LAPTOP = {"width": 1366, "height": 768}
PICTURES = {"/admin/": "admin-index.png", "/admin/accounts/user/": "admin-users.png"}


@pytest.fixture(scope="module")
def sites() -> Iterator[Shared[Site]]:
    with Shared(running_site) as sites:
        yield sites


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """Where an administrator arrives. Django's own inline styles are refused, and say so."""
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
    page = context.new_page()
    Reader(page).sign_in(site.address, "admin")
    page.goto(f"{site.address}/admin/")
    yield page
    context.close()


EVERY_ROLE = """
from accounts.models import User
from tutor.courses.models import Section
User.objects.filter(username="carol").update(
    first_name="Maximiliane-Charlotte", last_name="von und zu Hohenlohe", is_staff=True
)
carol = User.objects.get(username="carol")
Section.objects.create(course=Section.objects.first().course, name="staff").enrollments.create(
    user=carol, role="student"
)
"""


def linked(page: Page, selector: str) -> list[str]:
    return page.locator(selector).evaluate_all("links => links.map((a) => a.pathname)")


def test_axe_finds_nothing_and_no_list_loses_a_column(site: Site, page: Page, look: Look):
    lists = linked(page, "#content-main th a")
    assert len(lists) > 20
    forms = linked(page, "#content-main a.addlink")
    cut_off = {}
    for address in ["/admin/", *lists]:
        page.goto(f"{site.address}{address}")
        name = address.strip("/").replace("/", "-")
        if address in PICTURES:
            shown = {"x": 0, "y": 0, **DESKTOP}
            page.screenshot(path=ARTIFACTS / PICTURES[address], full_page=True, clip=shown)
        look(page, name, sizes=["desktop"])
        forms += linked(page, "#result_list tbody tr:first-child th a")
        page.set_viewport_size(LAPTOP)
        cut_off[address] = page.locator("#changelist .results").evaluate_all(
            "all => all.map((t) => t.scrollWidth - t.clientWidth)"
        )
        page.set_viewport_size(DESKTOP)
    assert {address: cut for address, cut in cut_off.items() if sum(cut) > 0} == {}
    assert len(forms) > 25
    violations = {}
    for address in forms:
        page.goto(f"{site.address}{address}")
        violations[address] = violations_in(page)
    assert {address: rules for address, rules in violations.items() if rules} == {}


def test_axe_finds_nothing_in_an_account_by_day_and_by_night(site: Site, page: Page, look: Look):
    page.goto(f"{site.address}/admin/accounts/user/")
    Reader(page).go(page.locator("#result_list tbody a").first)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        look(page, f"admin-account-{scheme}", sizes=["desktop"])


def test_axe_finds_nothing_where_an_erasure_is_confirmed(site: Site, page: Page, look: Look):
    page.goto(f"{site.address}/admin/accounts/user/?q=alice")
    page.locator("#result_list tbody input[type=checkbox]").check()
    page.locator("select[name=action]").select_option("erase_people")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("table", name="Deleted")).to_be_visible()
    look(page, "admin-erase", sizes=["desktop", "phone"])


def test_a_phone_shows_lists_in_lines_that_one_reads(site: Site, page: Page, look: Look):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{site.address}/admin/attempts/attempt/")
    rows = page.locator("#result_list tbody tr")
    heights = rows.evaluate_all("rows => rows.map((row) => row.offsetHeight)")
    assert max(heights) <= 80, "a cell takes more than two or three lines"
    Reader(page).go(rows.first.locator("th a"))
    changes = page.locator("#changes-group")
    expect(changes).to_have_attribute("tabindex", "0")
    look(page, "admin-attempt", sizes=["phone"])


def test_fields_that_come_later_have_names(site: Site, page: Page):
    page.goto(f"{site.address}/admin/assignments/problemset/add/")
    fields = page.get_by_role("spinbutton", name="Points")
    expect(fields).not_to_have_count(0)
    before = fields.count()
    page.locator("tr.add-row a").click()
    expect(fields).to_have_count(before + 1)


def test_on_a_phone_all_pages_of_a_teacher_are_in_sight(site: Site, browser: Browser, look: Look):
    site.shell(EVERY_ROLE)
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    Reader(page).sign_in(site.address, "carol")
    for width in (320, 360, 390):
        page.set_viewport_size({"width": width, "height": 740})
        links = page.locator(".site-links a")
        expect(links.first).to_have_text("Home")
        for link in links.all():
            expect(link).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    look(page, "teacher-of-every-role", sizes=["phone"])
    context.close()
