"""The right value in another form than asked."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName


@pytest.mark.parametrize(
    ("value", "form", "response", "name"),
    [
        ("3x^2 - 5x - 2", "expanded", "3x^2 + x - 6x - 2", MistakeName.LIKE_TERMS_NOT_COLLECTED),
        ("3x^2 - 5x - 2", "expanded", "(3x+1)(x-2)", MistakeName.BRACKETS_NOT_EXPANDED),
        ("(x - 7)(x + 2)", "factored", "x^2-5x-14", MistakeName.NOT_FACTORED),
        (r"\frac{3}{7}", "lowest_terms", "9/21", MistakeName.FRACTION_NOT_REDUCED),
        (r"\frac{3}{7}", "lowest_terms", "0.4286", MistakeName.NOT_A_FRACTION),
        (r"\frac{1}{3}", "lowest_terms", "0,33", MistakeName.NOT_A_FRACTION),
        (r"5\sqrt{7}", "simplified_surd", "√175", MistakeName.ROOT_NOT_SIMPLIFIED),
        (r"5\sqrt{7}", "simplified_surd", "2√7+3√7", MistakeName.LIKE_TERMS_NOT_COLLECTED),
        (r"5\sqrt{7}", "simplified_surd", "13.23", MistakeName.ROUNDED_INSTEAD_OF_EXACT),
        (r"5\sqrt{7}", "simplified_surd", "13.97", None),
    ],
)
def test_it_names_the_form_that_is_missing(value, form, response, name):
    kind = "expression" if "x" in value else "number"
    assert mistake("", value, response, kind, form=form) == name


@pytest.mark.parametrize(
    ("response", "name"),
    [
        ("6.7", MistakeName.ROUNDED_TO_WRONG_PLACE),
        ("6.6667", MistakeName.ROUNDED_TO_WRONG_PLACE),
        ("6.66", MistakeName.TRUNCATED),
        ("6.68", MistakeName.ROUNDED_THE_WRONG_WAY),
        ("20/3", MistakeName.NOT_A_DECIMAL),
        ("6.70", MistakeName.ROUNDED_TOO_EARLY),
        ("6.17", None),
        ("6.67", None),
    ],
)
def test_it_tells_how_a_number_was_rounded(response, name):
    assert mistake("", "6.67", response, form="decimal_places", places=2) == name


def test_swapped_digits_are_no_rounding():
    slip = mistake("", "1482.36", "1482.63", form="decimal_places", places=2)
    assert slip == MistakeName.ARITHMETIC_SLIP


def test_it_misses_the_unit():
    assert mistake("", "14", "14", "quantity", unit="cm^2") == MistakeName.UNIT_MISSING
    assert mistake("", "14", "14 cm", "quantity", unit="cm^2") == MistakeName.OTHER_UNIT
    assert mistake("", "14", "14 mm^2", "quantity", unit="cm^2") == MistakeName.OTHER_UNIT
    assert mistake("", "14", "0.0014 m^2", "quantity", unit="cm^2") is None


def test_a_power_may_be_typed_flat():
    assert mistake("", "3x^2 - 1", "3x2-1", "expression") == MistakeName.EXPONENT_SIGN_MISSING


def test_a_capital_letter_is_another_one():
    assert mistake("", "2a + 1", "2A+1", "expression") == MistakeName.OTHER_LETTER_CASE


@pytest.mark.parametrize(
    ("statement", "response", "name"),
    [
        ("Solve the inequality.", "[2,7)", MistakeName.ENDPOINT_INCLUDED),
        ("Solve the inequality.", "(2,7]", None),
        ("Give an open interval.", "[2,7]", MistakeName.OPEN_INTERVAL_ASKED),
    ],
)
def test_it_looks_at_the_ends_of_an_interval(statement, response, name):
    assert mistake(statement, "(2, 7)", response, "interval") in (
        name or MistakeName.ENDPOINT_INCLUDED,
    )
    assert mistake("", "[2, 7]", "(2,7]", "interval") == MistakeName.ENDPOINT_EXCLUDED


def test_a_whole_number_is_worked_out():
    fields = {"form": "decimal_places", "places": 0}
    assert mistake("", "29", "4+25", **fields) == MistakeName.NOT_WORKED_OUT


@pytest.mark.parametrize(
    ("response", "name"), [("10%", MistakeName.OTHER_UNIT), ("10 percent", MistakeName.OTHER_UNIT)]
)
def test_a_percent_sign_too_many_is_another_unit(response, name):
    assert mistake("What does she pay, in dollars?", "10", response) == name


def test_a_percentage_is_no_quotient_upside_down():
    assert mistake("What is 40 divided by 2?", "20", "5%") != MistakeName.QUOTIENT_UPSIDE_DOWN
    assert mistake("What is 40 divided by 2?", "20", "1/20") == MistakeName.QUOTIENT_UPSIDE_DOWN
