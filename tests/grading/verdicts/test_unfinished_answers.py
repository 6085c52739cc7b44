"""An answer in which all the work is still to be done is not finished; any other right one is."""

import pytest

from tutor.grading import FeedbackCode, Rule, Verdict, grade_response, read_key
from tutor.grading.verdicts.unfinished_answers import unless_unfinished

SUM = r"Calculate \(15 + 7 \times 9 - 14 \div 2\)."
LIMIT = r"\lim_{x \to -5} \frac{x^2 + 3x - 10}{x + 5}"
PRODUCT = r"\begin{pmatrix}1&2\\3&4\end{pmatrix}\begin{pmatrix}1&0\\0&2\end{pmatrix}"


def judged(statement, kind, value, response, **fields):
    key = read_key({"value": value, "kind": kind, **fields})
    return unless_unfinished(grade_response(response, key), response, key, statement)


@pytest.mark.parametrize(
    ("statement", "kind", "value", "response"),
    [
        (SUM, "number", "71", "15+7*9-14/2"),
        (SUM, "number", "71", r"15 + 7 \cdot 9 - 14 \div 2"),
        (r"Expand \((x+3)^2\).", "expression", "x^2+6x+9", "(x+3)^2"),
        (r"Calculate \(\sqrt{2} + \sqrt{8}\).", "number", "3sqrt(2)", "√2 + √8"),
        (rf"Find \({LIMIT}\).", "number", "-7", LIMIT),
        (rf"Multiply \({PRODUCT}\).", "matrix", r"\begin{pmatrix}1&4\\3&8\end{pmatrix}", PRODUCT),
    ],
)
def test_the_formula_of_the_problem_is_not_worked_out(statement, kind, value, response):
    grade = judged(statement, kind, value, response)
    assert (grade.verdict, grade.score, grade.rule) == (Verdict.INCORRECT, 0, Rule.FORM)
    assert grade.feedback.code == FeedbackCode.COPIED_FORMULA


@pytest.mark.parametrize(
    ("statement", "response", "is_finished"),
    [
        ("Write 2 ≤ x < 5 in interval notation.", "2<=x<5", False),
        ("Gib die Lösung als Intervall an.", "2 ≤ x und x < 5", False),
        ("Write 2 ≤ x < 5 in interval notation.", "[2, 5)", True),
        ("Write 2 ≤ x < 5 in interval notation.", "x ∈ [2;5[", True),
        ("Where is the function defined?", "2<=x<5", True),
    ],
)
def test_an_interval_is_written_as_one_where_that_is_asked(statement, response, is_finished):
    grade = judged(statement, "interval", "[2,5)", response)
    assert (grade.verdict == Verdict.CORRECT) == is_finished
    assert is_finished or grade.feedback.code == FeedbackCode.NOT_AN_INTERVAL


@pytest.mark.parametrize(
    ("statement", "kind", "value", "response"),
    [
        (SUM, "number", "71", "71"),
        (r"Expand \((x+3)^2\).", "expression", "x^2+6x+9", "x^2+6x+9"),
        (r"Which is larger, \(3/4\) or \(2/3\)?", "number", "0.75", "3/4"),
        (r"Which is larger, \(3 \cdot 4\) or \(2 \cdot 5\)?", "number", "12", "3*4"),
        (r"Give the term \(2x + 3\) again.", "expression", "2x+3", "2x+3"),
        (r"Read \(\frac{27}{50}\) aloud.", "number", "0.54", "27/50"),
    ],
)
def test_what_is_worked_out_or_chosen_counts(statement, kind, value, response):
    assert judged(statement, kind, value, response).verdict == Verdict.CORRECT


def test_a_wrong_answer_stays_what_it_is():
    wrong = grade_response("70", read_key({"value": "71", "kind": "number"}))
    assert judged(SUM, "number", "71", "70") == wrong


def test_a_form_decides_for_itself():
    assert judged(SUM, "number", "71", "15+7*9-14/2", form="worked_out").feedback.code == (
        FeedbackCode.NOT_WORKED_OUT
    )


STORY = "Anna has 7 apples and Ben has 5 apples. How many apples are there?"


@pytest.mark.parametrize(
    "response",
    ["7+5", "7 + 5 apples", "3*4", "20-8", "2^2*3", "7+7-2", "x = 7+5", "sqrt(144)", "√(169-25)-0"],
)
def test_a_calculation_is_not_finished_where_a_number_is_asked_for(response):
    grade = judged(STORY, "number", "12", response)
    assert (grade.verdict, grade.rule) == (Verdict.INCORRECT, Rule.FORM)
    assert grade.feedback.code == FeedbackCode.NOT_WORKED_OUT


@pytest.mark.parametrize(
    ("value", "response"),
    [
        ("12", "12"),
        ("12", "7 + 5 = 12"),
        ("12", "12 apples"),
        ("12", "24/2"),
        ("1.5", "1 1/2"),
        ("1500", "1.5*10^3"),
        ("0.75", "3/4"),
        ("2*sqrt(3)", "2√3"),
        ("2^3*3", "2^3*3"),
        ("pi + 1", "1 + pi"),
    ],
)
def test_other_ways_of_writing_the_number_count(value, response):
    assert judged(STORY, "number", value, response).verdict == Verdict.CORRECT


@pytest.mark.parametrize("response", ["(180-140)°", "(4*10)°"])
def test_a_quantity_is_worked_out_too(response):
    key = read_key({"value": "40", "kind": "quantity", "unit": "°"})
    right = grade_response(response, key)
    assert right.verdict == Verdict.CORRECT
    grade = unless_unfinished(right, response, key, "")
    assert (grade.verdict, grade.feedback.code) == (Verdict.INCORRECT, FeedbackCode.NOT_WORKED_OUT)


@pytest.mark.parametrize(
    ("statement", "kind", "value", "response", "is_finished"),
    [
        (r"Calculate \(\frac34\cdot\frac89\).", "number", "2/3", "3/4*8/9", False),
        (r"Calculate \(\frac34\cdot\frac89\).", "number", "2/3", r"\frac34\cdot\frac89", False),
        (r"Calculate \(\frac34\cdot\frac89\).", "number", "2/3", "24/36", True),
        (r"Simplify \(2(x+3)-(x-1)\).", "expression", "x+7", "2x+6-x+1", False),
        (r"Simplify \(2(x+3)-(x-1)\).", "expression", "x+7", "7+x", True),
        (r"Add \(2x+3\) and \(x-5\).", "expression", "3x-2", "(2x+3)+(x-5)", False),
        (r"Simplify \(3a+a+6b\).", "expression", "4a+6b", "2(2a+3b)", True),
        (r"Kürze \(\frac{x^2-4}{x+2}\).", "expression", "x-2", "(x-2)(x+2)/(x+2)", False),
        ("Find the perimeter.", "expression", "2x+6", "x+x+6", True),
        (r"Find \(-2(2,-3)\).", "tuple", "(-4,6)", "-2(2,-3)", False),
        ("Find the unit vector.", "tuple", "(3/5,4/5)", "1/5 (3,4)", True),
    ],
)
def test_what_is_left_to_do_is_done(statement, kind, value, response, is_finished):
    grade = judged(statement, kind, value, response)
    assert (grade.verdict == Verdict.CORRECT) == is_finished
    assert is_finished or grade.is_unfinished


@pytest.mark.parametrize("response", ["+-90", "k=+-90", "+- 90"])
def test_plus_minus_before_a_number_means_both(response):
    both = grade_response(response, read_key({"value": "90 or -90", "kind": "list"}))
    assert both.verdict == Verdict.CORRECT
    single = grade_response(response, read_key({"value": "-90", "kind": "number"}))
    assert single.verdict != Verdict.CORRECT


def test_plus_minus_between_numbers_subtracts():
    assert (
        grade_response("5+-3", read_key({"value": "2", "kind": "number"})).verdict
        == Verdict.CORRECT
    )
