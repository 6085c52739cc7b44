"""In a class with a decimal comma, students type 2,5 for every problem, and read it back."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from tests.attempts.views.test_answer_page import HTMX, url
from tests.attempts.working.test_working import marks
from tests.factories import make_assignment, make_problem, make_problem_with_parts
from tutor.assignments.models import Assignment
from tutor.attempts.models import GradeChange
from tutor.attempts.models.answered_part import AnsweredPart
from tutor.attempts.responses import entry_of
from tutor.courses.conventions import convention_kept, use_convention
from tutor.courses.models import Section
from tutor.grading import AnswerKey, Kind, Verdict, read_key
from tutor.teaching.regrading import Regrader

OPEN_END = {"kind": "inequality", "value": "x < 1.5"}


@pytest.fixture(autouse=True)
def _writes_commas(section):
    section.convention = "DE"
    section.save()


@pytest.fixture
def asking(section):
    """An item whose answer this is; the problem writes decimal points."""

    def asking(kind, value, slug="b"):
        key = read_key({"kind": kind, "value": value})
        return make_assignment(section, [make_problem(slug, key=key)]).problem_set.items.get()

    return asking


@pytest.mark.parametrize(
    ("kind", "value", "response", "verdict"),
    [
        ("number", "2.5", "2,5", Verdict.CORRECT),
        ("number", "2.5", "2.5", Verdict.CORRECT),
        ("number", "2.5", "2,6", Verdict.INCORRECT),
        ("number", "1234.5", "1.234,5", Verdict.CORRECT),
        ("number", "1.234", "1,234", Verdict.CORRECT),
        ("number", "1.234", "1.234", Verdict.UNDECIDED),
        ("number", "10", "C(5,2)", Verdict.UNDECIDED),
        ("equation", "x = 2.5", "x = 2,5", Verdict.CORRECT),
        ("expression", "0.5x + 1.25", "0,5x + 1,25", Verdict.CORRECT),
        ("tuple", "(2, 5)", "(2,5)", Verdict.CORRECT),
        ("tuple", "(2, 5)", "(2; 5)", Verdict.CORRECT),
        ("tuple", "(2.5, 3)", "(2,5; 3)", Verdict.CORRECT),
        ("interval", "[2.5, 4)", "[2,5; 4)", Verdict.CORRECT),
        ("inequality", "x > 2.5", "x > 2,5", Verdict.CORRECT),
        ("set", r"\{1.5, 2\}", "{1,5; 2}", Verdict.CORRECT),
        ("set", r"\{2, 5\}", "{2,5}", Verdict.UNDECIDED),
        ("choice", "A, B", "A, B", Verdict.CORRECT),
    ],
)
def test_answers_have_the_numbers_of_the_class(
    asking, section, alice, hand_in, kind, value, response, verdict
):
    if kind == "choice":
        problem = make_problem("b", final_answer=value, kind=kind, choices=("3", "4", "5"))
        item = make_assignment(section, [problem]).problem_set.items.get()
    else:
        item = asking(kind, value)
    attempt = hand_in(alice, response, item=item)
    assert (attempt.verdict, attempt.as_typed) == (verdict, response)


def test_the_echo_has_commas_and_semicolons(asking, client, alice):
    client.force_login(alice)
    item = asking("tuple", "(2.5, 3)")
    page = client.post(reverse("draft", args=[item.code]), {"response": "(2,5; 3)"})
    assert r"2{,}5;\, 3" in page.content.decode()


def test_a_student_reads_what_they_typed(asking, client, alice, hand_in):
    item = asking("number", "3")
    attempt = hand_in(alice, "2,5", item=item)
    assert (attempt.response, attempt.typed) == ("2.5", "2,5")
    client.force_login(alice)
    for address in (item.get_absolute_url(), attempt.get_absolute_url()):
        assert "<code>2,5</code>" in client.get(address).content.decode(), address
    assert 'value="2,5"' in client.get(item.get_absolute_url()).content.decode()


def test_a_variant_is_shown_with_the_numbers_of_the_class(client, section, alice):
    key = AnswerKey("[[a]]", Kind.NUMBER)
    problem = make_problem(
        "b",
        statement=r"A rope of [[a:decimal]] m: \([[a:decimal]] + 0.25\), \((1, 2)\)?",
        parameters="a = 5/2..5/2",
        key=key,
        hints=("Think of 0.5.",),
    )
    item = make_assignment(section, [problem]).problem_set.items.get()
    item.problem_set.items.update(points=Decimal("2.5"))
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert r"A rope of 2,5 m: \(2{,}5 + 0{,}25\), \((1; 2)\)?" in page
    assert "Points: 2,5" in page
    hint = {"level": "hint", "number": "1"}
    help_page = client.post(reverse("help", args=[item.code]), hint, follow=True)
    assert "Think of 0,5." in help_page.content.decode()


def test_a_problem_with_commas_of_its_own_is_shown_as_it_is(client, section, alice):
    key = AnswerKey("2,5", Kind.NUMBER, decimal_comma=True)
    problem = make_problem("b", statement=r"Is 1.234 more than \(0,5\)?", key=key)
    item = make_assignment(section, [problem]).problem_set.items.get()
    client.force_login(alice)
    assert r"Is 1.234 more than \(0,5\)?" in client.get(item.get_absolute_url()).content.decode()


def test_each_part_has_the_numbers_of_the_class(section, alice, hand_in):
    item = make_assignment(section, [make_problem_with_parts("p")]).problem_set.items.get()
    attempt = hand_in(alice, "a) 2,5\nb) 3", item=item, parts=("2,5", "3"))
    assert attempt.part_responses == ["2.5", "3"]
    assert attempt.parts_as_typed == ["2,5", "3"]
    assert attempt.as_typed == "a) 2,5\nb) 3"


def test_what_an_author_says_of_a_part_has_the_numbers_of_the_class(section, alice, hand_in):
    item = make_assignment(section, [make_problem_with_parts("p")]).problem_set.items.get()
    attempt = hand_in(alice, "a) 2,5\nb) 3", item=item, parts=("2,5", "3"))
    grade = {"verdict": "incorrect", "score": 0, "rule": "expected", "feedback": "Think of 0.5."}
    part = AnsweredPart("a", {}, {"response": "2.5"}, grade)
    with convention_kept():
        use_convention("DE")
        page = render_to_string("attempts/_parts.html", {"attempt": attempt, "parts": [part]})
    assert "Think of 0,5." in page


def test_lines_of_working_have_the_numbers_of_the_class(asking, client, alice):
    item = asking("number", "2.5")
    Assignment.objects.update(attempts_allowed=None)
    client.force_login(alice)
    lines = {"response": "", "working": "4x = 10,0\nx = 2,5\nx = 3,5"}
    page = client.post(url("working-check", item), lines, headers=HTMX).content.decode()
    assert marks(page)[1:] == ["proved", "refuted"]
    assert r"x = 2{,}5" in page


def test_a_stored_grade_stays_when_the_class_writes_otherwise(asking, alice, hand_in):
    attempt = hand_in(alice, "2,5", item=asking("number", "2.5"))
    grades = list(GradeChange.objects.values_list("verdict", "score"))
    Section.objects.update(convention="US")
    attempt.refresh_from_db()
    assert attempt.verdict == Verdict.CORRECT
    assert list(GradeChange.objects.values_list("verdict", "score")) == grades


def test_a_regrade_knows_how_an_answer_was_typed(asking, alice, hand_in):
    item = asking("number", "1.234")
    doubtful = hand_in(alice, "1.234", item=item)
    regrader = Regrader(item.problem.current)
    assert regrader.grade(doubtful).verdict == Verdict.UNDECIDED
    doubtful.typed = ""
    assert regrader.grade(doubtful).verdict == Verdict.INCORRECT


def test_the_field_says_how_to_type(asking, section):
    version = asking("tuple", "(2, 5)").problem.current
    assert entry_of(version, section).separator == ";"
    assert entry_of(version).separator == ","


def test_figures_and_grids_have_the_numbers_of_the_class(client, section, alice, hand_in):
    statement = "Where?\n\n```figure\nplot\nx from 0 to 2 step 0.5\ny from 0 to 2\n```"
    drawing = "interval, x from 0 to 2 step 0.5"
    problem = make_problem("b", statement=statement, key=read_key(OPEN_END), drawing=drawing)
    item = make_assignment(section, [problem]).problem_set.items.get()
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert page.count(">0,5<") == 2
    hand_in(alice, "x < 1,5", item=item)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "A mark from the left up to 1,5, an open circle." in page


def test_worked_solutions_have_the_numbers_of_the_class(client, section, carol):
    solution = "Half of \\(5\\) is \\(\\boxed{2.5}\\)."
    problem = make_problem("b", final_answer="2.5", solution=solution)
    item = make_assignment(section, [problem]).problem_set.items.get()
    client.force_login(carol)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "data-decimal-comma" in page  # the browser rewrites what the model writes
    assert r"\boxed{2{,}5}" in page
    Section.objects.update(convention="GB")
    assert "data-decimal-comma" not in client.get(item.get_absolute_url()).content.decode()
