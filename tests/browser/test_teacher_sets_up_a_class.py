"""A teacher's first day, by keyboard: a section, its people, a set, an assignment; then a student
joins by the code and finds it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Look, Product
from tests.browser.test_student_watches import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.vllm]

LIST = "name,email\nAda Lovelace,ada{n}@example.org\nEmmy Noether,emmy{n}(at)example"


def reach(page: Page, target: Locator) -> Locator:
    """Goes to `target` by the Tab key alone."""
    expect(target).to_be_visible()
    for _ in range(400):
        if target.evaluate("element => element === document.activeElement"):
            return target
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key never came to {target}")


def named(label: str) -> re.Pattern[str]:
    """Labels begin with a capital letter by style alone."""
    return re.compile(f"^{re.escape(label)}$", re.IGNORECASE)


def press(page: Page, name: str, role: str = "button") -> None:
    reach(page, page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]
    page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    reach(page, page.get_by_label(named(label)).first)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def look_at(page: Page, look: Look, name: str) -> None:
    """In daylight and at night, at both sizes; then as it was."""
    size = page.viewport_size
    look(page, name)
    page.emulate_media(color_scheme="dark")
    look(page, f"{name}-dark")
    page.emulate_media(color_scheme="light")
    assert size
    page.set_viewport_size(size)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_class_is_set_up_and_a_student_joins(
    product: Product, page: Page, browser: Browser, look: Look, size: dict[str, int]
):
    wide = size is DESKTOP
    n = size["width"]
    page.set_viewport_size(size)  # type: ignore[arg-type]
    sign_in(page, product, "carol")
    press(page, "Classes", "link")
    if wide:
        look_at(page, look, "classes")
    press(page, "New section", "link")
    write(page, "title of the new course", f"Algebra {n}")
    write(page, "name", "8a")
    if wide:
        look_at(page, look, "section-new")
    press(page, "Make the section")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Algebra {n}, 8a")
    code = page.locator(".join-code").inner_text()
    people = page.url

    press(page, "Add people from a list", "link")
    write(page, "or cells from a spreadsheet", LIST.format(n=n))
    press(page, "Check the list")
    expect(page.locator("tr.failed")).to_contain_text("is no email address")
    expect(page.get_by_role("button", name="Add these people")).to_have_count(0)
    if wide:
        look_at(page, look, "roster-bad")
    write(
        page, "or cells from a spreadsheet", LIST.format(n=n).replace("(at)example", "@example.org")
    )
    press(page, "Check the list")
    if wide:
        look_at(page, look, "roster")
    press(page, "Add these people")
    expect(page.get_by_role("heading", level=1)).to_have_text("One-time passwords")
    ada = page.get_by_role("row", name="Ada Lovelace").locator("code").all_inner_texts()
    if wide:
        look_at(page, look, "passwords")
    press(page, "Done", "link")
    expect(page.get_by_role("row", name="Emmy Noether")).to_be_visible()
    if wide:
        look_at(page, look, "people")
    press(page, "Emmy Noether", "link")
    write(page, "later by days", "2")
    press(page, "Save")
    expect(page.get_by_role("status").first).to_contain_text("always granted is saved")
    if wide:
        look_at(page, look, "member")

    press(page, "Problem sets", "link")
    write(page, "title", f"Sums {n}")
    press(page, "Make a new set")
    write(page, "Words", "half")
    page.keyboard.press("Enter")
    for place in range(2):
        reach(page, page.locator(".found input").nth(place))
        page.keyboard.press("Space")
    press(page, "Add what is ticked")
    titles = page.locator(".set-items > li > a")
    expect(titles).to_have_count(2)
    first, second = titles.all_inner_texts()
    reach(page, page.get_by_role("button", name=f"Move {second} up"))
    page.keyboard.press("Enter")
    expect(titles).to_have_text([second, first])
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    page.reload()
    write(page, f"Points of {second}", "3")
    press(page, "Save order and points")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    page.reload()
    expect(titles).to_have_text([second, first])
    expect(page.get_by_label(f"Points of {second}")).to_have_value("3")
    if wide:
        page.goto(f"{page.url}?text=half")
        look_at(page, look, "set")

    press(page, f"Assign to Algebra {n}, 8a", "link")
    now = datetime.now(tz=UTC)
    page.get_by_label(named("opens at")).fill(f"{now - timedelta(hours=1):%Y-%m-%dT%H:%M}")
    page.get_by_label(named("due at")).fill(f"{now - timedelta(hours=2):%Y-%m-%dT%H:%M}")
    press(page, "Assign")
    expect(page.get_by_text("It would be due before it opens.")).to_be_visible()
    if wide:
        look_at(page, look, "assignment-new")
    page.get_by_label(named("due at")).fill(f"{now + timedelta(days=5):%Y-%m-%dT%H:%M}")
    press(page, "Assign")
    expect(page.get_by_role("row", name=f"Sums {n}")).to_contain_text("open")
    if wide:
        look_at(page, look, "section")
        row = page.get_by_role("row", name=f"Sums {n}")
        reach(page, row.get_by_role("link", name="Students"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("row", name="Emmy Noether")).to_contain_text("2 days later")
        look_at(page, look, "terms")

    joining = browser.new_context(viewport=size)  # type: ignore[arg-type]
    student = joining.new_page()
    sign_in(student, product, "alice")
    press(student, "Join a class", "link")
    write(student, "code", code.lower())
    student.keyboard.press("Enter")
    expect(student.get_by_text(f"Algebra {n}, 8a")).to_be_visible()
    if wide:
        look_at(student, look, "join")
    press(student, "Join")
    press(student, f"Sums {n}", "link")
    expect(student.get_by_role("link", name=second)).to_be_visible()
    joining.close()

    invited = browser.new_context(viewport=size)  # type: ignore[arg-type]
    fresh = invited.new_page()
    fresh.goto(product.address)
    fresh.locator("[name=login]").fill(ada[0])
    fresh.locator("[name=password]").fill(ada[1])
    fresh.keyboard.press("Enter")
    expect(fresh.get_by_role("heading", level=1)).to_have_text("Set your password")
    if wide:
        look_at(fresh, look, "own-password")
    for field in fresh.locator("[type=password]").all():
        field.fill("river-of-nine")
    press(fresh, "Set password")
    expect(fresh.get_by_role("link", name=f"Sums {n}", exact=True)).to_be_visible()
    invited.close()

    page.goto(people)
    expect(page.get_by_role("row", name="Alice")).to_be_visible()
    if wide:
        press(page, "Alice", "link")
        press(page, "View as this student", "link")
        expect(page.get_by_role("status")).to_contain_text("it is noted that you looked")
        look_at(page, look, "viewed-student")
