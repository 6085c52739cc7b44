"""How the preview shows the stored answer."""

import pytest
from django.urls import reverse

from tests.factories import make_content
from tutor.grading import AnswerKey, Kind, read_key
from tutor.problems.checks import defects
from tutor.problems.content import answer_alone
from tutor.problems.editing.preview import as_latex, preview_content, try_answer
from tutor.problems.parts import Part


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("number", "4.5*10^-4", r"4.5 \cdot 10^{-4}"),
        ("number", "sqrt(2)/2", r"\frac{\sqrt{2}}{2}"),
        ("number", r"\frac12", r"\frac12"),
        ("equation", "y=2x+1", "y = 2x + 1"),
        ("text", "Tuesday", "Tuesday"),
        ("choice", "B", "B"),
    ],
)
def test_what_was_typed_is_typeset_as_it_is_read(kind, value, shown):
    assert as_latex(read_key({"kind": kind, "value": value})) == shown


def test_the_grid_is_shown_on_which_students_draw():
    line = read_key({"kind": "equation", "value": "y = [[a]]x"})
    content = make_content(key=line, drawing="line, x from 0 to [[a]]", parameters="a = 7")
    [answer_place] = preview_content(content).places
    assert ">7<" in answer_place.grid
    part = Part("Draw it.", read_key({"kind": "logic", "value": "A and B"}), drawing="venn, A, B")
    plain = Part("How many?", read_key({"kind": "number", "value": "3"}))
    parted = make_content(key=part.key, parts=(plain, part))
    places = preview_content(parted).places
    assert [(field.letter, bool(field.grid)) for field in places] == [("a", False), ("b", True)]


def for_students(page):
    """What stands in the student's half of a preview, and what in the teacher's."""
    _, _, rest = page.partition('<section class="as-student">')
    student, _, teacher = rest.partition('<section class="for-teachers">')
    return student, teacher


def test_the_students_half_of_the_preview_gives_nothing_away(client, carol, section):
    client.force_login(carol)
    form = {"title": "Car", "statement": "How fast?", "kind": "number", "value": "90417"}
    form |= {"form": "any", "language": "en", "level": "1", "action": "preview"}
    form |= {"hints-text": "Divide the way.", "solution": r"It is \(\boxed{90417}\), as it drives."}
    form |= {"tests-answer": "90418", "tests-verdict": "incorrect"}
    form |= {"expected-answer": "90419", "expected-feedback": "You added."}
    student, teacher = for_students(client.post(reverse("problem-new"), form).content.decode())
    assert "How fast?" in student
    assert 'aria-label="Your answer"' in student
    secrets = ("90417", "90418", "90419", "You added.", "Divide the way.", "as it drives")
    assert [text for text in secrets if text in student] == []
    assert [text for text in secrets if text not in teacher] == []
    assert "Only teachers see this" in teacher


def test_the_preview_has_the_fields_and_choices_that_students_have(client, carol, section):
    client.force_login(carol)
    form = {"title": "Area", "statement": "A square.", "language": "en", "level": "1"}
    form |= {"action": "preview", "parts-prompt": ["Its side?", "Which are even?"]}
    form |= {"parts-kind": ["number", "choice"], "parts-value": ["7", "A, C"]}
    form |= {"parts-choices": ["", "14\n21\n28"], "kind": "number"}
    student, _ = for_students(client.post(reverse("problem-new"), form).content.decode())
    assert student.index("A square.") < student.index("Its side?") < student.index("Which are")
    assert 'aria-label="Your answer to a)"' in student
    assert student.count('<input type="checkbox">') == 3
    assert "Choose all that are right" in student
    student, _ = for_students(
        client.post(reverse("problem-new"), {**form, "title": ""}).content.decode()
    )
    assert "Its side?" in student  # also of a form that is not finished
    assert student.count('class="option"') == 3


def test_a_decimal_comma_stays_one():
    key = read_key({"kind": "number", "value": "2,5", "decimal_comma": True})
    assert as_latex(key) == "2,5"


def test_a_trial_without_the_unit_is_called_as_for_students():
    content = make_content(key=read_key({"kind": "quantity", "value": "5", "unit": "cm"}))
    assert try_answer(content, "5").state == "unfinished"
    assert try_answer(content, "6").state == "incorrect"


def test_an_answer_that_is_a_calculation_is_worked_out():
    key = read_key({"kind": "quantity", "value": "sqrt(4^2 + 3^2)", "unit": "cm"})
    assert as_latex(key) == as_latex(read_key({"kind": "quantity", "value": "5 cm"}))


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        ("120 km/h", "", r"120\,\text{km/h}"),
        ("600 m^2", "", r"600\,\text{m}^{2}"),
        ("600", "m^2", r"600\,\text{m}^{2}"),
        ("sqrt(4^2 + 3^2) cm", "", r"sqrt(4^2 + 3^2)\,\text{cm}"),
        ("5%", "", r"5\text{\%}"),
        ("12 apples", "", r"12\,\text{apples}"),
    ],
)
def test_a_solution_that_is_only_a_quantity_is_typeset_and_not_flagged(value, unit, written):
    key = read_key({"kind": "quantity", "value": value, "unit": unit})
    assert answer_alone(key) == rf"\(\boxed{{{written}}}\)"
    assert not list(defects(make_content(key=key, solution=answer_alone(key))))


def test_the_unit_of_a_quantity_with_parameters_is_upright_too():
    key = AnswerKey("[[v * 2]] km/h", Kind.QUANTITY)
    assert answer_alone(key) == r"\(\boxed{[[v * 2]]\,\text{km/h}}\)"


def test_what_decided_is_said_only_where_no_remark_says_more(client, carol, section):
    client.force_login(carol)
    form = {"title": "Car", "statement": "How fast?", "kind": "quantity", "value": "120 km/h"}
    form |= {"form": "any", "language": "en", "level": "1", "action": "preview", "try": "120"}
    page = client.post(reverse("problem-new"), form).content.decode()
    assert "its unit is missing" in page
    assert "brought to the same unit" not in page


def test_the_preview_says_how_far_off_an_answer_may_be(client, carol, section):
    client.force_login(carol)
    form = {"title": "Car", "statement": "How fast?", "kind": "number", "value": "90"}
    form |= {"form": "any", "language": "en", "level": "1", "action": "preview"}
    page = client.post(reverse("problem-new"), form | {"tolerance": "0.5"}).content.decode()
    assert "± 0.5<" in page
    form |= {"tolerance": "0.01", "relative": "on"}
    assert "± 0.01 of the value" in client.post(reverse("problem-new"), form).content.decode()
    parts = {"parts-prompt": "a", "parts-kind": "number", "parts-value": "2"}
    parted = form | parts | {"value": "", "tolerance": "", "parts-tolerance": "0.2"}
    assert "± 0.2<" in client.post(reverse("problem-new"), parted).content.decode()
