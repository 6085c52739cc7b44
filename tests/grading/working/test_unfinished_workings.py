"""Right lines of workings that are still being written, and wrong ones beside them."""

import pytest

from tests.grading.working.marking import marks, refuted_check
from tutor.grading.steps.claim_results import Slip

ABSOLUTE = r"Solve \(|x-2| = 5\)."
INTEREST = "Un capital de 5000 € est placé à 2 % par an. Quel est le montant au bout de 2 ans ?"
TAP = "Un grifo echa 18 litros en 4 minutos. ¿Cuánto tarda en llenar un depósito de 63 litros?"
PAINTERS = "6 painters take 10 days to paint a school. How long would 4 painters take?"
ZOO = "3 Erwachsene und 2 Kinder zahlen 41 €. 2 Erwachsene und 5 Kinder zahlen 53 €. Was kostet es?"
LIMIT = r"Calculer \(\lim_{x\to2}\frac{x^2-4}{x-2}\)."
KITE = "A string is 50 m long and makes an angle of 32° with the ground. How high is the kite?"


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (ABSOLUTE, ["Case 1: x >= 2", "|x-2| = x-2", "x-2 = 5", "x = 7"], "gppp"),
        (ABSOLUTE, ["Case 1: x >= 2, then |x-2| = x-2", "x-2 = 5, x = 7"], "pp"),
        (TAP, ["18/4 = 4.5 litros por minuto"], "p"),
        (PAINTERS, ["10/6 = 1.67"], "r"),
        (INTEREST, ["année 1 : 5000 × 1.02 = 5100"], "p"),
        (INTEREST, ["année 1 : 5000 × 1.02 = 5010"], "r"),
        (ZOO, ["I 3e+2k=41   II 2e+5k=53"], "g"),
        (LIMIT, ["lim (x+2) = 4 qd x->2"], "p"),
        (r"Dériver \(f(x)=\ln(x^2+3)\).", ["u = x² + 3", "(ln u)' = u'/u"], "gp"),
        (r"Resuelve \(|3x+2|\ge 8\).", ["3x+2 ≥ 8 o 3x+2 ≤ -8", "3x ≥ 6"], "pu"),
        (r"Resuelve \(\log(x+3)+\log x=1\).", ["log(x(x+3)) = 1", "x(x+3) = 10"], "pu"),
        (r"Resuelve \(\log(x+3)+\log x=1\).", ["log(x(x+3)) = 1", "x(x+3) = 12"], "pr"),
        (KITE, ["h = 50 sin 32°", "sin 32° = 0.5299", "h = 50 × 0.5299"], "ppu"),
        (KITE, ["h = 50 sin 32°", "sin 32° = 0.5299", "h = 50 × 0.6299"], "ppr"),
        ("Find 21 % of 150.", ["21% = 0.21", "0.21 · 150 = 31.5"], "pp"),
    ],
)
def test_a_right_line_waits_for_nothing_below_it(statement, lines, expected):
    assert marks(lines, statement) == expected


def test_what_holds_in_a_case_is_not_known_after_the_cases():
    lines = ["Case 1: x >= 2", "x-2 = 5, x = 7", "Case 2: x < 2", "|x-2| = 2-x", "2-x = 5, x = -3"]
    lines += ["x = 7 or x = -3", "so |x-2| = 2-x"]
    assert marks(lines, ABSOLUTE) == "gpgpppu"


def test_ranges_joined_by_or_where_both_must_hold():
    check = refuted_check(["2x+1 ≤ 9 or 2x+1 ≥ -9"], r"Solve \(|2x+1|\le 9\).")
    assert check.refuted.slip == Slip.UNION_FOR_INTERSECTION


def test_an_identity_must_hold_beside_the_value_that_is_put_in_later():
    statement = r"Simplify \(\dfrac{x^2-4}{x+2}\) and evaluate the result for \(x=5\)."
    assert marks(["(x-2)(x+2)/(x+2) = x+2"], statement) == "r"
    assert marks(["(x-2)(x+2)/(x+2) = x-2", "x=5: 5-2 = 3"], statement) == "pp"


def test_no_root_of_a_negative_number_solves_an_equation_with_real_solutions():
    statement = r"Bestimme die Extremstellen von \(f(x)=x^3-3x^2-9x+2\)."
    lines = ["f'(x)=3x²-6x-9", "f'(x)=0 ⇒ x²-2x-3=0", "x1,2 = 1 ± √(1-3)"]
    assert marks(lines, statement) == "ppr"
