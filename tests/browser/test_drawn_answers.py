"""Answers that are drawn: by keyboard alone, by mouse, by touch; the field has them as text."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PHONE, Look
from tests.browser.support.keyboard import Reader
from tests.browser.support.sharing import Shared
from tests.browser.support.site import Site, running_site

pytestmark = pytest.mark.browser

PROBLEMS = {
    "line": ({"kind": "equation", "value": "y = 2x - 1"}, "line"),
    "half-plane": ({"kind": "inequality", "value": "y > x - 2"}, "half-plane"),
    "interval": ({"kind": "interval", "value": "(-oo, 1/2)"}, "interval, x from -2 to 2 step 1/2"),
    "parabola": ({"kind": "equation", "value": "y = (x - 1)^2 - 3"}, "parabola"),
    "points": (
        {"kind": "list", "value": "(1, 2), (4, -1)"},
        "points, x from -10 to 10, y from -10 to 10",
    ),
}
ASSIGN = """
from tests.factories import make_assignment, make_problem
from tutor.courses.models import Section
from tutor.grading import read_key
problems = {problems}
section = Section.objects.filter(enrollments__user__username="alice").first()
made = [
    make_problem("drawn-" + name, statement="Draw it.", key=read_key(key), drawing=drawing)
    for name, (key, drawing) in problems.items()
]
for item in make_assignment(section, made).problem_set.items.all():
    print(item.get_absolute_url())
"""


@pytest.fixture(scope="module")
def sites() -> Iterator[Shared[Site]]:
    with Shared(running_site) as sites:
        yield sites


def at(page: Page, x: float, y: float) -> dict[str, float]:
    """Where (x, y) is on the usual grid from -5 to 5, in pixels of the page."""
    box = page.locator("[data-part=marks]").bounding_box()
    assert box is not None
    scale = box["width"] / 360
    return {
        "x": box["x"] + (26 + (x + 5) * 31) * scale,
        "y": box["y"] + (342 - (y + 5) * 31.2) * scale,
    }


def press(page: Page, x: float, y: float) -> None:
    spot = at(page, x, y)
    page.mouse.click(spot["x"], spot["y"])


def type_keys(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def point(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name)


def test_an_answer_is_drawn_by_keyboard_by_mouse_and_by_touch(
    site: Site, page: Page, browser: Browser, look: Look
):
    urls = dict(zip(PROBLEMS, site.shell(ASSIGN.format(problems=PROBLEMS)).split(), strict=True))
    Reader(page).sign_in(site.address, "alice")
    field, echo = page.locator("#response"), page.locator("#echo")

    def open_problem(name: str) -> None:
        page.goto(site.address + urls[name])
        expect(page.get_by_role("button", name="Place a point")).to_be_visible()

    open_problem("line")  # no mouse here
    page.get_by_role("button", name="Place a point").focus()
    type_keys(page, "Enter", "ArrowDown")
    expect(point(page, "Point 1")).to_be_focused()
    expect(point(page, "Point 1")).to_have_attribute("aria-valuetext", "x 0, y -1")
    expect(page.get_by_role("status").filter(has_text="One more point")).to_be_visible()
    type_keys(page, "Tab", "Enter", "Shift+ArrowRight", "ArrowUp", "ArrowUp", "ArrowUp")
    expect(field).to_have_value("y = 0.8x - 1")
    type_keys(page, "ArrowLeft", "ArrowLeft", "ArrowLeft")
    expect(point(page, "Point 2")).to_have_attribute("aria-valuetext", "x 2, y 3")
    expect(field).to_have_value("y = 2x - 1")
    expect(echo.locator(".katex")).to_be_visible()
    look(page, "drawn-line")
    page.reload()
    expect(point(page, "Point 2")).to_be_visible()
    field.focus()
    type_keys(page, "Enter")
    expect(page.get_by_role("heading", name="Correct", exact=True)).to_be_focused()
    expect(page.locator(".drawn-answer svg").first).to_be_attached()

    open_problem("half-plane")
    press(page, 0, -2)
    press(page, 3, 1)
    expect(page.get_by_role("status").filter(has_text="the side to shade")).to_be_visible()
    press(page, -3, 3)
    page.get_by_role("button", name="The border belongs to it").click()
    expect(field).to_have_value("y > x - 2")
    look(page, "drawn-half-plane")
    page.mouse.move(*at(page, 3, 1).values())
    page.mouse.down()
    page.mouse.move(*at(page, 3, -4.2).values(), steps=3)
    page.mouse.up()
    expect(field).to_have_value("y > -2x/3 - 2")
    field.fill("y > 7x - 20")  # typed, and not on the grid
    expect(page.get_by_role("status").filter(has_text="The grid cannot show")).to_be_visible()
    press(page, 0, 0)
    expect(field).to_have_value("y > 7x - 20")
    page.get_by_role("button", name="Start again").click()
    expect(field).to_have_value("")

    open_problem("interval")
    page.get_by_role("button", name="Place a point").press("Enter")
    type_keys(page, "ArrowRight", " ")
    page.get_by_role("button", name="No end on the left").press("Enter")
    expect(field).to_have_value("(-∞, 1/2)")
    look(page, "drawn-interval")
    page.get_by_role("button", name="What is outside the ends").press("Enter")
    expect(page.get_by_role("status").filter(has_text="One more point")).to_be_visible()
    page.get_by_role("button", name="Place a point").press("Enter")
    type_keys(page, "ArrowLeft", "ArrowLeft")
    expect(field).to_have_value("(-∞, -1] ∪ (1/2, ∞)")
    expect(echo.locator(".katex")).to_be_visible()
    look(page, "drawn-outside")
    page.get_by_role("button", name="Start again").press("Enter")
    page.get_by_role("button", name="All but one point").press("Enter")
    page.get_by_role("button", name="Place a point").press("Enter")
    type_keys(page, "ArrowRight", " ")
    left_out = point(page, "The point left out")
    expect(left_out).to_have_attribute("aria-valuetext", "1/2, does not belong to it")
    expect(field).to_have_value("(-∞, 1/2) ∪ (1/2, ∞)")
    look(page, "drawn-without")

    open_problem("parabola")
    press(page, 1, -3)
    press(page, 3, 1)
    expect(field).to_have_value("y = (x - 1)^2 - 3")
    look(page, "drawn-parabola")
    page.get_by_role("button", name="Start again").press("Enter")  # and without the mouse
    through = page.get_by_role("button", name="Through three points")
    through.press("Enter")
    expect(through).to_have_attribute("aria-pressed", "true")
    place = page.get_by_role("button", name="Place a point")
    for _point in range(3):
        place.press("Enter")
    expect(page.get_by_role("status").filter(has_text="in one line")).to_be_visible()
    expect(field).to_have_value("")
    type_keys(page, "ArrowUp", "ArrowUp")
    expect(point(page, "Point 3")).to_have_attribute("aria-valuetext", "x -1, y 2")
    expect(field).to_have_value("y = x^2 - x")
    expect(echo.locator(".katex")).to_be_visible()
    look(page, "drawn-through-three")

    context = browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce",
        color_scheme="dark", storage_state=page.context.storage_state(),
    )  # fmt: skip
    phone = context.new_page()
    phone.goto(site.address + urls["points"])
    grid = phone.locator("[data-part=marks]")
    grid.tap(position={"x": 200, "y": 120})
    grid.tap(position={"x": 100, "y": 250})
    expect(point(phone, "Point 2")).to_be_visible()
    phone.get_by_role("button", name="Remove a point").tap()
    expect(phone.locator("#response")).to_have_value("(2, 4)")
    look(phone, "drawn-points", sizes=["phone"])
    context.close()
