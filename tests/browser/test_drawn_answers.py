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
    "venn": ({"kind": "logic", "value": "A and not B"}, "venn, A, B"),
    "fields": (
        {"kind": "inequality", "value": "y >= x + 1 and x + y < 3"},
        "fields, y = x + 1, x + y < 3",
    ),
    "three": (
        {"kind": "inequality", "value": "y > -x and x > -3 and 2y - x < 4"},
        "fields, y > -x, x > -3, 2y - x < 4",
    ),
    "bar": ({"kind": "number", "value": "3/4"}, "fraction bar, 8 parts"),
    "points": (
        {"kind": "list", "value": "(1, 2), (4, -1)"},
        "points, x from -10 to 10, y from -10 to 10",
    ),
}
GRAPH = "```figure\nplot\nx from -5 to 5\ny from -5 to 5\ny = {slope}x + 1\n```"
SLOPES = (2, -2, 1, -1)
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
made.append(make_problem(
    "drawn-choices", statement="Which graph belongs to the line?", choices={choices},
    key=read_key({{"kind": "choice", "value": "B"}}),
))
for item in make_assignment(section, made).problem_set.items.all():
    print(item.get_absolute_url())
"""


@pytest.fixture(scope="module")
def sites() -> Iterator[Shared[Site]]:
    with Shared(running_site) as sites:
        yield sites


def at(page: Page, x: float, y: float) -> dict[str, float]:
    """Where (x, y) is on the usual grid from -5 to 5, in pixels of the page."""
    marks = page.locator("[data-part=marks]")
    marks.scroll_into_view_if_needed()
    box = marks.bounding_box()
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


def place_points(page: Page, *moves: list[str]) -> None:
    """By keyboard: the button puts each point on the grid, and keys move it from there."""
    for keys in moves:
        page.get_by_role("button", name="Place a point").press("Enter")
        type_keys(page, *keys)


def focused_name(page: Page) -> str:
    """What a screen reader calls the stop of Tab."""
    name = "e => e.getAttribute('aria-label') || e.innerText || e.name || ''"
    return str(page.locator(":focus").evaluate(name))


def come_to_the_answer(page: Page, regions: str, grid: str) -> None:
    """In a few steps from the top of the page, each of which has a name."""
    page.goto(regions)
    expect(page.locator("[data-region]").first).to_be_visible()
    type_keys(page, "Tab", "Tab", "Enter", "Tab")
    assert focused_name(page) == "in A, not in B"
    type_keys(page, "Tab")
    expect(page.locator("#response")).to_be_focused()
    page.goto(grid)
    page.get_by_role("button", name="Place a point").press("Enter")
    page.locator(".skip-link").last.focus()
    type_keys(page, "Enter", "Tab")
    assert focused_name(page) == "Point 1"
    page.get_by_role("button", name="Start again").press("Enter")


def test_an_answer_is_drawn_by_keyboard_by_mouse_and_by_touch(
    site: Site, page: Page, browser: Browser, look: Look
):
    choices = [GRAPH.format(slope=slope) for slope in SLOPES]
    lines = site.shell(ASSIGN.format(problems=PROBLEMS, choices=choices)).split()
    urls = dict(zip((*PROBLEMS, "choices"), lines, strict=True))
    Reader(page).sign_in(site.address, "alice")
    field, echo = page.locator("#response"), page.locator("#echo")

    def open_problem(name: str) -> None:
        page.goto(site.address + urls[name])
        expect(page.get_by_role("button", name="Place a point")).to_be_visible()

    come_to_the_answer(page, site.address + urls["venn"], site.address + urls["line"])
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
    expect(point(page, "Point 2")).to_have_attribute("aria-valuetext", "x 2, y 3")  # as drawn
    field.focus()
    type_keys(page, "Enter")
    expect(page.get_by_role("heading", name="Correct", exact=True)).to_be_focused()
    expect(page.locator(".drawn-answer svg").first).to_be_attached()

    open_problem("half-plane")
    press(page, 0, -2)
    press(page, 3, 1)
    expect(page.get_by_role("status").filter(has_text="the side to shade")).to_be_visible()
    press(page, -3, 3)
    page.get_by_role("button", name="Include border").click()
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
    place_points(page, ["ArrowDown"] * 2, ["ArrowRight"] * 3)  # no mouse here
    expect(field).to_have_value("")
    page.get_by_role("button", name="Shade the other side").press("Enter")
    page.get_by_role("button", name="Include border").press("Enter")
    expect(field).to_have_value("y > 2x/3 - 2")

    open_problem("interval")
    page.get_by_role("button", name="Place a point").press("Enter")
    type_keys(page, "ArrowRight", " ")
    page.get_by_role("button", name="No left end").press("Enter")
    expect(field).to_have_value("(-∞, 1/2)")
    look(page, "drawn-interval")
    page.get_by_role("button", name="Outside the ends").press("Enter")
    expect(page.get_by_role("status").filter(has_text="One more point")).to_be_visible()
    page.get_by_role("button", name="Place a point").press("Enter")
    type_keys(page, "ArrowLeft", "ArrowLeft")
    expect(field).to_have_value("(-∞, -1] ∪ (1/2, ∞)")
    expect(echo.locator(".katex")).to_be_visible()
    look(page, "drawn-outside")
    page.get_by_role("button", name="Start again").press("Enter")
    page.get_by_role("button", name="Leave out a point").press("Enter")
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
    page.get_by_role("button", name="Start again").press("Enter")  # no mouse from here on
    place_points(page, ["ArrowRight", "Shift+ArrowDown"], ["ArrowDown", "ArrowDown"])
    expect(point(page, "Vertex")).to_have_attribute("aria-valuetext", "x 1, y -5")
    expect(field).to_have_value("y = 3(x - 1)^2 - 5")
    page.get_by_role("button", name="Start again").press("Enter")
    through = page.get_by_role("button", name="Through three points")
    through.press("Enter")
    expect(through).to_have_attribute("aria-pressed", "true")
    place_points(page, [], [], [])
    expect(page.get_by_role("status").filter(has_text="in one line")).to_be_visible()
    expect(field).to_have_value("")
    type_keys(page, "ArrowUp", "ArrowUp")
    expect(point(page, "Point 3")).to_have_attribute("aria-valuetext", "x -1, y 2")
    expect(field).to_have_value("y = x^2 - x")
    expect(echo.locator(".katex")).to_be_visible()
    look(page, "drawn-through-three")

    open_problem("points")
    place_points(page, ["ArrowRight", "ArrowUp", "ArrowUp"], ["Shift+ArrowLeft", "Delete"], [])
    expect(point(page, "Point 2")).to_have_attribute("aria-valuetext", "x 0, y 0")
    expect(field).to_have_value("(1, 2), (0, 0)")

    height = page.viewport_size["height"]
    page.set_viewport_size({"width": 1280, "height": 500})
    open_problem("half-plane")
    page.get_by_role("button", name="Start again").press("Enter")
    place_points(page, ["Shift+ArrowUp", "ArrowUp"])
    expect(point(page, "Point 1")).to_be_in_viewport()  # the page follows the keys
    field.fill("y > x + 2")
    field.press("Enter")
    expect(page.get_by_role("heading", name="Not right", exact=True)).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": height})

    page.goto(site.address + urls["venn"])
    page.get_by_role("checkbox", name="in A, not in B").press(" ")
    expect(field).to_have_value("A ∖ B")
    expect(echo.locator(".katex")).to_be_visible()
    type_keys(page, "ArrowRight", "ArrowRight", "Enter")
    expect(page.get_by_role("checkbox", name="in A and in B")).to_be_focused()
    expect(field).to_have_value("A")
    look(page, "chosen-regions")
    field.fill("A - B")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
    field.press("Enter")
    expect(page.get_by_role("heading", name="Correct", exact=True)).to_be_focused()
    expect(page.locator(".drawn-answer svg").first).to_be_attached()

    page.goto(site.address + urls["fields"])
    expect(page.get_by_role("radio")).to_have_count(4)
    page.get_by_role("radio", name="the field above g, below h").press(" ")
    expect(field).to_have_value("y ≥ x + 1 and x + y < 3")
    expect(echo.locator(".katex")).to_be_visible()
    type_keys(page, "ArrowRight", "Enter")
    expect(page.get_by_role("radio", checked=True)).to_have_count(1)
    expect(field).to_have_value("y ≤ x + 1 and x + y < 3")
    look(page, "chosen-field")
    page.get_by_role("radio", name="the field above g, above h").click()
    expect(field).to_have_value("y ≥ x + 1 and x + y > 3")
    page.get_by_role("button", name="Start again").press("Enter")
    expect(field).to_have_value("")
    field.fill("x + 1 <= y < 3 - x")
    expect(page.get_by_role("radio", checked=True)).to_have_accessible_name(
        "the field above g, below h"
    )
    field.press("Enter")
    expect(page.get_by_role("heading", name="Correct", exact=True)).to_be_focused()
    expect(page.locator(".drawn-answer svg").first).to_be_attached()

    page.goto(site.address + urls["choices"])
    cards = page.locator(".option")
    expect(cards).to_have_count(4)
    boxes = [card.bounding_box() or {} for card in cards.all()]
    assert boxes[0]["y"] == boxes[1]["y"] < boxes[2]["y"]  # in a grid
    drawn = page.get_by_role("radio", name="The graph is a straight line")
    expect(drawn).to_have_count(4)
    with page.expect_response("**/draft/**"):
        cards.nth(1).locator("svg").click()  # anywhere on the card
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    with page.expect_response("**/draft/**"):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio").nth(2)).to_be_checked()
    look(page, "choices-with-graphs")

    context = browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce",
        color_scheme="dark", storage_state=page.context.storage_state(),
    )  # fmt: skip
    phone = context.new_page()
    phone.goto(site.address + urls["points"])
    phone.get_by_role("button", name="Start again").tap()
    grid = phone.locator("[data-part=marks]")
    grid.tap(position={"x": 200, "y": 120})
    grid.tap(position={"x": 100, "y": 250})
    expect(point(phone, "Point 2")).to_be_visible()
    phone.get_by_role("button", name="Remove a point").tap()
    expect(phone.locator("#response")).to_have_value("(2, 4)")
    look(phone, "drawn-points", sizes=["phone"])
    phone.goto(site.address + urls["three"])
    phone.get_by_role("radio", name="the field above g, to the right of h, below k").tap()
    expect(phone.locator("#response")).to_have_value("y > -x and x > -3 and 2y - x < 4")
    phone.goto(site.address + urls["bar"])
    for part in (2, 3, 5):
        phone.get_by_role("checkbox", name=f"part {part} of 8").tap()
    expect(phone.locator("#response")).to_have_value("3/8")
    phone.get_by_role("checkbox", name="part 3 of 8").tap()
    expect(phone.locator("#response")).to_have_value("2/8")
    look(phone, "chosen-parts", sizes=["phone"])
    context.close()
