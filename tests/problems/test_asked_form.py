"""An answer gets the form that its text asks for, where nobody has chosen one."""

import pytest

from tests.factories import make_content
from tutor.grading import Form, read_key
from tutor.problems.asked_form import with_asked_forms
from tutor.problems.parts import Part


def form_for(statement, **key):
    return with_asked_forms(make_content(statement=statement, key=read_key(key))).key.form


@pytest.mark.parametrize(
    ("statement", "kind", "value", "form"),
    [
        (
            "Give a mixed number, in lowest terms: write \\(19/12\\) as a mixed number.",
            "number",
            "1 7/12",
            Form.LOWEST_MIXED_NUMBER,
        ),
        ("Schreibe 0,45 als vollständig gekürzten Bruch.", "number", "9/20", Form.LOWEST_TERMS),
        ("Kürze das Verhältnis 8 : 20 so weit wie möglich.", "ratio", "2:5", Form.LOWEST_TERMS),
        ("Give flour to sugar in simplest whole numbers.", "ratio", "5:2", Form.LOWEST_TERMS),
        ("Simplifie la fraction 8/20.", "number", "2/5", Form.LOWEST_TERMS),
        ("把 8:20 化成最简整数比。", "ratio", "2:5", Form.LOWEST_TERMS),
        ("Factorise fully \\(5a^2b - 10ab\\).", "expression", "5ab(a-2)", Form.FACTORED),
        ("Factor 6x^2 + 9x.", "expression", "3x(2x+3)", Form.FACTORED),
        ("Développe \\((x+2)(x-7)\\).", "expression", "x^2-5x-14", Form.EXPANDED),
        (
            "Klammere so weit wie möglich aus: \\(6ab+9b\\).",
            "expression",
            "3b(2a+3)",
            Form.FACTORED,
        ),
        ("Give \\(\\sqrt{20}\\) in simplest form.", "number", "2sqrt(5)", Form.SIMPLIFIED_SURD),
        ("Écris 0,7 sous forme de fraction.", "number", "7/10", Form.FRACTION),
        ("Write it in the form a + bi.", "number", "3-2i", Form.CARTESIAN),
        ("Vereinfache \\(1{,}2 : 0{,}8\\).", "ratio", "3:2", Form.LOWEST_TERMS),
        ("Simplify \\(\\sqrt{72}\\).", "number", "6sqrt(2)", Form.SIMPLIFIED_SURD),
        ("Make t the subject of v = u + at.", "equation", "t=(v-u)/a", Form.SUBJECT),
        ("Despeja h en V = Ah.", "equation", "h=V/A", Form.SUBJECT),
        ("Find the line.", "equation", "y=2x+1", Form.ANY),
        ("What is half of seven?", "number", "3.5", Form.ANY),
        ("Give three significant figures.", "number", "3.14", Form.ANY),
    ],
)
def test_the_text_decides(statement, kind, value, form):
    assert form_for(statement, kind=kind, value=value) == form


def test_decimal_places_are_those_of_the_stored_answer():
    statement = "Round it to two decimal places."
    content = make_content(statement=statement, key=read_key({"kind": "number", "value": "3.10"}))
    key = with_asked_forms(content).key
    assert (key.form, key.places) == (Form.DECIMAL_PLACES, 2)


def test_what_the_stored_answer_lacks_is_not_asked_of_students():
    assert form_for("Factorise \\(x^2-9\\).", kind="expression", value="x^2-9") == Form.ANY


def test_a_chosen_form_and_a_tolerance_stay():
    statement = "Write it in lowest terms."
    assert form_for(statement, kind="number", value="0.5", form="decimal") == Form.DECIMAL
    assert form_for(statement, kind="number", value="0.5", tolerance="0.1") == Form.ANY


def test_each_part_has_its_own_text():
    parts = (
        Part("Expand \\(2(x+1)\\).", read_key({"kind": "expression", "value": "2x+2"})),
        Part("Solve \\(2(x+1)=4\\).", read_key({"kind": "number", "value": "1"})),
    )
    content = make_content(statement="Two questions.", parts=parts, key=parts[-1].key)
    assert [part.key.form for part in with_asked_forms(content).parts] == [Form.EXPANDED, Form.ANY]
    assert with_asked_forms(content, of={"b"}) == content


def test_keys_with_parameters_are_held_against_a_variant():
    content = make_content(
        statement="Expand \\([[a]](x+1)\\).",
        parameters="a = 2..9",
        key=read_key({"kind": "expression", "value": "[[a]]x+[[a]]"}),
    )
    assert with_asked_forms(content).key.form == Form.EXPANDED
