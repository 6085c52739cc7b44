"""A teacher's and a student's week: by the keyboard, on a phone and at a desk, in both languages.

Every page on the way is looked at by axe and kept as a picture.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils.text import capfirst
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ARTIFACTS, COLOURS, SIZES, Look
from tests.browser.support.keyboard import Reader
from tests.browser.support.sharing import Shared
from tests.browser.support.site import Site, running_site

pytestmark = pytest.mark.browser

ROSTER = "name,email\nAda Lovelace,ada@example.org\nEmmy Noether,emmy{at}example.org\n"
ADVICE = r"You divided by the sum: \(5x - 2x\) is \(3x\)."
PASSWORD = "river-of-nine"
ENDED = "[data-part=bar][data-now=ended]"
FIRST_ANSWERS = {"en": "6", "zh-hans": "13"}
READINGS = pytest.mark.parametrize(("size", "language"), [("desktop", "en"), ("phone", "zh-hans")])
# What the manuals in docs/ show; `python -m tests.browser.support.manual` puts them there.
PICTURES = {
    "item": "student-item.png",
    "answer-wrong": "student-wrong.png",
    "working": "student-working.png",
    "help": "student-help.png",
    "solution": "student-solution.png",
    "roster": "teacher-roster.png",
    "editor": "teacher-editor.png",
    "set": "teacher-set.png",
    "section": "teacher-section.png",
    "gradebook-assignment": "teacher-gradebook.png",
    "waiting": "teacher-waiting.png",
    "answers": "teacher-answers.png",
    "regrade": "teacher-regrade.png",
}
LookAt = Callable[[Reader, str], None]


@pytest.fixture
def look_at(look: Look, size: str, language: str) -> LookAt:
    """By day, at the size that the page has; the colours in English by night on a phone as well."""

    def look_at(reader: Reader, name: str) -> None:
        if name in PICTURES and (size, language) == ("desktop", "en"):
            shown = {"x": 0, "y": reader.page.evaluate("scrollY"), **SIZES[size]}
            reader.page.screenshot(path=ARTIFACTS / PICTURES[name], full_page=True, clip=shown)
        look(reader.page, f"{name}-{language}-light", sizes=[size])
        if language == "en":
            reader.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            look(reader.page, f"{name}-{language}-dark", sizes=["phone"], only=COLOURS)
            reader.page.emulate_media(color_scheme="light", reduced_motion="reduce")
            reader.page.set_viewport_size(SIZES[size])

    return look_at


@pytest.fixture
def reader(page: Page, size: str, language: str) -> Reader:
    page.set_viewport_size(SIZES[size])
    return Reader(page, language)


@pytest.fixture
def school() -> Iterator[Site]:
    """Fresh, with a grading worker."""
    with running_site(grading=True) as site:
        yield site


@pytest.fixture(scope="module")
def sites() -> Iterator[Shared[Site]]:
    with Shared(open_school) as sites:
        yield sites


@contextmanager
def open_school() -> Iterator[Site]:
    """One that several new students come to, with a model that writes one solution for all."""
    with running_site(grading=True, model=True) as site:
        site.write_on()
        yield site


@READINGS
def test_a_teachers_week(
    school: Site, reader: Reader, look_at: LookAt, browser: Browser, size: str, language: str
):
    school.shell(
        "from accounts.models import User\n"
        f"User.objects.filter(username='carol').update(language={language!r})"
    )
    reader.sign_in(school.address, "carol")
    look_at(reader, "teacher-home")
    passwords = makes_a_class(reader, look_at)
    people = reader.page.url
    writes_a_problem(reader, look_at)
    assigns_a_set(reader, look_at)

    context = browser.new_context(viewport=SIZES[size], reduced_motion="reduce")
    invited = Reader(context.new_page(), language)  # as who made the account has it
    comes_with_a_one_time_password(invited, school.address, passwords, look_at)
    reader.page.goto(people)
    expect(reader.page.get_by_role("row", name="Lovelace, Ada")).not_to_contain_text(
        reader.word("never")
    )

    looks_through_the_gradebook(reader, look_at)
    decides_what_waits(reader, look_at)
    speaks_to_a_group(reader, look_at)
    marks_again(reader, look_at)
    writes_to_the_class(reader, look_at)
    invited.send("Sign out")
    reads_what_was_said(Reader(invited.page), school.address)
    context.close()


def makes_a_class(reader: Reader, look_at: LookAt) -> list[str]:
    """Returns Ada's user name and one-time password."""
    page = reader.page
    reader.follow("Classes")
    look_at(reader, "classes")
    reader.follow("New class")
    reader.write("title of the new course", "Algebra")
    reader.write("name", "8a")
    look_at(reader, "section-new")
    reader.send("Create the class")
    expect(page.get_by_role("heading", level=1)).to_have_text("Algebra, 8a")

    reader.follow("Add people from a list")
    area = page.locator("textarea").first
    reader.type_into(area, ROSTER.format(at="(at)"))
    reader.send("Check the list")
    expect(page.locator("tr.failed")).to_have_count(1)
    expect(reader.find("button", "Add these people")).to_have_count(0)
    look_at(reader, "roster-bad")
    reader.type_into(page.locator("textarea").first, ROSTER.format(at="@"))
    reader.send("Check the list")
    look_at(reader, "roster")
    reader.send("Add these people")
    reader.expect_heading("One-time passwords")
    passwords = page.locator(".slips li", has_text="Ada Lovelace").locator("code").all_inner_texts()
    look_at(reader, "passwords")
    reader.follow("Done")
    look_at(reader, "people")
    reader.go(page.get_by_role("link", name="Noether, Emmy", exact=True))
    reader.write("extra days", "2")
    reader.send("Save")
    look_at(reader, "member")
    page.go_back()
    reader.go(page.locator(".breadcrumb a").first)
    return passwords


def writes_a_problem(reader: Reader, look_at: LookAt) -> None:
    page = reader.page
    reader.follow("Problems")
    look_at(reader, "problems")
    reader.follow("Write a problem")
    reader.type_into(page.locator("#id_title"), "Thirds of your own")
    reader.type_into(page.locator("#id_statement"), r"What is \([[a]]/3 + [[b]]\)?")
    reader.open("Other numbers for each student")
    reader.type_into(page.locator("#id_parameters"), "a = 4..4\nb = 2..9\nrequire b != a")
    reader.type_into(page.locator("#id_value"), "[[a/3 + c]]")
    reader.send("Save")
    expect(page.locator(".errors.summary")).to_be_visible()
    look_at(reader, "editor-refused")
    reader.type_into(page.locator("#id_value"), "[[a/3 + b]]")
    reader.type_into(page.locator("#id_solution"), r"\(\boxed{[[a/3 + b]]}\)")
    reader.type_into(page.locator("#id_try"), "1/3")
    expect(page.locator("[data-part=trial]")).to_contain_text(reader.word("Not right"))
    look_at(reader, "editor")
    reader.send("Save")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thirds of your own")
    look_at(reader, "problem")
    reader.follow("Try 100 variants")
    look_at(reader, "variants")


def assigns_a_set(reader: Reader, look_at: LookAt) -> None:
    page = reader.page
    reader.follow("Problem sets")
    look_at(reader, "sets")
    reader.write("title", "Sums")
    reader.send("Make a new set")
    for words, count in (("half", 2), ("thirds", 1)):
        page.locator("#language").select_option("any")
        reader.type_into(page.locator("#text"), words)
        reader.go(page.locator("#text"))
        boxes = page.locator(".candidate input")
        for index in range(count):
            reader.tick(boxes.nth(index))
        reader.send("Add selected problems")
    titles = page.locator(".set-items > li > a")
    expect(titles).to_have_count(3)
    first, second, third = titles.all_inner_texts()
    reader.press("Move %(title)s up", title=third)
    expect(titles).to_have_text([first, third, second])
    reader.write("Points of %(title)s", "3", title=third)
    reader.press("Save order and points")
    expect(page.get_by_text(reader.word("Saved."), exact=True)).to_be_visible()
    look_at(reader, "set")
    reader.follow("Print")
    look_at(reader, "print")
    if reader.language == "en":  # in Chinese it takes a font, which not every machine has
        with page.expect_download() as sheets:
            reader.enter(reader.find("button", "Sheets (PDF)"))
        assert Path(sheets.value.path()).read_bytes().startswith(b"%PDF-")
    page.go_back()

    reader.follow("Can the model solve these problems?")
    look_at(reader, "readiness")
    page.go_back()
    reader.open("Another class")
    reader.follow("Assign to %(course)s, %(name)s", course="Algebra", name="8a")
    now = datetime.now(tz=UTC)
    opens, due = reader.field("opens at"), reader.field("due at")
    reader.reach(opens).fill(f"{now - timedelta(hours=1):%Y-%m-%dT%H:%M}")
    reader.reach(due).fill(f"{now - timedelta(hours=2):%Y-%m-%dT%H:%M}")
    reader.send("Assign")
    errors = page.locator(".errors.summary")
    expect(errors).to_contain_text(reader.word("It would be due before it opens."))
    look_at(reader, "assignment-refused")
    reader.reach(due).fill(f"{now + timedelta(days=5):%Y-%m-%dT%H:%M}")
    reader.send("Assign")
    row = page.get_by_role("row", name="Sums")
    expect(row).to_contain_text(reader.word("open"))
    look_at(reader, "section")
    reader.enter(row.locator("summary"))
    reader.go(row.get_by_role("link", name=reader.word("Extensions")))
    expect(page.get_by_role("row", name="Noether, Emmy")).to_be_visible()
    look_at(reader, "terms")


def comes_with_a_one_time_password(
    reader: Reader, address: str, passwords: list[str], look_at: LookAt
) -> None:
    page = reader.page
    reader.sign_in(address, *passwords)
    reader.expect_heading("Set your password")
    look_at(reader, "own-password")
    for field in page.locator("[type=password]").all():
        reader.type_into(field, PASSWORD)
    reader.send("Set password")
    reader.go(page.get_by_role("link", name="Sums", exact=True))
    expect(page.locator(".entries li")).to_have_count(3)


def open_the_demonstration(reader: Reader) -> None:
    reader.follow("Classes")
    reader.go(reader.page.get_by_role("link", name=re.compile("Class 10b")).first)


def looks_through_the_gradebook(reader: Reader, look_at: LookAt) -> None:
    page = reader.page
    open_the_demonstration(reader)
    reader.follow("Gradebook")
    expect(page.locator("tbody tr")).to_have_count(14)
    look_at(reader, "gradebook")
    reader.go(page.locator("thead a").filter(has_text=re.compile("Brackets")).last)
    look_at(reader, "gradebook-assignment")
    head, name = page.locator("thead th").first, page.locator("tbody th").first
    page.locator(".scroll").evaluate("box => box.scrollTo(60, 60)")
    box = page.locator(".scroll").bounding_box()
    border = 1
    assert head.bounding_box()["x"] == name.bounding_box()["x"] == box["x"] + border
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_function("document.querySelector('thead').getBoundingClientRect().top >= 0")
    page.evaluate("scrollTo(0, 0)")
    wrong = page.locator("a.mark-of.incorrect").first
    address = wrong.get_attribute("href")
    reader.go(wrong)
    look_at(reader, "attempt")
    reader.reach(page.locator("[name=decision]:checked"))
    page.keyboard.press("ArrowUp")
    reader.type_into(page.locator("[name=percent]"), "40")
    reader.type_into(page.locator("[name=reason]"), "The sign was lost, the way is right.")
    reader.send("Save the grade")
    expect(page.locator(".judged").first).to_contain_text("40%")
    reader.follow("Help and answers in order")
    look_at(reader, "transcript")
    page.go_back()
    reader.follow("Gradebook")
    expect(page.locator(f'a.mark-of.partly[href="{address}"]')).to_contain_text("0.4")
    with page.expect_download() as sent:
        reader.enter(reader.find("link", "Download as CSV"))
    rows = Path(sent.value.path()).read_text("utf-8-sig").splitlines()
    assert len(rows) == 15


def decides_what_waits(reader: Reader, look_at: LookAt) -> None:
    page = reader.page
    open_the_demonstration(reader)
    reader.follow("To grade")
    expect(page.locator(".queue li")).to_have_count(2)
    look_at(reader, "waiting")
    right = page.locator("[name=decision][value=right]")
    for is_right in (False, True):  # the first stays as it is now
        reader.reach(page.locator("[name=decision]:checked"))
        for _ in range(4):
            if is_right and not right.is_checked():
                page.keyboard.press("ArrowDown")
        reader.type_into(page.locator("[name=reason]"), "Look at the sign once more.")
        for other in page.locator("[name=also]:checked").all():
            reader.tick(other)  # which takes it out: the answer of each student on its own
        reader.send("Save the grade")
    expect(page.locator(".lead")).to_have_text(reader.word("Nothing needs grading."))
    look_at(reader, "waiting-empty")
    reader.follow("Stuck")
    expect(page.locator("tbody tr").first).to_be_visible()
    look_at(reader, "stuck")
    reader.follow("Skills")
    look_at(reader, "class-skills")
    reader.follow("People")
    reader.go(page.get_by_role("link", name="Alice", exact=True))
    reader.follow("Work and skills")
    look_at(reader, "viewed-student")


def speaks_to_a_group(reader: Reader, look_at: LookAt) -> None:
    page = reader.page
    open_the_demonstration(reader)
    reader.follow("Gradebook")
    reader.go(page.locator("thead a").filter(has_text="Warming up").last)
    reader.follow("How it went")
    look_at(reader, "statistics")
    reader.go(page.get_by_role("link", name=re.compile("unknown on both sides")))
    expect(page.locator(".group").first.locator(".katex").first).to_be_visible()
    look_at(reader, "answers")
    reader.type_into(page.locator("[name=text]").first, ADVICE)
    reader.go(page.locator(".group button").first)
    expect(page.locator(".messages")).to_be_visible()
    expect(page.locator("[name=text]").first).to_have_value(ADVICE)


def writes_to_the_class(reader: Reader, look_at: LookAt) -> None:
    open_the_demonstration(reader)
    reader.follow("Messages")
    reader.write("Message", r"Please look at \(x^2 = 2\) again.")
    look_at(reader, "class-messages")
    name = capfirst(reader.word("students"))
    students = reader.page.get_by_role("group", name=name, exact=True)
    for value, is_listed in (("some", True), ("all", False)):
        reader.page.locator(f"[name=to][value={value}]").check()
        expect(students).to_be_visible(visible=is_listed)
    reader.send("Send")
    expect(reader.page.locator(".sent-messages .katex")).to_be_visible()
    look_at(reader, "class-messages-sent")


def reads_what_was_said(reader: Reader, address: str) -> None:
    """A student who gives that answer now, in other letters."""
    reader.sign_in(address, "alice")
    expect(reader.page.locator(".teacher-message .katex")).to_be_visible()
    reader.go(reader.page.get_by_role("link", name="Notices 1 unread"))
    expect(reader.page.locator(".message-text .katex")).to_be_visible()
    open_problem(reader, "The unknown on both sides")
    reader.type_into(reader.page.locator("#response"), "x = 30/14")
    reader.page.keyboard.press("Enter")
    advice = reader.page.locator(".advice")
    expect(advice).to_contain_text("You divided by the sum")
    expect(advice.locator(".katex").first).to_be_visible()


def marks_again(reader: Reader, look_at: LookAt) -> None:
    page = reader.page
    reader.follow("Regrade")
    reader.send("Preview changes")
    look_at(reader, "regrade")
    expect(page.get_by_role("button", name=reader.word("Regrade"), exact=True)).to_have_count(0)


@READINGS
def test_a_students_week(site: Site, browser: Browser, look_at: LookAt, size: str, language: str):
    code = site.shell(
        "from tutor.courses.models import Section\n"
        "print(Section.objects.get(name='Class 10b').shown_join_code)"
    ).strip()
    locale = "zh-CN" if language == "zh-hans" else "en-GB"
    context = browser.new_context(
        viewport=SIZES[size], reduced_motion="reduce", locale=locale, timezone_id="UTC"
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    reader = Reader(page, language)
    signs_up_and_joins(reader, site.address, f"eve-{size}-{language}", code, look_at)
    answers_a_problem(reader, look_at)
    watches_a_solution(reader, look_at)
    leaves_a_draft_and_comes_back(reader, look_at)
    asks_the_teacher(reader, look_at)
    looks_after_the_account(reader, look_at)
    assert errors == []
    context.close()


def signs_up_and_joins(reader: Reader, address: str, name: str, code: str, look_at: LookAt) -> None:
    page = reader.page
    page.goto(address)
    look_at(reader, "sign-in")
    reader.follow("Sign up")
    look_at(reader, "sign-up")
    reader.type_into(page.locator("[name=last_name]"), name.title())
    reader.type_into(page.locator("[name=username]"), name)
    reader.type_into(page.locator("[name=password1]"), PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    assert page.locator("html").get_attribute("lang") == reader.language
    look_at(reader, "home-empty")
    solves_a_first_problem_alone(reader, look_at)
    reader.type_into(page.locator("[name=code]"), code.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_text("Class 10b")).to_be_visible()
    look_at(reader, "join")
    reader.send("Join")
    look_at(reader, "home")


def solves_a_first_problem_alone(reader: Reader, look_at: LookAt) -> None:
    page = reader.page
    reader.go(page.locator("form:has([name=area][value=algebra]) .btn-primary[value=easy]"))
    look_at(reader, "practice-first")
    reader.type_into(page.locator("#response"), FIRST_ANSWERS[reader.language])
    page.keyboard.press("Enter")
    expect(page.locator("[data-verdict=correct]")).to_be_visible()
    expect(page.locator(".review-next button")).to_be_visible()
    look_at(reader, "practice-first-right")
    reader.go(page.locator(".wordmark"))
    look_at(reader, "home-alone")


def open_problem(reader: Reader, title: str) -> None:
    page = reader.page
    reader.go(page.locator(".wordmark"))
    reader.go(page.get_by_role("link", name="Warming up", exact=True))
    reader.go(page.locator(".entries").get_by_role("link", name=title))
    expect(page.locator("[data-part=response-form][data-arrived]")).to_be_attached()


def answers_a_problem(reader: Reader, look_at: LookAt) -> None:
    page = reader.page
    reader.go(page.get_by_role("link", name="Warming up", exact=True))
    look_at(reader, "assignment")
    open_problem(reader, "The unknown on both sides")
    look_at(reader, "item")
    field, echo = page.locator("#response"), page.locator("#echo")
    reader.type_into(field, "x = 3/")
    expect(echo).to_contain_text(re.compile(r"\S"))
    reader.reach(page.locator(".rows input").first)
    page.keyboard.type("5x - 3 = 2x + 12")
    page.keyboard.press("Enter")
    page.keyboard.type("7x = 15")
    page.keyboard.press("Enter")
    expect(page.locator(".rows .failing .failure")).to_be_visible()
    look_at(reader, "working")
    reader.type_into(field, "15/7")
    expect(echo.locator(".katex")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#attempt-1 [data-verdict=incorrect]")).to_be_visible()
    expect(page.locator(".rows .failing .failure")).to_be_visible()  # checked once more
    look_at(reader, "answer-wrong")
    reader.press("Show a hint")
    expect(page.locator("#help .given-help").first).to_be_visible()
    look_at(reader, "help")
    reader.type_into(field, "x = 5")
    page.keyboard.press("Enter")
    expect(page.locator("#attempt-2 [data-verdict=correct]")).to_be_visible()
    look_at(reader, "answer-right")
    reader.follow("Next problem")


def watches_a_solution(reader: Reader, look_at: LookAt) -> None:
    page = reader.page
    open_problem(reader, "Half of sixteen")
    reader.enter(page.locator("[data-part=ask] button"))
    expect(page.locator(ENDED)).to_be_visible()
    refuted = page.locator("[data-part=steps] > li").nth(2).locator("summary")
    reader.enter(refuted)
    expect(page.locator("[data-part=steps] .check-details:visible .katex").first).to_be_visible()
    look_at(reader, "solution")


def leaves_a_draft_and_comes_back(reader: Reader, look_at: LookAt) -> None:
    page = reader.page
    open_problem(reader, "Times before plus")
    reader.type_into(page.locator("#response"), "1+")
    expect(page.locator("#echo")).to_contain_text(re.compile(r"\S"))
    reader.send("Sign out")
    page.go_back()  # what was on the screen is nobody else's to read
    expect(page.locator("#response")).to_have_count(0)
    name = f"eve-{'phone' if page.viewport_size == SIZES['phone'] else 'desktop'}"
    reader.sign_in(page.url, f"{name}-{reader.language}", PASSWORD)
    open_problem(reader, "Times before plus")
    expect(page.locator("#response")).to_have_value("1+")
    reader.type_into(page.locator("#response"), "20")
    page.keyboard.press("Enter")
    expect(page.locator("#attempt-1 [data-verdict=incorrect]")).to_be_visible()


def asks_the_teacher(reader: Reader, look_at: LookAt) -> None:
    page = reader.page
    reader.open("About this attempt")
    reader.go(page.locator("#attempt-1 .findings a"))
    reader.open("Ask your teacher to look at it")
    reader.type_into(page.locator("#message"), "I think that the signs are right.")
    reader.send("Ask")
    expect(page.locator("blockquote")).to_have_text("I think that the signs are right.")
    look_at(reader, "attempt-review")


def looks_after_the_account(reader: Reader, look_at: LookAt) -> None:
    page = reader.page
    reader.go(page.locator(".wordmark"))
    look_at(reader, "home-begun")
    reader.follow("Practise")
    look_at(reader, "skills")
    page.go_back()
    reader.follow("Calendar")
    look_at(reader, "calendar")
    reader.go(page.locator(".site-links a").last)
    reader.expect_heading("Your profile")
    reader.type_into(page.locator("#id_first_name"), "Eve")
    reader.send("Save")
    look_at(reader, "profile")
    reader.follow("Change your password")
    look_at(reader, "password")
