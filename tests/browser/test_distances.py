"""What stands apart on pages, and what stands in one line."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Look
from tests.browser.support.keyboard import Reader
from tests.browser.support.sharing import Shared
from tests.browser.support.site import Site, running_site

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
PRACTICE = """
from tutor.attempts.models import Practice
from tutor.assignments.models import Assignment
from tutor.courses.models import Enrollment
Assignment.objects.update(step_policy="always")
enrollment = Enrollment.objects.filter(user__username="alice").first()
item = enrollment.section.assignments.get(problem_set__title="Warming up").problem_set.items.first()
made = Practice.objects.create(
    enrollment=enrollment, item=item, version=item.problem.current, number=99
)
print(made.get_absolute_url())
"""
ITEM = """
from tutor.assignments.models import Item
print(Item.objects.filter(problem_set__title="Warming up")[1].get_absolute_url())
"""
SECTION = """
from tutor.assignments.models import Assignment
section = Assignment.objects.filter(problem_set__title="Warming up").first().section
print(section.get_absolute_url())
"""
STATISTICS = """
from django.urls import reverse
from tutor.assignments.models import Assignment
from tutor.attempts.models import Attempt
from tutor.grading import Verdict
assignment = Assignment.objects.filter(problem_set__title="Warming up").first()
of_class = Attempt.objects.filter(enrollment__section=assignment.section)
newest = of_class.filter(grade__verdict=Verdict.INCORRECT, item__problem_set__title="Warming up")
of_class.filter(pk__in=newest.values("pk")).update(mistake={"name": "sign_error"})
print(reverse("statistics", args=[assignment.code]))
"""


@pytest.fixture(scope="module")
def sites() -> Iterator[Shared[Site]]:
    with Shared(running_site) as sites:
        yield sites


def box_of(element: Locator) -> dict[str, float]:
    box = element.bounding_box()
    assert box
    return {**box}


def test_answer_and_help_stand_apart_on_a_page_of_practice(site: Site, page: Page, look: Look):
    page.set_viewport_size(PHONE)
    Reader(page).sign_in(site.address, "alice")
    page.goto(site.address + site.shell(PRACTICE).strip())
    for above, below in ((".statement", "#answer h2"), ("#answer form", "#help h2")):
        first, second = box_of(page.locator(above).first), box_of(page.locator(below).first)
        assert second["y"] - first["y"] - first["height"] >= 24
    look(page, "distances-practice")


def test_why_there_is_no_next_line_is_read_where_it_was_asked_for(
    site: Site, page: Page, look: Look
):
    page.set_viewport_size(PHONE)
    Reader(page).sign_in(site.address, "alice")
    site.shell(
        "from tutor.problems.models import ProblemVersion as V\nV.objects.update(statement='Why?')"
    )
    page.goto(site.address + site.shell(PRACTICE.replace("99", "98")).strip())
    page.get_by_role("button", name="Show the next line").press("Enter")
    refusal = page.locator("[data-level=line] [role=alert]")
    expect(refusal).to_be_focused()
    expect(refusal).to_be_in_viewport()
    look(page, "distances-refusal")


def test_counts_of_students_stand_in_their_row_and_column(site: Site, page: Page, look: Look):
    Reader(page).sign_in(site.address, "carol")
    page.goto(site.address + site.shell(STATISTICS).strip())
    table = page.locator("#mistakes + p + .scroll table")
    heading = table.locator("thead th").nth(1)
    sentence, count = table.locator("tbody th a").first, table.locator("summary").first
    middles = [box["y"] + box["height"] / 2 for box in map(box_of, (sentence, count))]
    assert abs(middles[0] - middles[1]) <= 2
    padding = heading.evaluate("cell => parseFloat(getComputedStyle(cell).paddingInlineStart)")
    assert abs(box_of(heading)["x"] + padding - box_of(count)["x"]) <= 1
    bar, number = count.locator("progress"), count.locator(".number")
    assert 0 < box_of(number)["x"] - box_of(bar)["x"] - box_of(bar)["width"] <= 12
    look(page, "distances-statistics")
    count.click()
    look(page, "distances-statistics-open")
    page.set_viewport_size(PHONE)  # there the count is beside its column's name, at the edge
    cell = box_of(table.locator("tbody td").first)
    assert abs(box_of(number)["x"] + box_of(number)["width"] - cell["x"] - cell["width"]) <= 1
    assert box_of(bar)["y"] - cell["y"] < 24


def test_all_pages_of_a_class_have_their_tabs_and_foot_in_one_line(site: Site, page: Page):
    Reader(page).sign_in(site.address, "carol")
    section = site.shell(SECTION).strip()
    page.set_viewport_size(DESK)
    boxes = {}
    for name in ("people", "edit", "messages", "groups", "counting", "skills"):
        page.goto(f"{site.address}{section}{name}/")
        boxes[name] = box_of(page.locator(".tabs"))
        assert box_of(page.locator("footer p"))["x"] == boxes[name]["x"]
    assert {tuple(box.values()) for box in boxes.values()} == {tuple(boxes["people"].values())}


FIRST_ITEM = (
    "from tutor.assignments.models import Assignment;"
    "from tutor.courses.models import Section;"
    "a = Assignment.objects.get(problem_set__title='Functions and slopes');"
    "print(a.section.get_absolute_url(), a.get_absolute_url(), a.code,"
    " a.problem_set.items.first().code)"
)


def test_what_a_page_is_for_begins_in_the_upper_half_of_a_phone(site: Site, page: Page):
    section, assignment, code, item = site.shell(FIRST_ITEM).split()
    for_teacher = {
        "/": ".class-sheet h2",
        section: ".dense tbody th",
        f"{section}gradebook/": ".gradebook, .dense",
        f"{section}people/": ".title-bar h2",
        f"{section}skills/": ".dense",
        f"{section}waiting/": "main h1 ~ * .problem, .paper-side, main article",
        assignment: ".entries li",
        f"{assignment}gradebook/": ".gradebook",
        f"{assignment}statistics/": ".chart, .bar-chart",
        f"/assignments/{code}/items/{item}/answers/": ".statement",
        f"/assignments/{code}/try/{item}/": ".workbench h1",
        "/sets/": ".dense, [name=title]",
        "/problems/": "[name=text]",
        "/problems/new/": "[name=title]",
    }
    for_student = {
        "/": ".next h2",
        assignment: ".entries li",
        f"/items/{item}/": ".workbench .statement",
        "/skills/": "main h2",
        "/notices/": ".empty p, .entries",
    }
    late = {}
    page.set_viewport_size({"width": 360, "height": 740})
    for name, pages in (("carol", for_teacher), ("alice", for_student)):
        page.context.clear_cookies()
        Reader(page).sign_in(site.address, name)
        for address, thing in pages.items():
            page.goto(site.address + address)
            top = box_of(page.locator(thing).first)["y"]
            if top > 370:
                late[f"{name} {address}"] = top
    assert late == {}


def test_the_open_page_of_a_class_is_in_sight_among_its_tabs(site: Site, page: Page):
    Reader(page).sign_in(site.address, "carol")
    section = site.shell(FIRST_ITEM).split()[0]
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{site.address}{section}edit/")
    open_tab = box_of(page.locator(".tabs [aria-current]"))
    assert 0 <= open_tab["x"] <= open_tab["x"] + open_tab["width"] <= 360
    expect(page.locator(".tabs ul")).to_have_attribute("data-more", "start")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto(f"{site.address}{section}")
    expect(page.locator(".tabs ul")).to_have_attribute("data-more", "end")


def test_the_last_tab_is_whole_although_its_font_comes_late(site: Site, page: Page):
    Reader(page).sign_in(site.address, "carol")
    section = site.shell(FIRST_ITEM).split()[0]
    page.set_viewport_size({"width": 360, "height": 740})
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setBypassServiceWorker", {"bypass": True})
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    held: list[Route] = []
    page.route("**/*.woff2", lambda route: held.append(route))
    page.goto(f"{site.address}{section}edit/", wait_until="domcontentloaded")
    tabs = page.locator(".tabs ul")
    expect(tabs).to_have_attribute("data-more", "start")
    assert held
    # As another font would be, so that the widths differ on every machine.
    tabs.evaluate("tabs => tabs.style.letterSpacing = '.02em'")
    for route in held:
        route.continue_()
    page.unroute("**/*.woff2")
    page.wait_for_function(
        "(tabs) => tabs.scrollWidth - tabs.clientWidth - tabs.scrollLeft < 1",
        arg=tabs.element_handle(),
    )
    expect(tabs).to_have_attribute("data-more", "start")


def test_a_form_of_a_class_and_what_it_adds_to_fill_a_desk(site: Site, page: Page, look: Look):
    Reader(page).sign_in(site.address, "carol")
    section = page.locator(".class-sheet h2 a").get_attribute("href")
    for name in ("edit", "messages", "groups", "counting"):
        page.set_viewport_size(DESK)
        page.goto(f"{site.address}{section}{name}/")
        tabs, *halves = map(box_of, page.locator(".tabs, .side-by-side > *").all())
        first, second = halves
        assert first["y"] == second["y"]
        assert second["x"] + second["width"] == tabs["x"] + tabs["width"]
        assert second["x"] - first["x"] - first["width"] == 48
        look(page, f"distances-class-{name}")


def test_a_profile_and_the_ways_on_from_it_stand_side_by_side(site: Site, page: Page, look: Look):
    Reader(page).sign_in(site.address, "alice")
    page.goto(f"{site.address}/accounts/profile/")
    page.set_viewport_size(DESK)
    form, ways = box_of(page.locator("main form")), box_of(page.locator(".entries"))
    assert form["y"] == ways["y"]
    assert form["x"] + form["width"] < ways["x"]
    look(page, "distances-profile")


def test_the_files_of_an_export_have_buttons_of_one_width(site: Site, page: Page, look: Look):
    Reader(page).sign_in(site.address, "carol")
    page.goto(f"{site.address}/problems/export/")
    expect(page.get_by_text(re.compile(r"\d+ of \d+, for Moodle"))).to_be_visible()
    widths = {box_of(button)["width"] for button in page.locator(".files .btn").all()}
    assert len(widths) == 1
    look(page, "distances-export")


def test_a_phone_has_the_lists_of_the_skill_map_without_its_picture(site: Site, page: Page):
    page.set_viewport_size(PHONE)
    Reader(page).sign_in(site.address, "alice")
    page.goto(f"{site.address}/skills/map/")
    expect(page.locator(".map-areas a").first).to_be_visible()
    expect(page.locator(".skill-map")).to_be_hidden()
    expect(page.locator(".map-key")).to_be_hidden()
    page.set_viewport_size({"width": 768, "height": 1024})
    expect(page.locator(".skill-map")).to_be_visible()


def test_help_is_beside_the_answer_and_the_way_to_other_problems_above_it(
    site: Site, page: Page, look: Look
):
    Reader(page).sign_in(site.address, "bob")
    page.goto(site.address + site.shell(ITEM).strip())
    answer, help_, bar = (page.locator(name) for name in ("#answer", "#help", ".set-bar"))
    links = page.locator(".set-links")
    page.set_viewport_size({"width": 1366, "height": 768})
    assert box_of(help_)["x"] + box_of(help_)["width"] < box_of(answer)["x"]
    assert box_of(help_)["y"] < box_of(answer)["y"] + box_of(answer)["height"]
    expect(links).to_be_hidden()
    side = page.locator(".workbench-side")
    assert side.evaluate("side => side.scrollHeight <= side.clientHeight")  # with the page alone
    page.set_viewport_size({"width": 1366, "height": 420})  # lower than the column
    page.evaluate("scrollTo(0, document.querySelector('.workbench-side').offsetHeight - 200)")
    expect(help_.locator(".help-level").last).to_be_in_viewport(ratio=1)
    for width in (320, PHONE["width"]):
        page.set_viewport_size(PHONE | {"width": width})
        below = box_of(help_)["y"] - box_of(answer)["y"] - box_of(answer)["height"]
        assert 0 < below < PHONE["height"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert box_of(bar)["y"] + box_of(bar)["height"] < box_of(answer)["y"]
        end = box_of(answer)["y"] + box_of(answer)["height"]
        assert end <= box_of(links)["y"] < box_of(help_)["y"]
        ways = (*bar.get_by_role("link").all(), *links.get_by_role("link").all())
        assert {box_of(link)["height"] >= 44 for link in ways} == {True}
    expect(page.locator("[data-part=submit]")).to_be_in_viewport(ratio=1)  # nothing lies over it
    look(page, "distances-workbench")


def test_a_dot_of_the_skill_map_says_what_it_is_and_shows_its_lines(
    site: Site, page: Page, look: Look
):
    Reader(page).sign_in(site.address, "alice")
    page.goto(f"{site.address}/skills/map/")
    dots, chosen = page.locator(".skill-map a"), page.locator("[data-part=chosen]")
    look(page, "skill-map")
    dots.first.focus()
    expect(chosen).to_have_text(str(dots.first.get_attribute("aria-label")))
    shown = """paths => paths.filter(
        (path) => getComputedStyle(path).visibility === "visible").length"""
    assert page.locator(".skill-map path").evaluate_all(shown) == 1
    page.keyboard.press("ArrowRight")
    expect(chosen).to_have_text(str(dots.nth(1).get_attribute("aria-label")))
    page.keyboard.press("Enter")
    expect(page.locator(".map-line > :target")).to_be_visible()


def test_wide_tables_of_a_class_are_cards_on_a_phone(site: Site, page: Page, look: Look):
    Reader(page).sign_in(site.address, "carol")
    page.goto(f"{site.address}/sections/")
    page.get_by_role("link", name="Class 10b", exact=False).first.click()
    for tab in ("Assignments", "People"):
        page.get_by_role("link", name=tab, exact=True).first.click()
        page.set_viewport_size(PHONE)
        cards = page.locator(".cards tbody tr")
        edges = cards.evaluate_all("rows => rows.map((row) => row.scrollWidth - row.clientWidth)")
        assert edges
        assert max(edges) <= 0
        look(page, f"cards-{tab.lower()}")


def test_all_students_to_tick_are_in_view_on_a_phone(site: Site, page: Page, look: Look):
    Reader(page).sign_in(site.address, "carol")
    page.goto(f"{site.address}/sections/")
    for link in ("Class 10b", "People", "Groups"):
        page.get_by_role("link", name=link).first.click()
    page.set_viewport_size(PHONE)
    ticks = page.locator(".ticks > div")
    hidden = "box => [box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight]"
    assert max(ticks.evaluate(hidden)) <= 0
    look(page, "ticks")


def test_a_row_stands_on_the_first_line_of_each_cell(site: Site, page: Page):
    Reader(page).sign_in(site.address, "carol")
    page.set_viewport_size({"width": 720, "height": 740})
    page.goto(site.address + site.shell(STATISTICS).strip())
    rows = page.locator(".scroll:has(.bar-cell) tbody tr")
    tops = """rows => rows.map((row) => [
        row.cells[0].querySelector("a"), row.cells[1],
      ].map((part) => {
        const range = document.createRange();
        range.selectNodeContents(part);
        return range.getClientRects()[0].top;
    }))"""
    pairs = rows.evaluate_all(tops)
    assert pairs
    less_than_half_a_line = 12  # a fraction in the first cell makes its line taller
    assert [pair for pair in pairs if abs(pair[0] - pair[1]) > less_than_half_a_line] == []
