"""The author is told where the text asks for a form and the stored answer does not."""

import pytest

from tests.factories import make_content
from tutor.grading import read_key
from tutor.problems.advising.form_advice import form_advice
from tutor.problems.editing.preview import preview_content


def advice_on(statement, **key):
    return form_advice(make_content(statement=statement, key=read_key(key)))


@pytest.mark.parametrize(
    ("statement", "kind", "value", "form"),
    [
        ("Write 3/8 as a decimal.", "number", "0.375", "a decimal"),
        ("Schreibe 1500 in wissenschaftlicher Schreibweise.", "number", "1500", "scientific"),
        ("Écris 9/4 sous la forme d'un nombre mixte.", "number", "9/4", "a mixed number"),
        (
            "Give 17/8 as a mixed number in simplest form.",
            "number",
            "2 1/8",
            "number in lowest terms",
        ),
        ("Gib als gemischte Zahl an, vollständig gekürzt.", "number", "2 1/8", "in lowest terms"),
        ("Write 360 as a product of prime factors in index form.", "number", "360", "of primes"),
        ("Simplifica hasta una fracción irreducible.", "number", "1/2", "lowest terms"),
        ("把 12:18 化成最简整数比。", "ratio", "2:3", "lowest terms"),
        ("Round pi to two decimal places.", "number", "3.14", "decimal places"),
        ("Runde auf 2 Nachkommastellen.", "number", "3.14", "decimal places"),
        ("Give three significant figures.", "number", "3.14", "significant figures"),
        ("Write 1500 in standard form.", "number", "1500", "scientific"),
        ("Factorise \\(x^2-9\\).", "expression", "(x-3)(x+3)", "factored"),
        ("Multipliziere den Term aus.", "expression", "x^2+2x", "expanded"),
    ],
)
def test_the_form_is_named(statement, kind, value, form):
    [sentence] = advice_on(statement, kind=kind, value=value)
    assert form in sentence


@pytest.mark.parametrize(
    ("statement", "key"),
    [
        ("Write 3/8 as a decimal.", {"kind": "number", "value": "0.375", "form": "decimal"}),
        ("Round to 2 decimal places.", {"kind": "number", "value": "3.14", "tolerance": "0.005"}),
        ("Write it as a decimal.", {"kind": "number", "value": "2.5", "tolerance": "0.1"}),
        ("How many factors has 12?", {"kind": "number", "value": "6"}),
        ("Expand your horizon: what is 2 + 3?", {"kind": "number", "value": "5"}),
    ],
)
def test_nothing_is_said_where_nothing_is_missing(statement, key):
    assert advice_on(statement, **key) == []


def test_the_preview_shows_it():
    solution = r"\(\boxed{0.375}\)"
    content = make_content(
        statement="Write 3/8 as a decimal.", final_answer="0.375", solution=solution
    )
    assert preview_content(content).advice == form_advice(content)
