"""A student writes lines of working, has them checked and hands them in, in a real browser."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import PHONE, Look
from tests.browser.support.sharing import Shared
from tests.browser.support.site import Site, running_site
from tutor.attempts.working.accepting import MAX_LINE_CHARACTERS, MAX_LINES

pytestmark = pytest.mark.browser

EQUATION = "The unknown on both sides"
IN_CHINESE = "一步方程"
CHINESE_PROBLEM = """
from tutor.assignments.models import Item
from tutor.problems.models import Problem
items = Item.objects.filter(problem__slug="one-step-equation-addition")
items.update(problem=Problem.objects.get(slug="jiandan-fangcheng"))
"""


@pytest.fixture(scope="module")
def sites() -> Iterator[Shared[Site]]:
    with Shared(site_without_limits) as sites:
        yield sites


@contextmanager
def site_without_limits() -> Iterator[Site]:
    """With a grading worker and no model.

    Attempts are not limited: where they are, lines that come close to an answer are not judged.
    """
    with running_site(grading=True) as site:
        with closing(sqlite3.connect(f"{site.env['TUTOR_DATA_DIR']}/lemma.sqlite3")) as database:
            database.execute("UPDATE assignments_assignment SET attempts_allowed = NULL")
            database.commit()
        site.shell(CHINESE_PROBLEM)
        yield site


def sign_in(page: Page, site: Site, name: str) -> None:
    page.goto(site.address)
    if page.locator("[name=login]").count():
        page.locator("[name=login]").fill(name)
        page.locator("[name=password]").fill(f"lemma-{name}")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site.address}/")


def open_item(page: Page, site: Site, name: str, title: str, *, can_answer: bool = True) -> None:
    """can_answer: whether the page has an answer's form with its script, as a student's has."""
    sign_in(page, site, name)
    page.locator("main a[href^='/assignments/']:not([href*='/items/'])").first.click()
    page.locator(".entries").get_by_role("link", name=re.compile(title)).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    if can_answer:
        expect(page.locator("[data-part=response-form][data-arrived]")).to_be_attached()


def rows(page: Page) -> Locator:
    return page.locator(".rows input")


def lines(page: Page) -> list[str]:
    return rows(page).evaluate_all("inputs => inputs.map((input) => input.value)")


def tab_to(page: Page, target: Locator) -> None:
    """By the keyboard alone, as far as it takes."""
    for _ in range(80):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard never came to {target}")


def expect_marks(page: Page, *marks: str) -> None:
    """One for each row, "" for none. They come a moment after what is said of them all."""
    rows = page.locator(".rows > li")
    expect(rows).to_have_count(len(marks))
    for row, mark in enumerate(marks):
        shown = rows.nth(row).locator("[data-mark]:not([hidden])")
        if mark:
            expect(shown.first).to_have_attribute("data-mark", mark)
        else:
            expect(shown).to_have_count(0)


@pytest.fixture
def start(page: Page, site: Site) -> Callable[..., None]:
    """Opens an item with no line of working written."""

    def start(name: str = "alice", title: str = EQUATION) -> None:
        open_item(page, site, name, title)
        for _ in lines(page)[1:]:
            rows(page).last.fill("")
            rows(page).last.press("Backspace")
        rows(page).first.fill("")
        rows(page).first.focus()

    return start


def test_by_the_keyboard_alone(page: Page, site: Site, look: Look):
    page.set_viewport_size(PHONE)
    open_item(page, site, "alice", "Half of sixteen")
    tab_to(page, rows(page).first)
    page.keyboard.type("2x + 3 = 7")
    page.keyboard.press("Enter")
    page.keyboard.type("2x = 10")
    page.keyboard.press("Enter")
    expect_marks(page, "unchecked", "refuted", "")  # by Enter alone
    last_line = page.get_by_role("button", name="Submit my last line")
    expect(last_line).to_be_hidden()  # it rests on what does not follow
    page.keyboard.press("Enter")
    page.keyboard.type("a word")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Backspace")  # the empty row goes
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.type("s")
    assert lines(page) == ["2x + 3 = 7", "2x = 10", "a words"]
    expect(page.locator(".rows > li").nth(1).locator(".katex").first).to_be_visible()

    page.keyboard.press("Tab")  # the line is left
    expect(page.locator("#working-checked .summary")).to_be_attached()
    expect(page.locator("#working-checked .summary")).to_contain_text("2")
    expect_marks(page, "unchecked", "refuted", "unchecked")
    expect(page.locator(".rows .failing .failure")).to_be_visible()
    # It is said where it is wrong, to those who listen as well.
    described = rows(page).nth(1).get_attribute("aria-describedby").split()
    assert page.locator(f"#{described[1]} .failure").count() == 1
    look(page, "working-checked")
    page.emulate_media(color_scheme="dark")
    look(page, "working-checked-dark")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)

    # What is mended has no mark any more, and neither has what rests on it.
    rows(page).nth(1).focus()
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.type("4")
    expect_marks(page, "unchecked", "", "")
    expect(page.locator("#working-checked .summary")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect_marks(page, "unchecked", "proved", "unchecked")
    expect(last_line).to_be_hidden()  # it is not read
    page.reload()
    expect(rows(page)).to_have_count(3)
    assert lines(page) == ["2x + 3 = 7", "2x = 4", "a words"]
    expect(page.get_by_role("button", name="Math editor for line 3")).to_be_visible()
    rows(page).nth(1).focus()
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    page.keyboard.type("4")
    page.keyboard.press("Enter")  # behind a mended line: no empty row
    assert lines(page) == ["2x + 3 = 7", "2x = 4", "a words"]

    tab_to(page, page.locator("#response"))
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    result = page.locator("#attempt-1")
    field = page.locator("#response")
    expect(page.locator("[data-part=announcement]")).not_to_be_empty()
    expect(field).to_be_focused()
    selected = field.evaluate(
        "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    )
    assert selected == "7"  # the old answer, to be typed over
    expect(result.locator("[data-verdict=incorrect]")).to_be_in_viewport()
    expect(result.locator("[data-verdict=incorrect]")).to_be_visible()
    expect(result.locator(".lines > li")).to_have_count(3)
    expect(result.locator(".lines [data-mark=proved]:not([hidden])")).to_have_count(1)
    expect(rows(page)).to_have_count(3)
    assert lines(page) == ["2x + 3 = 7", "2x = 4", "a words"]  # to go on from
    look(page, "working-handed-in")
    page.emulate_media(color_scheme="dark")
    look(page, "working-handed-in-dark")
    page.emulate_media(color_scheme="light")
    hands_in_the_last_line(page)


def hands_in_the_last_line(page: Page) -> None:
    """By the keyboard alone, from the working, without an answer in the field."""
    page.locator("#response").fill("")
    rows(page).last.fill("x = 8")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#attempt-2 .given code")).to_have_text("x = 8")
    if page.locator("[data-part=open-shortcuts]").is_visible():
        page.locator("#attempt-2").press("?")
        expect(page.locator("#shortcuts")).to_be_visible()
        page.keyboard.press("Escape")


def test_a_paste_makes_rows_and_never_loses_a_line(page: Page, start, look: Look):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    start()
    page.keyboard.type("ab")
    page.keyboard.press("ArrowLeft")
    page.evaluate("navigator.clipboard.writeText('1\\r\\n2\\n3\\n')")
    page.keyboard.press("Control+v")
    assert lines(page) == ["a1", "2", "3b"]
    page.evaluate(f"navigator.clipboard.writeText('x\\n'.repeat({MAX_LINES}))")
    page.keyboard.press("Control+v")
    assert lines(page) == ["a1", "2", "3b"]
    expect(page.locator("[data-trouble=lines]")).to_be_visible()
    for _ in range(MAX_LINES):
        page.keyboard.press("Enter")
    assert len(lines(page)) == MAX_LINES
    expect(page.locator("[data-trouble=lines]")).to_be_visible()
    rows(page).last.fill("y" * (MAX_LINE_CHARACTERS + 1))
    expect(page.locator("[data-trouble=length]")).to_contain_text(f"Line {MAX_LINES} has")
    assert rows(page).last.get_attribute("aria-invalid") == "true"
    rows(page).last.press("ArrowUp")
    expect(page.locator("[data-trouble=length]")).to_be_visible()
    assert lines(page)[-1] == "y" * (MAX_LINE_CHARACTERS + 1)
    look(page, "working-too-long")


def test_a_late_reply_hides_nothing_about_the_lines(page: Page, start):
    """That to a check of earlier lines, and how the lines are read."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    held: list[Route] = []
    page.route("**/check/", lambda route: held.append(route))
    start("bob")
    page.keyboard.type("x = 1")
    with page.expect_request("**/check/"):
        page.keyboard.press("Enter")
    page.evaluate(f"navigator.clipboard.writeText('x\\n'.repeat({MAX_LINES}))")
    page.keyboard.press("Control+v")
    expect(page.locator("[data-trouble=lines]")).to_be_visible()
    held[0].fulfill(body='<p class="refusal">Wait a minute, then check again.</p>')
    expect(page.locator("#working-checked .refusal")).to_be_visible()
    expect(page.locator("[data-trouble=lines]")).to_be_visible()
    with page.expect_response("**/working/"):
        rows(page).last.fill("y" * (MAX_LINE_CHARACTERS + 1))
    page.wait_for_function("document.querySelector('#working-readings [data-part=problem]')")
    expect(page.locator("[data-trouble=length]")).to_be_visible()


POSTPONED = (
    '<p class="refusal" data-part="check-refused" data-again="1">'
    '<span data-part="later" hidden>Lemma checks again.</span>'
    '<span data-part="given-up">Try again.</span></p>'
)


def sign_beside(page: Page, row: int) -> str:
    """What is told beside a row that has no mark, as eyes see it."""
    return (
        page.locator(".rows .checked")
        .nth(row)
        .evaluate(
            """(checked) => {
          const { content, visibility } = getComputedStyle(checked, "::before");
          return content === "none" || visibility === "hidden" ? "" : content;
        }"""
        )
    )


def test_a_check_that_takes_long_says_so_and_is_asked_again(page: Page, start, look: Look):
    held: list[Route] = []
    start()
    expect(page.locator("[data-part=check-working]")).to_be_enabled()  # lines of before are done
    page.route("**/check/", lambda route: held.append(route))
    page.keyboard.type("5x - 7 = 2x + 8")
    with page.expect_request("**/check/"):
        page.keyboard.press("Enter")
    assert sign_beside(page, 0) == ""  # most checks are done by then
    page.wait_for_timeout(600)
    assert "Checking" in sign_beside(page, 0)
    assert sign_beside(page, 1) == ""  # the row is empty
    look(page, "working-being-checked")

    with page.expect_request("**/check/"):
        held[0].fulfill(body=POSTPONED)
        expect(page.get_by_text("Lemma checks again.")).to_be_visible()
        assert sign_beside(page, 0) == ""
        expect(page.get_by_role("button", name="Check my working")).to_be_hidden()
        look(page, "working-postponed")
    expect(page.locator("[data-part=check-refused]")).to_have_count(0)
    page.wait_for_timeout(600)
    assert "Checking" in sign_beside(page, 0)
    held[1].continue_()
    expect_marks(page, "given", "")
    assert sign_beside(page, 0) == ""


def test_a_check_that_is_postponed_for_ever_is_left_to_the_student(page: Page, start):
    body = POSTPONED.replace('"1"', '"0.05"')
    start()
    expect(page.locator("[data-part=check-working]")).to_be_enabled()
    page.route("**/check/", lambda route: route.fulfill(body=body))
    page.keyboard.type("5x = 20")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Try again.", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Check my working")).to_be_visible()


def test_what_is_too_much_for_rows_stays_a_text(page: Page, site: Site, start):
    start()
    many = "\n".join(f"x = {number}" for number in range(MAX_LINES + 1))
    context = page.context.browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    open_item(plain, site, "alice", EQUATION, can_answer=False)
    plain.locator("#working").fill(many)
    plain.locator("[data-part=check-working]").click()
    expect(plain.locator(".refusal")).to_contain_text("41 lines")
    context.close()
    page.evaluate("sessionStorage.clear()")
    page.reload()
    expect(page.locator("#working")).to_have_value(many)
    trouble = page.locator("[data-part=working-trouble]")
    expect(trouble).to_contain_text(re.compile("4[01] lines"), use_inner_text=True)
    with page.expect_response("**/working/"):
        page.locator("#working").fill(many.removeprefix("x = 0\n"))
        expect(trouble).to_be_hidden()
    page.reload()
    expect(rows(page)).to_have_count(MAX_LINES)


def test_the_editor_writes_into_the_row(page: Page, start, look: Look):
    start()
    page.keyboard.type("2x = 4")
    page.keyboard.press("Enter")
    page.locator("[data-part=open-row-editor]").click()
    editor = page.locator(".rows math-field")
    expect(editor).to_be_focused()
    page.keyboard.type("x=2/3")
    expect(rows(page).nth(1)).to_have_value(re.compile(r"x=\\frac\{?2\}?\{?3"))
    expect(page.locator(".rows > li").nth(1).locator(".katex .mfrac")).to_be_visible()
    look(page, "working-editor")
    editor.press("Enter")
    expect(rows(page)).to_have_count(3)
    expect(page.locator(".rows > li").nth(2).locator("math-field")).to_be_focused()
    page.keyboard.type("y=1")
    expect(rows(page).nth(2)).to_have_value("y=1")
    page.locator("[data-part=open-row-editor]").click()
    expect(page.locator(".rows math-field")).to_have_count(0)
    expect(rows(page).nth(2)).to_be_focused()


def test_another_device_has_the_same_lines(page: Page, browser: Browser, site: Site, start):
    start()
    with page.expect_response(lambda response: "12345" in (response.request.post_data or "")):
        page.keyboard.type("x = 12345")
    context = browser.new_context()
    other = context.new_page()
    open_item(other, site, "alice", EQUATION)
    expect(rows(other).first).to_have_value("x = 12345")
    context.close()


def test_in_chinese(page: Page, start, look: Look):
    start("bob", IN_CHINESE)
    page.keyboard.type("2x - 10 = 16")
    page.keyboard.press("Enter")
    page.keyboard.type("2x = 6")
    page.keyboard.press("Enter")
    expect(page.locator("#working-checked .summary")).to_have_text(re.compile("第 2 行推不出来"))
    expect(page.locator(".failure")).to_contain_text("它的符号应当改变")
    look(page, "working-in-chinese")
    page.emulate_media(color_scheme="dark")
    look(page, "working-in-chinese-dark")


def test_without_scripts_lines_are_checked_and_handed_in(browser: Browser, site: Site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_item(page, site, "alice", "A discount on a cap", can_answer=False)
    page.locator("#working").fill("2x + 3 = 7\n2x = 10")
    page.get_by_role("button", name="Check my working").click()
    expect(page.locator(".lines > li")).to_have_count(2)
    expect(page.locator(".summary")).to_contain_text("Line 2 doesn’t follow.")
    page.get_by_role("link", name="Back to your answer").click()
    expect(page.locator("#working")).to_have_value("2x + 3 = 7\n2x = 10")
    page.get_by_role("button", name="Submit my last line").click()
    expect(page.locator("[data-verdict=incorrect]")).to_be_visible()
    expect(page.locator("#response")).to_have_value("2x = 10")
    expect(page.locator("#attempt-1 .lines > li")).to_have_count(2)
    context.close()


NEW_STUDENT = """
from accounts.models import User
from tutor.courses.models import Section
section = Section.objects.get(enrollments__user__username="alice", enrollments__role="student")
section.enrollments.create(user=User.objects.create_user("ivy", "ivy@example.org", "lemma-ivy"))
"""


def sign_in_again(page: Page, name: str) -> Page:
    """By the link of the trouble, which opens a page of its own."""
    with page.context.expect_page() as opened:
        page.locator("[data-part=trouble]").get_by_role("link", name="Sign in").click()
    opened.value.locator("[name=login]").fill(name)
    opened.value.locator("[name=password]").fill(f"lemma-{name}")
    opened.value.keyboard.press("Enter")
    expect(opened.value.locator("[data-part=sign-out]")).to_be_attached()
    return opened.value


def test_signed_out_in_another_window(browser: Browser, site: Site, look: Look):
    site.shell(NEW_STUDENT)
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce", has_touch=True)
    page = context.new_page()
    open_item(page, site, "ivy", "Half of sixteen")
    field, trouble = page.locator("#response"), page.locator("[data-part=trouble]")
    field.fill("7")
    field.press("Enter")
    announcement = page.locator("[data-part=announcement]")
    expect(announcement).to_contain_text("Not right")

    other = context.new_page()
    other.goto(site.address)
    other.get_by_role("button", name="Sign out").click()
    expect(other.locator("[data-part=sign-out]")).to_have_count(0)
    field.fill("8")
    field.press("Enter")
    expect(trouble).to_be_focused()
    expect(trouble).to_be_in_viewport(ratio=1)
    look(page, "answer-signed-out")
    expect(sign_in_again(page, "ivy").locator("#response")).to_have_value("8")
    field.press("Enter")  # with the token of the session that is over
    expect(page.get_by_role("heading", name="Correct", exact=True)).to_be_focused()
    expect(announcement).to_be_empty()
    context.close()


def test_a_problem_that_is_written_survives_signing_out(browser: Browser, site: Site, look: Look):
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, site, "carol")
    page.goto(f"{site.address}/problems/new/")
    page.get_by_label("Title").fill("Thirds of your own")
    page.get_by_label("Statement").fill("What is half of 6?")
    page.get_by_role("group", name="Hints").get_by_role("textbox").first.fill("Halve it.")
    other = context.new_page()
    other.goto(site.address)
    other.get_by_role("button", name="Sign out").click()
    expect(other.locator("[data-part=sign-out]")).to_have_count(0)

    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-part=trouble]")).to_be_focused()
    page.get_by_label("Statement").fill("What is half of 8?")
    expect(page.locator("[data-part=state]")).to_contain_text("No preview: you are signed out.")
    look(page, "problem-editor-signed-out")
    again = sign_in_again(page, "carol")  # where the form is empty
    look(again, "problem-editor-kept")
    expect(again.locator(".kept")).to_contain_text("Thirds of your own")
    again.get_by_role("button", name="Restore").click()
    expect(again.get_by_label("Title")).to_have_value("Thirds of your own")
    expect(again.locator("[name=hints-text]").first).to_have_value("Halve it.")
    expect(again.get_by_role("button", name="Restore")).to_be_hidden()

    page.get_by_label("Right answer").fill("3")
    page.get_by_label("Reference solution").fill(r"\(\boxed{3}\)")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_have_text("“Thirds of your own” is saved.")
    page.goto(f"{site.address}/problems/new/")
    expect(page.get_by_label("Title")).to_be_empty()
    expect(page.get_by_role("button", name="Restore")).to_be_hidden()
    context.close()
