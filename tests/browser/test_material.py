"""A teacher uploads a script, a worker reads it, and a student is pointed to a page of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import typst
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.support.site import Site, running_site, sign_in
from tests.browser.test_student_watches import open_item

pytestmark = pytest.mark.browser

SCRIPT = """
= Week 3
Angles in triangles add up to two right ones.
#pagebreak()
= Circles
Twice the radius is the diameter.
#pagebreak()
= Adding fractions
Fractions are added only over a common denominator. Bring both of them to the least common
multiple of the denominators, and only then add the numerators.
"""
WRITE = """
from django.conf import settings
from tutor.solutions.models import AnswerHint
from tutor.solutions.generation.hints import write_answer_hint
settings.MODEL = "lemma-demo-3m"  # which writes no hints
write_answer_hint(AnswerHint.objects.get().pk)
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site(grading=True) as site:
        yield site


@pytest.fixture
def script(tmp_path: Path) -> Path:
    file = tmp_path / "Fractions.pdf"
    file.write_bytes(typst.compile(SCRIPT.encode(), format="pdf"))
    return file


def test_a_script_is_read_and_a_student_reads_again(
    site: Site, page: Page, look: Look, script: Path
):
    sign_in(page, site.address, "carol")
    page.get_by_role("link", name="Classes", exact=True).click()
    page.locator(".entries").get_by_role("link").first.click()
    page.get_by_role("link", name="Material").click()
    look(page, "material-none")
    page.get_by_label("file").set_input_files(script)
    page.get_by_role("button", name="Upload").press("Enter")
    read = page.get_by_role("row", name="Fractions").get_by_role("cell", name="read", exact=True)
    expect(read).to_be_visible()
    page.get_by_role("button", name="Switch on").click()
    page.get_by_role("searchbox").fill("add two fractions")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Fractions, page 3")).to_be_visible()
    look(page, "material")
    page.get_by_role("link", name="Fractions", exact=True).first.click()
    expect(page.get_by_text("only then add the numerators")).to_be_visible()
    look(page, "material-read")
    page.get_by_role("button", name="Sign out").click()

    sign_in(page, site.address, "alice")
    open_item(page, "A half and a quarter")
    field = page.get_by_role("textbox", name="Your answer", exact=True)
    field.fill("2/6")
    field.press("Enter")
    expect(page.get_by_role("heading", name="Not right")).to_be_visible()
    panel = page.locator("#help")
    panel.get_by_role("button", name="What is wrong with my answer?").click()
    expect(panel).to_contain_text("No language model is running")
    site.shell(WRITE)
    expect(panel).to_contain_text("Read again:")
    look(page, "help-material")
    panel.get_by_role("link", name="Fractions, page 3").press("Enter")
    expect(page.get_by_text("only then add the numerators")).to_be_visible()
    look(page, "passage")
    page.get_by_role("link", name="Back to the problem").click()
    expect(panel).to_contain_text("Read again:")
