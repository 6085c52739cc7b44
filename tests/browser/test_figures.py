"""A teacher inserts a figure and a picture, sees them while writing; what is wrong is named."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.support.site import Site, running_site, sign_in
from tests.pictures.test_clean_file import png
from tutor.figures import blocks_in, draw

pytestmark = pytest.mark.browser

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "figures.md"
ASSIGN = """
from tests.factories import make_assignment, make_problem
from tutor.courses.models import Section
from tutor.grading import read_key
from tutor.problems.models import Problem
section = Section.objects.filter(enrollments__user__username="alice").first()
shown = Problem.objects.get(versions__title="Every kind of figure")
key = read_key({"kind": "equation", "value": "y = 2x - 1"})
drawn = make_problem("drawn-here", statement="Draw it.", key=key, drawing="line")
for item in make_assignment(section, [shown, drawn]).problem_set.items.order_by("pk"):
    print(item.get_absolute_url())
"""
COLOURS = """(figures) => figures.map((figure) => {
  const behind = (node) => {
    const colour = getComputedStyle(node).backgroundColor;
    const isClear = colour === "rgba(0, 0, 0, 0)" && node.parentElement;
    return isClear ? behind(node.parentElement) : colour;
  };
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
    const [r, g, b] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const paper = behind(figure);
  const text = figure.querySelector("text");
  const halo = text ? getComputedStyle(text).stroke : paper;
  const drawn = [...figure.querySelectorAll("path, circle, text")];
  const inks = drawn.map((node) => light(getComputedStyle(node).color));
  const least = Math.min(...inks.map((ink) => Math.max(ink / light(paper), light(paper) / ink)));
  const {width, height} = figure.getBoundingClientRect();
  const isSeen = width > 20 && height > 20;
  return {halo: halo === paper, least, isDark: light(paper) < 0.5, isSeen};
})"""


def kinds() -> list[str]:
    """The first figure of each kind in the manual."""
    first: dict[str, str] = {}
    for block in blocks_in(MANUAL.read_text("utf-8")):
        name = re.split(r" from | ABC", block.source.splitlines()[0])[0]
        first.setdefault(name, block.source.strip())
    return list(first.values())


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


def test_a_figure_is_seen_while_it_is_written(site: Site, page: Page, look: Look):
    sign_in(page, site.address, "carol")
    page.goto(f"{site.address}/problems/new/")
    preview = page.locator("[data-part=preview]")
    page.get_by_label("Title").fill("A side of your own")
    page.get_by_text("Other numbers for each student").click()
    page.get_by_label("Parameters").fill("b = 6..6")
    statement = page.get_by_label("Statement")
    statement.fill("How long is \\(x\\)?")
    statement.press("End")
    page.get_by_text("Insert a figure").click()
    page.get_by_text("Triangles, points and lines").click()
    page.get_by_role("button", name=re.compile("Insert.*Triangle")).click()
    expect(statement).to_be_focused()
    expect(preview.locator(".statement .katex")).to_be_visible()
    expect(preview.get_by_role("img", name="AB is labelled 5 cm.")).to_be_visible()

    statement.fill(statement.input_value().replace("AC = 4", "AC = [[b]]"))
    expect(preview.get_by_role("img", name="AC is labelled 6 cm.")).to_be_visible()
    statement.fill(statement.input_value().replace("AB = 5 cm", "AB is 5"))
    expect(preview.locator(".figure-failed")).to_contain_text("line 2 of the figure")
    page.get_by_label("Right answer").fill("6")
    page.get_by_label("Reference solution").fill(r"\(\boxed{6}\)")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("line 2 of the figure")
    look(page, "figure-wrong")

    statement.fill(statement.input_value().replace("AB is 5", "AB = 5 cm"))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A side of your own")
    expect(page.locator(".statement .figure svg")).to_be_visible()
    expect(page.locator(".statement .katex")).to_be_visible()
    look(page, "figure")

    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("link", name="Add a picture").click()
    dialog = page.get_by_role("dialog", name="Add a picture")
    dialog.get_by_role("button", name="Add the picture").click()
    expect(dialog).to_contain_text("Describe the picture for students who cannot see it.")
    dialog.get_by_label("Picture", exact=True).set_input_files(
        {"name": "square.png", "mimeType": "image/png", "buffer": png(40, 40)}
    )
    dialog.get_by_label("What the picture shows").fill("a red square")
    look(page, "picture-dialog")
    dialog.get_by_role("button", name="Add the picture").click()
    picture = page.locator(".statement").get_by_role("img", name="a red square")
    expect(picture).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("A side of your own")
    expect(picture).to_have_js_property("naturalWidth", 40)
    expect(page.locator(".statement .katex")).to_be_visible()


def check_figures(page: Page, sources: list[str], *, dark: bool) -> None:
    """Each is there with its words, legible, and its labels stand out from its lines."""
    for source in sources:
        figure = page.get_by_role("img", name=draw(source).alt, exact=True)
        expect(figure).to_be_visible()
    figures = page.locator(".statement .figure svg")
    expect(figures).to_have_count(len(sources))
    for source, seen in zip(sources, figures.evaluate_all(COLOURS), strict=True):
        assert seen["isDark"] == dark
        assert seen["isSeen"], source
        assert seen["halo"], source
        assert seen["least"] >= 3, (source, seen["least"])


def test_each_kind_in_the_editor_for_a_student_in_the_dark_and_on_paper(
    site: Site, page: Page, look: Look
):
    sources = kinds()
    assert len(sources) >= 20
    statement = "\n\n".join(f"```figure\n{source}\n```" for source in sources)
    sign_in(page, site.address, "carol")
    page.goto(f"{site.address}/problems/new/")
    page.get_by_label("Title").fill("Every kind of figure")
    page.get_by_label("Statement").fill(f"Look at all of them.\n\n{statement}")
    page.get_by_label("Right answer").fill("6")
    page.get_by_label("Reference solution").fill(r"\(\boxed{6}\)")
    preview = page.locator("[data-part=preview]")
    for source in sources:
        expect(preview.get_by_role("img", name=draw(source).alt, exact=True)).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Every kind of figure")
    check_figures(page, sources, dark=False)

    shown, drawn = site.shell(ASSIGN).split()
    page.context.clear_cookies()
    sign_in(page, site.address, "alice")
    page.goto(site.address + shown)
    check_figures(page, sources, dark=False)
    look(page, "figures-of-each-kind")
    page.emulate_media(color_scheme="dark")
    check_figures(page, sources, dark=True)
    look(page, "figures-in-the-dark")
    page.emulate_media(media="print", color_scheme="light")
    check_figures(page, sources, dark=False)
    look(page, "figures-on-paper", sizes=["desktop"])

    page.emulate_media(media="screen", color_scheme="dark")
    page.goto(site.address + drawn)
    expect(page.locator("[data-part=marks]")).to_be_visible()
    look(page, "grid-in-the-dark", sizes=["desktop"])
