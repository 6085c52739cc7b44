"""A value in two forms, in answers and in keys."""

import pytest

from tutor.grading import Kind, Verdict, by_statement, grade_response, infer_key, read_key


def _verdict(response, value, kind="number", **fields):
    key = read_key({"value": value, "kind": kind, **fields})
    return by_statement(grade_response(response, key), response, key, "Compute it.").verdict


@pytest.mark.parametrize(
    ("response", "value", "kind"),
    [
        ("3/4 (0.75)", "3/4", "number"),
        ("0.75 (3/4)", "3/4", "number"),
        ("3/4 (or 75%)", "3/4", "number"),
        ("0.0228 (2.3 %)", "0.0228", "number"),
        ("√3 (1.73)", "1.73", "number"),
        ("2.5 h (150 min)", "150 min", "quantity"),
        ("5 cm (= 0.05 m)", "5 cm", "quantity"),
    ],
)
def test_an_answer_may_stand_in_two_forms(response, value, kind):
    assert _verdict(response, value, kind) == Verdict.CORRECT


@pytest.mark.parametrize(
    ("response", "value", "kind"),
    [
        ("3/4 (0.75)", "9/16", "number"),
        ("1.73 (√2)", "1.73", "number"),
        ("3 (2)", "3", "number"),
        ("(2^32-1)(2^32+1)", "2^32", "number"),
        ("5 cm (51 mm)", "5 cm", "quantity"),
        ("0.6 (0.75)", "3/4", "number"),
    ],
)
def test_other_numbers_in_brackets_are_no_second_form(response, value, kind):
    assert _verdict(response, value, kind) != Verdict.CORRECT


@pytest.mark.parametrize(
    ("value", "kind", "right", "wrong"),
    [
        ("3/4 (0.75)", "number", ["3/4", "0.75"], ["9/16", "0.8"]),
        ("ca. 0.0228 (2.3 %)", "number", ["0.0228", "2.3 %", "0.02275"], ["0.0282", "23 %"]),
        ("10√3 m ≈ 17.3 m", "quantity", ["10√3 m", "17.3 m"], ["17 m", "13.7 m"]),
        ("12.5π ≈ 39.27 m²", "quantity", ["12.5π m²", "39.27 m²"], ["39.27 m", "39 m²"]),
        (r"\frac{\pi}{4} \approx 0.785", "number", ["π/4", "0.785"], ["0.78"]),
        ("about 17.3 m", "quantity", ["17.3 m", "17.32 m"], ["17 m", "17.4 m"]),
        ("4(2)", "number", ["8"], ["4", "2"]),
    ],
)
def test_a_key_counts_in_each_of_its_forms(value, kind, right, wrong):
    assert {_verdict(response, value, kind) for response in right} == {Verdict.CORRECT}
    assert Verdict.CORRECT not in {_verdict(response, value, kind) for response in wrong}


def test_decimal_commas_are_read():
    key = read_key({"value": "ca. 0,0228 (2,3 %)", "kind": "number", "decimal_comma": True})
    assert grade_response("0,0228", key).verdict == Verdict.CORRECT
    assert grade_response("0,0282", key).verdict == Verdict.INCORRECT


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("10√3 m ≈ 17.3 m", Kind.QUANTITY),
        ("about 17 m", Kind.QUANTITY),
        ("π/4 ≈ 0.785", Kind.NUMBER),
        ("x ≈ 3.2", Kind.EQUATION),
    ],
)
def test_the_kind_of_a_rounded_answer_is_that_of_its_amount(text, kind):
    assert infer_key(text).kind == kind
