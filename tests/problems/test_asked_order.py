"""The order of a list counts where the statement asks for one."""

import pytest

from tests.factories import make_content
from tutor.grading import Kind, Verdict, grade_response, read_key
from tutor.problems.advising.form_advice import decided_forms
from tutor.problems.asked_form import WHOLE, in_asked_order, with_asked_forms


def key_of(value, statement, *, comma=False):
    key = read_key({"kind": "list", "value": value, "decimal_comma": comma})
    return in_asked_order(key, statement)


@pytest.mark.parametrize(
    ("value", "statement", "comma"),
    [
        ("-4, 0.3, 3/8", r"Order \(\frac38\), 0.3 and -4 from smallest to largest.", False),
        ("7; 2,5; -1", "Ordne absteigend: 2,5; -1; 7", True),
        ("0,054; 0,45; 0,5", r"Ordne der Größe nach: \(0{,}5;\ 0{,}45;\ 0{,}054\).", True),
        ("3, 2, -1", r"将 \(3,-1,2\) 从大到小排列。", False),
        ("-6; 1; 9", "Ranger dans l’ordre croissant : 9 ; -6 ; 1", True),
        ("3/4; 1/4; 1/8", "Ordena de mayor a menor: 1/4; 1/8; 3/4", True),
        ("0.1, 1/5, 0.7", r"把 \(0.7,\ \frac15,\ 0.1\) 从小到大排列。", False),
        ("-3, 3", r"Solve \(x^2 = 9\). Give the solutions in ascending order.", False),
        ("1, 2, 7, 14", "List the divisors of 14. Smallest first.", False),
        ("14, 17, 20", r"Write the next three terms of \(2, 5, 8, 11, \dots\)", False),
        ("24; 48; 96", "Gib die nächsten drei Glieder der Folge 3, 6, 12, … an.", True),
        ("5; 1; 3", "Donner dans l’ordre le reste de 5, 7 et 9 par 6.", True),
        ("3; 1; 4", "Escribe en orden las cifras del número.", True),
        ("3, 5, 7", r"\(a_n=2n+1\)，依次写出前三项。", False),
    ],
)
def test_sorting_is_asked_for(value, statement, comma):
    key = key_of(value, statement, comma=comma)
    assert key.ordered
    separator = "; " if comma else ", "
    backwards = separator.join(part.strip() for part in reversed(value.split(separator.strip())))
    assert grade_response(value, key).verdict == Verdict.CORRECT
    assert grade_response(backwards, key).verdict == Verdict.INCORRECT


@pytest.mark.parametrize(
    ("value", "statement"),
    [
        ("-3, 3", r"Solve \(x^2 = 9\)."),
        ("1, 2, 7, 14", "List the divisors of 14."),
        ("2, 3", r"In order to find \(x\), solve \(x^2-5x+6=0\)."),
        ("3, 5", "The numbers in ascending order are 3, 3, 4, 5 and 5. Find the modes."),
        ("2, 5", "Find the first two terms that are prime. Write them in any order."),
        ("4, 9", "Which of the numbers 9, 5 and 4 are squares?"),
        (
            "5, 2, 8",
            "Order 5, 2 and 8 by the way in which they are spoken, from least to greatest.",
        ),
    ],
)
def test_other_lists_have_no_order(value, statement):
    assert not key_of(value, statement).ordered


def test_a_set_has_no_order():
    key = read_key({"kind": "set", "value": "{1, 2}"})
    assert in_asked_order(key, "Order 2 and 1 from smallest to largest.").kind == Kind.SET


def test_an_author_is_told_and_may_decide_otherwise():
    key = read_key({"kind": "list", "value": "-5, 0, 6"})
    content = make_content(statement="Order 6, -5 and 0 from smallest to largest.", key=key)
    decided = with_asked_forms(content)
    assert decided.key.ordered
    assert len(decided_forms(decided, {WHOLE})) == 1
    assert not with_asked_forms(content, of=set()).key.ordered
    assert decided_forms(decided, set()) == []


def test_numbers_of_a_variant_are_sorted_as_well():
    content = make_content(
        statement="Order [[a]], [[b]] and [[c]] from smallest to largest.",
        parameters="a = 1..9\nb = a + 1\nc = b + 3",
        key=read_key({"kind": "list", "value": "[[a]], [[b]], [[c]]"}),
    )
    assert with_asked_forms(content).key.ordered
