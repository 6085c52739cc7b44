"""A teacher inserts a figure and a picture, sees them while writing; what is wrong is named."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.support.site import Site, running_site
from tests.browser.test_student_watches import sign_in
from tests.pictures.test_clean_file import png

pytestmark = pytest.mark.browser


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


def test_a_figure_is_seen_while_it_is_written(site: Site, page: Page, look: Look):
    sign_in(page, site, "carol")
    page.goto(f"{site.address}/problems/new/")
    preview = page.locator("[data-part=preview]")
    page.get_by_label("Title").fill("A side of your own")
    page.get_by_text("Other numbers for each student").click()
    page.get_by_label("Parameters").fill("b = 6..6")
    statement = page.get_by_label("Statement")
    statement.fill("How long is \\(x\\)?")
    statement.press("End")
    page.get_by_text("Insert a figure").click()
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
