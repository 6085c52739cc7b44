"""Decimals, fractions, mixed numbers and scientific notation, as statements ask for them."""

import pytest

from tutor.grading import FeedbackCode, Verdict, grade_response, read_key

# By form: the key, answers in the form, and answers of the same value in another form.
CASES = {
    "decimal": [
        ("3/8", ["0.375", ".375", "0.3750", "x = 0.375"], ["3/8", "37.5%", "3.75e-1", "3*0.125"]),
        ("1/3", ["0.333...", r"0.\overline{3}", "0.(3)"], ["1/3", "2/6"]),
        ("-5/2", ["-2.5"], ["-5/2", "-2 1/2"]),
        ("7", ["7", "7.0"], ["14/2"]),
    ],
    "fraction": [
        ("0.375", ["3/8", "6/16", r"\frac{3}{8}"], ["0.375", "37.5%", "1.5/4", "1/4 + 1/8"]),
        ("9/4", ["9/4"], ["2 1/4", "2.25"]),
        ("1/3", ["1/3"], ["0.333..."]),
        ("-2", ["-2", "-4/2"], ["-2.0"]),
    ],
    "mixed_number": [
        ("9/4", ["2 1/4", r"2\frac14", "2 2/8"], ["9/4", "2.25", "1 5/4", "3 - 3/4"]),
        ("-9/4", ["-2 1/4"], ["-9/4"]),
        ("3", ["3"], ["6/2", "3.0"]),
        ("1/4", ["1/4"], ["0.25"]),
    ],
    "lowest_mixed_number": [
        ("9/4", ["2 1/4", r"2\frac14"], ["2 2/8", "9/4", "2.25", "1 5/4"]),
        ("-9/4", ["-2 1/4"], ["-2 2/8", "-9/4"]),
        ("3", ["3"], ["6/2"]),
    ],
    "prime_powers": [
        ("360", ["2^3*3^2*5", "5 · 3² · 2³"], ["2*2*2*3^2*5", "2^2*2*3^2*5", "8*9*5", "360"]),
        ("7", ["7"], ["49/7"]),
    ],
    "scientific": [
        ("1500", ["1.5*10^3", "1.5 × 10³", "1.5e3", "1.50*10^3"], ["15*10^2", "1500", "0.15*10^4"]),
        ("0.00042", ["4.2*10^-4", r"4.2\times10^{-4}", "4.2E-4"], ["42*10^-5", "0.00042"]),
        ("-1500", ["-1.5*10^3"], ["-1500"]),
        ("1000", ["10^3", "1*10^3"], ["1000", "10*10^2"]),
        ("5", ["5", "5*10^0"], ["50*10^-1"]),
    ],
}
ROWS = [
    (form, key, response, is_right)
    for form, cases in CASES.items()
    for key, right, other in cases
    for is_right, responses in ((True, right), (False, other))
    for response in responses
]
CODES = {
    "decimal": FeedbackCode.NOT_A_PLAIN_DECIMAL,
    "fraction": FeedbackCode.NOT_A_PLAIN_FRACTION,
    "mixed_number": FeedbackCode.NOT_A_MIXED_NUMBER,
    "lowest_mixed_number": FeedbackCode.NOT_A_LOWEST_MIXED_NUMBER,
    "prime_powers": FeedbackCode.NOT_PRIME_POWERS,
    "scientific": FeedbackCode.NOT_SCIENTIFIC,
}


@pytest.mark.parametrize(("form", "key", "response", "is_right"), ROWS)
def test_only_the_form_asked_for_counts(form, key, response, is_right):
    grade = grade_response(response, read_key({"value": key, "kind": "number", "form": form}))
    if is_right:
        assert grade.verdict == Verdict.CORRECT
    else:
        assert (grade.verdict, grade.feedback.code) == (Verdict.INCORRECT, CODES[form])


@pytest.mark.parametrize("form", CASES)
def test_another_value_is_simply_wrong(form):
    for response in ("0.376", "3/9", "1 3/8", "3.8*10^-1"):
        grade = grade_response(response, read_key({"value": "3/8", "kind": "number", "form": form}))
        assert (grade.verdict, grade.feedback) == (Verdict.INCORRECT, None)
