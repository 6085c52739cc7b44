import pytest

from tutor.grading import (
    AnswerKey,
    Form,
    InvalidKey,
    Kind,
    Verdict,
    grade_response,
    infer_key,
    read_key,
    worked_out,
)


@pytest.mark.parametrize(
    ("gold", "kind"),
    [
        ("42", Kind.NUMBER), (r"\frac{\pi}{6}", Kind.NUMBER), ("50%", Kind.QUANTITY),
        ("x^2+1", Kind.EXPRESSION), ("y=2x+1", Kind.EQUATION), ("x>1", Kind.INEQUALITY),
        ("1, 2, 3", Kind.LIST), (r"\{1,2\}", Kind.SET), ("(1,2)", Kind.TUPLE),
        ("(1,2]", Kind.INTERVAL), (r"\mathbb{R}", Kind.INTERVAL),
        (r"(-\infty,1)\cup(2,3)", Kind.INTERVAL),
        (r"\begin{pmatrix}1\\2\end{pmatrix}", Kind.MATRIX), ("2:3", Kind.RATIO),
        (r"5\text{ cm}", Kind.QUANTITY), (r"\$18.90", Kind.QUANTITY), ("12:30", Kind.QUANTITY),
        (r"\text{(B)}", Kind.CHOICE), ("ACD", Kind.CHOICE), (r"\text{odd}", Kind.TEXT),
        ("D = ]-∞; 3]", Kind.INTERVAL), ("D = (0; 5)", Kind.EQUATION),
        (r"x=2 \text{ o } x=4", Kind.LIST), (r"(-2,0) y (2,0)", Kind.LIST),
        ("20 m/s", Kind.QUANTITY), ("1250 g", Kind.QUANTITY), ("12 m²", Kind.QUANTITY),
        ("49,50 €", Kind.QUANTITY), ("2,5 kg", Kind.QUANTITY), ("2,5", Kind.LIST),
        ("5m", Kind.EXPRESSION), ("5 x", Kind.EXPRESSION), ("3 t", Kind.EXPRESSION),
        ("平行", Kind.TEXT), ("pass", Kind.TEXT), ("三分之一", Kind.NUMBER),
    ],
)  # fmt: skip
def test_the_kind_is_taken_from_the_text(gold, kind):
    assert infer_key(gold).kind == kind


@pytest.mark.parametrize(
    ("gold", "value"),
    [
        ("Thus $x-p=\\boxed{2-2p}$.", "2-2p"),
        ("so he has \\boxed{20} percent of it", "20\\%"),
        (
            "We get 3 and then 4.\nThe final answer is $\\frac12$. I hope it is correct.",
            "$\\frac12$",
        ),
    ],
)
def test_the_answer_is_found_in_a_solution(gold, value):
    assert infer_key(gold).value == value


@pytest.mark.parametrize("gold", ["", "  ", "$$", "\\boxed{}"])
def test_nothing_is_no_key(gold):
    with pytest.raises(InvalidKey):
        infer_key(gold)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"value": "(", "kind": "number"}, "cannot be read"),
        ({"value": "x", "kind": "number"}, "is no number"),
        ({"value": "x+1", "kind": "equation"}, "is no equation"),
        ({"value": "[1,2]", "kind": "set"}, "is no set"),
        ({"value": "3", "kind": "interval"}, "is no interval"),
        ({"value": "{1,2}", "kind": "tuple"}, "is no tuple"),
        ({"value": "5", "kind": "ratio"}, "is no ratio"),
        ({"value": "5", "kind": "matrix"}, "is no matrix"),
        ({"value": "hello you", "kind": "expression"}, "is no expression"),
        ({"value": "Z9", "kind": "choice"}, "A choice is a letter"),
        ({"value": "5", "kind": "quantity", "unit": "5 + 5"}, "do not know the unit"),
    ],
)
def test_a_value_that_does_not_fit_its_kind_is_refused(data, sentence):
    with pytest.raises(InvalidKey, match=sentence):
        read_key(data)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("sqrt(4^2 + 3^2)", "5"), (r"\sqrt{16}", "4"), ("2/3 + 1/3", "1"), ("0.1*3", "0.3"),
        ("sqrt(50)", "sqrt(50)"), ("10^-9", "10^-9"), ("3/4", "3/4"), ("1 1/2", "1 1/2"),
        ("-5", "-5"), ("2*pi", "2*pi"), ("5 cm", "5 cm"),
    ],
)  # fmt: skip
def test_a_calculation_with_a_simple_result_is_worked_out(value, shown):
    assert worked_out(AnswerKey(value, Kind.QUANTITY)) == shown


def test_a_form_that_is_asked_for_stays():
    key = AnswerKey("2*3", Kind.NUMBER, Form.FACTORED)
    assert worked_out(key) == "2*3"


@pytest.mark.parametrize(
    ("gold", "kind", "response"),
    [
        ("x = pi/4 + n*pi, n integer", Kind.FAMILY, "π/4 + kπ"),
        ("x = pi/6 + 2*pi*n or x = 5pi/6 + 2*pi*n, n integer", Kind.FAMILY, "5π/6+2πn, π/6+2πn"),
        ("x = 30 + 360n or x = 150 + 360n, n in Z", Kind.FAMILY, "x=150°+360°n, x=30°+360°n"),
        ("x = π/4 + kπ, k ganzzahlig", Kind.FAMILY, "x = π/4 + πn, n ∈ Z"),
        ("17 remainder 2", Kind.DIVISION, "17 R 2"),
        ("R120", Kind.QUANTITY, "120 rand"),
        ("R1 250.50", Kind.QUANTITY, "R1250.50"),
        ("$0.50", Kind.QUANTITY, "50c"),
        ("5 LE", Kind.QUANTITY, "5"),
        ("A^-1 B", Kind.EXPRESSION, "A^{-1}B"),
        ("p -> q", Kind.LOGIC, "if p then q"),
        ("x=3 mod 7", Kind.FAMILY, "x = 7k + 3, k integer"),
        ("x=pi/4+k*pi", Kind.FAMILY, "π/4 + πn, n ∈ Z"),
        (r"\angle PQR", Kind.TEXT, "∠RQP"),
        ("triangle ABC", Kind.TEXT, "triangle CAB"),
        ("segment AB", Kind.TEXT, "segment BA"),
        ("gcd=12, lcm=180", Kind.TEXT, "lcm = 180, gcd = 12"),
        ("<1/2,3/2>", Kind.TUPLE, "1/2 <1, 3>"),
        ("<4,-6>", Kind.TUPLE, "[4, -6]"),
        ("47", Kind.NUMBER, "47 in base 10"),
        ("does not exist", Kind.TEXT, "the limit does not exist"),
        ("1011_2", Kind.BASED_NUMBER, "1011 (base 2)"),
        ("F(x)=x^2+3x+C", Kind.ANTIDERIVATIVE, "x^2+3x+c"),
        ("x=1+3t, y=2+4t", Kind.LINE_OR_PLANE, "(x;y) = (1;2) + t(3;4)"),
        ("(x,y,z)=(1,2,0)+t(1,-1,2)", Kind.LINE_OR_PLANE, "(x,y,z) = (2,1,2) + s(1,-1,2)"),
        ("no solution", Kind.TEXT, "L = {}"),
        ("17 R 2", Kind.DIVISION, "17 rem 2"),
    ],
)
def test_keys_of_a_shape_of_their_own(gold, kind, response):
    key = infer_key(gold)
    assert key.kind == kind
    assert grade_response(response, key).verdict == Verdict.CORRECT


@pytest.mark.parametrize(
    ("gold", "response"),
    [
        ("R120", "R121"), ("5 LE", "6 LE"), ("p -> q", "if q then p"),
        ("x=3 mod 7", "x = 7k + 4, k integer"), ("x=pi/4+k*pi", "π/4 + 2πn"),
        (r"\angle PQR", "∠QPR"), ("triangle ABC", "triangle ABD"), ("segment AB", "segment AC"),
        ("gcd=12, lcm=180", "gcd=180, lcm=12"), ("<1/2,3/2>", "1/2 <1, 2>"),
        ("(4,-6)", "[4, -6]"), ("1011_2", "1101_2"), ("F(x)=x^2+3x+C", "x^2+3x"),
        ("x=1+3t, y=2+4t", "x=1+3t, y=2-4t"), ("no solution", "L = {0}"),
    ],
)  # fmt: skip
def test_other_answers_to_them_are_wrong(gold, response):
    assert grade_response(response, infer_key(gold)).verdict == Verdict.INCORRECT


@pytest.mark.parametrize(
    ("gold", "response"), [("5 LE", "5 FE"), ("A^-1 B", "B A^-1"), ("47", "47 in base 8")]
)
def test_what_may_mean_something_else_is_not_decided(gold, response):
    verdict = grade_response(response, infer_key(gold)).verdict
    assert verdict in (Verdict.UNDECIDED, Verdict.UNREADABLE)


def test_letters_of_words_make_no_family():
    assert infer_key("x = 3, n integer").kind == Kind.TEXT
    assert infer_key("17 apples").kind != Kind.DIVISION
