"""Lines are checked on demand: it costs no attempt, and the first mistake is explained."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests.attempts.views.test_answer_page import HTMX, url
from tests.attempts.working.test_working import marks
from tests.factories import make_assignment, make_problem
from tests.grading.hostile import SHORT
from tutor import limits
from tutor.assignments.models import Assignment
from tutor.attempts.models import Attempt, Draft
from tutor.attempts.views import working as working_pages
from tutor.grading import read_key


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch):
    monkeypatch.setattr(working_pages, "MAX_CHECK_WORK_S", 30.0)


@pytest.fixture
def check(client, alice, item):
    """What Alice is told of these lines, at an item with as many attempts as she likes."""
    Assignment.objects.update(attempts_allowed=None)
    client.force_login(alice)

    def check(*lines, item=item, headers=HTMX, **fields):
        typed = {"response": "", "working": "\n".join(lines)} | fields
        answer = client.post(url("working-check", item), typed, headers=headers)
        assert answer.status_code == 200
        return answer.content.decode()

    return check


@pytest.fixture
def stating(section):
    """An item whose problem has this statement, with as many attempts as one likes."""

    def stating(statement, **fields):
        problem = make_problem("b", statement=statement, **fields)
        return make_assignment(section, [problem], attempts_allowed=None).problem_set.items.get()

    return stating


@pytest.fixture
def equation(stating):
    """The answer is not x, so a student may see for which x a line fails."""
    return stating(r"If \(2x + 3 = 9\), what is \(10x\)?", final_answer="30")


def value_of(name, page):
    """A formula within the sentence that says for which values a line fails."""
    return re.search(rf'data-value="{name}" data-answer>([^<]*)<', page)[1]


def test_it_names_the_first_line_that_does_not_follow(check, equation):
    page = check("2x + 3 = 9", "2x = 12", "x = 6", item=equation)
    assert marks(page)[:2] == ["given", "refuted"]
    assert "Line 2 doesn’t follow." in page
    assert page.count("Compare it with the lines above it.") == 1
    assert "The sign should change when a term is moved to the other side." in page
    assert "what came before is true, but this is not: here the left side is" in page
    assert [value_of(name, page) for name in ("at", "left", "right")] == ["x = 3", "6", "12"]
    assert not Attempt.objects.exists()


def test_what_rests_on_a_mistake_is_marked_so(check, equation):
    page = check("2x + 3 = 9", "2x = 12", "x = 6", item=equation)
    assert marks(page) == ["given", "refuted", "resting"]
    assert "This line doesn’t follow" in page
    assert "Follows, but from a wrong line" in page
    words = strip_tags(check("33 - 7 = 28", "28 + 12 = 40", item=equation))
    assert "Follows, but" not in words  # a calculation, which is true by itself


def test_what_is_right_below_a_mistake_is_proved(check, equation):
    page = check("2x + 3 = 9", "2x = 12", "2x = 6", "x = 3", item=equation)
    assert marks(page) == ["given", "refuted", "proved", "proved"]


def test_two_expressions_are_compared_by_their_values(check):
    page = check("(x+1)^2", "= x^2 + 1")
    assert "Compare it with the lines above it." in page
    assert [value_of(name, page) for name in ("at", "left", "right")] == ["x = 2", "9", "5"]


@pytest.mark.parametrize("line", ["= x^2 + 1", "x^2 + 1"])
def test_two_lines_that_are_compared_have_no_sides(check, line):
    words = strip_tags(check("(x+1)^2", line))
    assert "For x = 2, the line above is 9, and this line is 5." in words


def test_two_lines_of_numbers_have_no_sides_either(check, stating):
    item = stating("How many marbles are there?", final_answer="99")
    words = strip_tags(check("2 + 3*4", "20", item=item))
    assert "The line above is 14, and this line is 20." in words


def test_line_with_two_sides_has_sides(check):
    words = strip_tags(check("2 + 3 = 5", "5 + 6 = 12"))
    assert "The left side is 11 and the right side is 12." in words


def test_a_line_that_is_wrong_in_itself_is_told_apart(check):
    page = check("2 + 3 = 5", "5 + 6 = 12")
    assert marks(page) == ["proved", "refuted"]
    assert "The two sides of this line are not equal." in page
    assert [value_of(name, page) for name in ("left", "right")] == ["11", "12"]


def test_where_every_line_follows_it_says_so(check, equation):
    page = check("2x + 3 = 9", "", "2x = 6", "x = 3", item=equation)
    assert marks(page) == ["given", "proved", "proved"]
    assert "Each line follows from the lines above it." in page


def test_what_cannot_be_checked_is_not_refuted(check, equation):
    page = check("2x + 3 = 9", "that is easy", "2x = 6", item=equation)
    assert marks(page) == ["given", "unchecked", "proved"]
    assert "No mistake was found; 1 line could not be checked." in page
    assert "None of these lines could be checked." in check("that is", "easy")


def test_it_shows_the_formula_that_was_read_between_words(check, client, equation):
    page = check("2x + 3 = 9", "subtract 3: 2x = 12/2", item=equation)
    assert marks(page) == ["given", "proved"]
    assert r"\(2x = \frac{12}{2}\)" in page
    typed = {"working": "subtract 3: 2x = 12/2"}
    draft = client.post(url("working-draft", equation), typed).content.decode()
    assert r"\(2x = \frac{12}{2}\)" in draft
    assert "Not read as mathematics" not in draft
    assert "data-tex=" not in draft  # the math editor would lose the words


def test_it_says_which_part_of_a_line_it_did_not_read(check, equation):
    page = check("2x + 3 = 9", "x^2 = 9, so (x+3)(x-3 = 0", "2x = 6 foo", item=equation)
    assert marks(page) == ["given", "unchecked", "proved"]
    words = " ".join(strip_tags(page).split())
    assert "Lemma did not read: (x+3)(x-3 = 0" in words
    assert words.count("Lemma did not read") == 1  # not of a line that is proved


def test_an_equation_that_the_statement_does_not_name_is_used_and_not_checked(check):
    page = check("2x + 3 = 9", "2x = 6", "2x = 12")
    assert marks(page) == ["unchecked", "proved", "refuted"]


def test_a_single_line_has_nothing_to_be_compared_with(check, equation):
    assert "write the next line" in check("2x + 3 = 9", item=equation)


def test_the_statement_says_what_the_first_line_starts_from(check, equation):
    page = check("2x = 12", item=equation)
    assert marks(page) == ["refuted"]
    assert "Compare it with the problem." in page


def test_a_decimal_comma_is_read_as_the_problem_reads_it(check, stating):
    key = read_key({"kind": "number", "value": "2,5", "decimal_comma": True})
    item = stating(r"Solve \(2x = 5,0\).", key=key)
    assert marks(check("2x = 5,0", "x = 2,5", item=item)) == ["given", "proved"]


def test_without_scripts_it_is_a_page_and_what_was_typed_is_kept(check, client, item):
    page = check("2x + 3 = 7", "2x = 10", headers={}, response="17")
    assert "<html" in page
    assert "Line 2 doesn’t follow." in page
    assert r"What is \(2 + 2\)?" in page
    assert f'href="{item.get_absolute_url()}#answer"' in page
    draft = Draft.objects.get()
    assert (draft.response, draft.working) == ("17", ["2x + 3 = 7", "2x = 10"])
    form = client.get(item.get_absolute_url()).content.decode()
    assert "2x + 3 = 7\n2x = 10</textarea>" in form
    assert f'formaction="{url("working-check", item)}"' in form


@pytest.mark.parametrize("headers", [HTMX, {}])
@pytest.mark.parametrize(
    ("text", "message"),
    [("", "no lines"), ("x\n" * 41, "41 lines"), ("y" * 501, "Line 1"), ("\x00", "not text")],
)
def test_what_cannot_be_taken_is_said(check, text, message, headers):
    assert message in check(working=text, headers=headers)


def test_too_many_checks_are_told_to_wait(check, monkeypatch):
    monkeypatch.setattr(working_pages, "CHECKS_A_MINUTE", 3)
    monkeypatch.setattr(limits, "WINDOW_S", 1_000_000)  # no new window begins meanwhile
    for _ in range(3):
        assert "too often" not in check("1 = 1")
    assert "too often" in check("1 = 1")
    assert "too often" in check("1 = 1", headers={})


@pytest.mark.parametrize("what", ["checks", "cpu"])
def test_a_page_that_checked_too_often_asks_again_in_the_next_minute(
    check, monkeypatch, settings, what
):
    if what == "checks":
        monkeypatch.setattr(working_pages, "CHECKS_A_MINUTE", 0)
    else:
        settings.WORK_A_MINUTE_S = 0
    page = check("1 = 1")
    seconds = int(re.search(r'data-again="(\d+)"', page)[1])
    assert 0 < seconds <= limits.WINDOW_S + working_pages.MAX_DELAY_S
    assert "Lemma checks these lines by itself" in page


def test_where_the_time_is_over_it_says_so(check, monkeypatch):
    monkeypatch.setattr(working_pages, "MAX_CHECK_WORK_S", -1.0)
    page = check("2x + 3 = 7", "2x = 10")
    assert "did not finish in time" in page
    assert marks(page) == []
    assert f'data-again="{working_pages.TOO_SLOW_AGAIN_IN_S}"' in page
    assert "data-again" not in check("")  # there will be no lines later, either


def test_no_lines_break_it(check, monkeypatch):
    monkeypatch.setattr(working_pages, "CHECKS_A_MINUTE", 1_000)
    monkeypatch.setattr(working_pages, "MAX_CHECK_WORK_S", 2.0)
    for start in range(0, len(SHORT), 40):
        texts = (text[:500].encode("utf-8", "ignore") for text in SHORT[start : start + 40])
        check(*(text.decode().replace("\n", " ") for text in texts))


@pytest.mark.parametrize("name", ["working-draft", "working-check"])
def test_what_is_not_theirs_is_not_there(client, carol, dan, item, name):
    for user in (carol, dan):
        client.force_login(user)
        assert client.post(url(name, item), {"working": "1 = 1"}).status_code == 404
    client.logout()
    answer = client.post(url(name, item), {"working": "1 = 1"})
    assert answer.url.startswith(reverse("account_login"))
    assert not Draft.objects.exists()


def test_pages_say_it_in_chinese(check, alice, client):
    alice.language = "zh-hans"
    alice.save(update_fields=["language"])
    page = check("2x + 3 = 7", "2x = 10")
    assert "第 2 行推不出来" in page
    assert "移到等号另一边" in page


def test_one_of_two_solutions_is_wrong_only_with_an_answer(check, stating):
    item = stating(r"Solve \(x^2 - 3x - 10 = 0\).", final_answer="{-2, 5}", kind="set")
    page = check("(x - 5)(x + 2) = 0", "x = -2", item=item)
    assert marks(page) == ["proved", ""]
    assert "Not all solutions yet. Write the others below." in page
    assert "No mistake was found so far." in page
    answered = check("(x - 5)(x + 2) = 0", "x = -2", item=item, response="x = -2")
    assert marks(answered) == ["proved", "refuted"]
    whole = check("(x - 5)(x + 2) = 0", "x = -2", "x = 5", item=item)
    assert marks(whole) == ["proved", "proved", "proved"]
