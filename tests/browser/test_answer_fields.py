"""An answer goes into boxes for its kind; the field behind them is what is sent."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Look
from tests.browser.support.keyboard import Reader
from tests.browser.support.sharing import Shared
from tests.browser.support.site import Site, running_site

pytestmark = pytest.mark.browser

KEYS = {
    "matrix": {"kind": "matrix", "value": "[[1],[2]]"},
    "interval": {"kind": "interval", "value": "[2, oo)"},
    "tuple": {"kind": "tuple", "value": "(2.5, 3)"},
    "truth": {"kind": "truth", "value": "T, F"},
    "quantity": {"kind": "quantity", "value": "5", "unit": "cm^2"},
    "equation": {"kind": "equation", "value": "x = 2.5"},
}
ASSIGN = """
from tests.factories import make_assignment, make_problem
from tutor.courses.models import Section
from tutor.grading import read_key
keys = {keys}
section = Section.objects.filter(enrollments__user__username="alice").first()
problems = [
    make_problem("boxes-" + kind, statement=r"Solve for \\(x\\).", key=read_key(key))
    for kind, key in keys.items()
]
for item in make_assignment(section, problems).problem_set.items.all():
    print(item.get_absolute_url())
"""


@pytest.fixture(scope="module")
def sites() -> Iterator[Shared[Site]]:
    with Shared(running_site) as sites:
        yield sites


def test_boxes_and_the_field_are_the_same_answer(
    site: Site, page: Page, browser: Browser, look: Look
):
    urls = dict(zip(KEYS, site.shell(ASSIGN.format(keys=KEYS)).split(), strict=True))
    Reader(page).sign_in(site.address, "alice")
    field, echo = page.locator("#response"), page.locator("#echo")

    def open_kind(kind: str) -> None:
        page.goto(site.address + urls[kind])
        expect(page.locator(".cells input").first).to_be_visible()

    open_kind("matrix")
    page.get_by_label("Row 1, column 1").fill("1")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("2")
    page.keyboard.press("Enter")  # two boxes are empty: nothing is sent
    expect(page.get_by_role("alert").filter(has_text="This box is empty")).to_be_visible()
    expect(page.get_by_label("Row 1, column 2")).to_be_focused()
    look(page, "boxes-matrix")
    page.get_by_role("button", name="Remove a column").click()
    expect(field).to_have_value("[[1], [2]]")
    expect(echo.locator(".katex")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Row 2, column 1")).to_have_value("2")
    page.get_by_label("Row 2, column 1").press("Enter")
    expect(page.get_by_role("heading", name="Correct", exact=True)).to_be_focused()

    open_kind("interval")
    page.get_by_label("Interval 1, from").fill("2")
    page.get_by_role("button", name="the left end belongs to it").press("Enter")
    page.get_by_role("button", name="no end on the right").click()
    expect(field).to_have_value("[2, ∞)")
    look(page, "boxes-interval")

    open_kind("tuple")
    page.get_by_label("Entry 1").fill("2,5")
    page.get_by_role("button", name="Yes, change it").click()
    page.get_by_label("Entry 2").fill("3")
    expect(field).to_have_value("(2.5, 3)")
    page.get_by_role("button", name="Type it instead").click()
    field.fill("(2.5, 4)")
    page.reload()  # it is remembered
    expect(field).to_have_value("(2.5, 4)")
    page.get_by_role("button", name="Use the boxes").click()
    expect(page.get_by_label("Entry 2")).to_have_value("4")

    page.goto(site.address + urls["truth"])
    page.get_by_role("radio", name="true", exact=True).check()
    page.get_by_role("button", name="Add a statement").click()
    page.get_by_role("group", name="Statement 2").get_by_label("false").check()
    expect(field).to_have_value("true, false")
    look(page, "boxes-truth")

    open_kind("quantity")
    page.get_by_label("Number").fill("5")
    expect(echo).to_contain_text("Is a unit missing?")
    page.get_by_label("Unit").select_option("cm²")
    expect(field).to_have_value("5 cm²")
    look(page, "boxes-quantity")

    page.goto(site.address + urls["equation"])
    field.fill("x = 2,5")  # one solution is typed into the field
    echo.get_by_role("button", name="Yes, change it").click()
    expect(field).to_have_value("x = 2.5")
    page.get_by_role("button", name="Another solution").click()
    page.keyboard.type("-2")
    expect(field).to_have_value("x = 2.5 or -2")
    look(page, "boxes-solutions")

    context = browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce",
        storage_state=page.context.storage_state(),
    )  # fmt: skip
    phone = context.new_page()
    phone.goto(site.address + urls["tuple"])
    phone.get_by_label("Entry 2").tap()
    phone.get_by_label("Entry 2").fill("")
    phone.get_by_role("button", name="root").tap()
    phone.keyboard.type("2")
    expect(phone.locator("#response")).to_have_value("(2.5, sqrt(2))")
    look(phone, "boxes-keys", sizes=["phone"])
    context.close()
