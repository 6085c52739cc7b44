"""A right line is not blamed because the working it stands in has a wrong answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest

from tests.bench.working import check
from tutor.grading.numeric.sympy_client import warm_up
from tutor.grading.steps.checks import Mark
from tutor.grading.steps.claim_results import Slip

DATA = Path(__file__).resolve().parents[2] / "data" / "workings.jsonl"
EVERY = 24  # of the right workings with an answer
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Problem:
    statement: str
    answer: str
    lines: tuple[str, ...]
    language: str = "en"


RIGHT = (
    Problem(
        "A phone costs 300 €. Its price rises by 10 % and then falls by 10 %. What is it now?",
        "297 €",
        ("10 % of 300 = 30", "300 + 30 = 330", "330 - 33 = 297", "it costs 297 €"),
    ),
    Problem(
        "Eine Klasse hat 4-mal 1 Punkt, 6-mal 2 Punkte und 5-mal 4 Punkte. Wie groß ist der "
        "Mittelwert?",
        "2,4",
        ("4·1 + 6·2 + 5·4 = 36", "4 + 6 + 5 = 15", "Mittelwert = 36/15", "= 2,4"),
        "de",
    ),
    Problem(
        "Un train parcourt 270 km en 3 heures. Combien de kilomètres parcourt-il en 5 heures ?",
        "450 km",
        ("270 : 3 = 90", "90 · 5 = 450", "il parcourt 450 km"),
        "fr",
    ),
    Problem(
        "In how many ways can a team of 3 be chosen from 7 pupils?",
        "35",
        ("7·6·5 = 210", "210/6 = 35", "so 35 teams"),
    ),
    Problem(
        "Of 9 balls, 4 are red. Two are drawn without putting back. Find the probability that both "
        "are red.",
        "1/6",
        ("P(first red) = 4/9", "P(second red) = 3/8", "P(both red) = 4/9 · 3/8", "= 12/72 = 1/6"),
    ),
    Problem(
        r"Résoudre \(e^{2x}-5e^x+6=0\).",
        "x = ln 2 ou x = ln 3",
        ("X = e^x : X² - 5X + 6 = 0", "Δ = 25 - 24 = 1", "X = 2 ou X = 3", "x = ln 2 ou x = ln 3"),
        "fr",
    ),
    Problem(
        r"Berechne die Fläche zwischen \(f(x)=x^2\) und \(g(x)=2x\).",
        "4/3",
        ("x² = 2x", "x1 = 0, x2 = 2", "A = ∫(2x - x²)dx von 0 bis 2", "= 4 - 8/3 = 4/3"),
        "de",
    ),
    Problem(
        "Un tren sale a las 9:40 y llega a las 12:10, a 225 km. ¿Cuál es su velocidad media?",
        "90 km/h",
        ("de 9:40 a 12:10 = 2 h 30 min", "= 2,5 h", "225 : 2,5 = 90 km/h"),
        "es",
    ),
    Problem(
        r"已知 \(\sin\alpha=\frac45\)，\(\alpha\) 是钝角，求 \(\tan\alpha\)。",
        "-4/3",
        ("cos²α=1-16/25=9/25", "cosα=-3/5", "tanα=sinα/cosα=-4/3"),
        "zh",
    ),
    Problem(
        "In a triangle, α is twice β, and γ is 20° more than β. Find the angles.",
        "α = 80°, β = 40°, γ = 60°",
        ("α = 2β, γ = β + 20", "2β + β + β + 20 = 180", "4β = 160", "β = 40°", "α = 80°"),
    ),
    Problem(
        "Find the angle between \\(a=(2,1,-2)\\) and \\(b=(1,2,2)\\).",
        "90°",
        ("a.b = 2 + 2 - 4 = 0", "|a| = |b| = 3", "cos θ = 0/9 = 0", "θ = 90°"),
    ),
    Problem(
        r"Find \(\lim_{x\to\infty}\frac{3x^2-x}{x^2+4}\).",
        "3",
        ("3x² - x = x²(3 - 1/x)", "x² + 4 = x²(1 + 4/x²)", "so the limit is 3"),
    ),
)


def first_refuted(problem: Problem, lines: Sequence[str]) -> int | None:
    labels = ["ok"] * len(lines)
    row = {
        "statement": problem.statement,
        "answer": problem.answer,
        "language": problem.language,
        "lines": list(lines),
        "labels": labels,
    }
    return check(row | {"first_wrong": None, "slip": None, "topic": ""}).first_refuted


def with_wrong_ends(lines: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The last number of the last line changed, to one that is near and to others."""
    numerals = list(_NUMERAL.finditer(lines[-1]))
    if not numerals:
        return
    last = numerals[-1]
    whole, mark, decimals = re.match(r"(\d+)([.,]?)(\d*)", last[0]).groups()
    for changed in (int(whole) + 1, 2 * int(whole), 10 * int(whole) + 7):
        text = f"{lines[-1][: last.start()]}{changed}{mark}{decimals}{lines[-1][last.end() :]}"
        if text != lines[-1]:
            yield (*lines[:-1], text)


@pytest.mark.parametrize("problem", RIGHT, ids=lambda problem: problem.lines[0])
def test_no_line_before_a_wrong_result_is_refuted(problem):
    assert first_refuted(problem, problem.lines) is None
    for lines in with_wrong_ends(problem.lines):
        first = first_refuted(problem, lines)
        assert first in (None, len(lines) - 1), lines[first]


@pytest.mark.parametrize("problem", RIGHT, ids=lambda problem: problem.lines[0])
def test_no_line_before_the_last_is_refuted_where_a_working_stops(problem):
    for end in range(2, len(problem.lines)):
        first = first_refuted(problem, problem.lines[:end])
        assert first in (None, end - 1), problem.lines[first]


def test_hardly_any_right_line_of_others_is_refuted_before_a_wrong_result():
    """Workings of people who had not seen the checker, with another number at the end."""
    warm_up()
    refuted = []
    for problem in right_workings():
        for lines in islice(with_wrong_ends(problem.lines), 1, 2):
            first = first_refuted(problem, lines)
            if first not in (None, len(lines) - 1):
                refuted.append((problem.statement, lines[first]))
    assert not refuted


def right_workings() -> Iterator[Problem]:
    with DATA.open(encoding="utf-8") as rows:
        right = (row for row in map(json.loads, rows) if row["first_wrong"] is None)
        answered = (row for row in right if row.get("answer") and len(row["lines"]) > 1)
        for row in islice(answered, 0, None, EVERY):
            yield Problem(row["statement"], row["answer"], tuple(row["lines"]), row["language"])


@pytest.mark.parametrize(
    ("problem", "wrong"),
    [
        (Problem("Convert 90 km/h to m/s.", "25 m/s", ("90·3.6 = 324",)), 0),
        (
            Problem(
                "Mit 12 Litern fährt ein Auto 180 km. Wie viele Liter verbraucht es auf 100 km?",
                "6,67 Liter",
                ("180 : 12 = 15", "es verbraucht 15 Liter auf 100 km"),
                "de",
            ),
            1,
        ),
        (
            Problem(
                "Out of 9 pupils a group of 3 is chosen. How many groups are possible?",
                "84",
                ("9·8·7 = 504", "so there are 504 different groups"),
            ),
            1,
        ),
        (
            Problem(
                r"Let \(p(x)=x+4\) and \(q(x)=2x\). Find \(p(q(3))\).",
                "10",
                ("p(3) = 3 + 4 = 7", "q(7) = 14", "p(q(3)) = 14"),
            ),
            2,
        ),
        (
            Problem(
                "有浓度为 10% 的盐水 300 克，再加入 20 克盐，浓度变为多少？",
                "15.625%",
                ("原来的盐：300×10%=30克", "现在的盐：30+20=50克", "浓度=50÷300=16.7%"),
                "zh",
            ),
            2,
        ),
        (
            Problem(
                r"Solve \(\sin x=0.5\) for \(90^\circ<x<180^\circ\).",
                "150°",
                ("sin^-1(0.5) = 30°", "so x = 30°"),
            ),
            1,
        ),
        (
            Problem(
                "Scores: 3 pupils have 1 point, 5 have 2, 2 have 6. Find the mean score.",
                "2.5",
                ("3*1 = 3, 5*2 = 10, 2*6 = 12", "total score = 25", "mean = 25/3", "= 8.33"),
            ),
            2,
        ),
    ],
    ids=["speed", "rate", "count", "composition", "mixture", "branch", "mean"],
)
def test_the_line_that_states_a_wrong_result_is_blamed(problem, wrong):
    assert first_refuted(problem, problem.lines) == wrong


def test_a_calculation_that_could_be_repaired_by_any_number_is_not_blamed():
    """11 % of 200 would do, which nobody wrote by mistake."""
    lines = ("10 % of 200 = 20", "200 + 20 = 220", "220 - 20 = 200", "it costs 200 €")
    statement = "A bike of 200 € gets 10 % dearer and then 10 % cheaper. What does it cost?"
    first = first_refuted(Problem(statement, "198 €", lines), lines)
    assert first is not None
    assert first >= 2


def test_a_rounding_at_the_end_is_no_reason_to_repair_a_line():
    statement = "£500 is invested at 4 % compound interest per year. How much is it after 3 years?"
    problem = Problem(statement, "£562.43", ("multiplier = 1.04", "500 × 1.04³", "= 562.4"))
    assert first_refuted(problem, problem.lines) in (None, 2)


def test_a_sum_where_a_product_is_meant_is_still_blamed():
    statement = "A menu has 3 starters, 4 mains and 2 desserts. How many menus are there?"
    lines = ("3 + 4 + 2 = 9", "there are 9 menus")
    row = {"statement": statement, "answer": "24", "lines": list(lines), "language": "en"}
    labels = {"labels": ["wrong", "after"], "first_wrong": 0, "slip": "", "topic": ""}
    working = check(row | labels)
    assert working.is_found
    assert working.slip == Slip.SUM_FOR_PRODUCT


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (("√361 = 19", "x1 = (9+19)/4 = 7", "x2 = (9-19)/4 = -10/4 = -5"), 2),
        (("√361 = 19", "x1 = 7"), 1),
    ],
)
def test_a_right_solution_is_not_lost_where_another_is_listed_below_it(lines, wrong):
    problem = Problem(r"Solve \(2x^2 - 9x - 35 = 0\).", "x = 7 or x = -5/2", lines)
    assert first_refuted(problem, lines) == wrong


@pytest.mark.parametrize(
    ("problem", "wrong"),
    [
        (
            Problem(
                "A boat costs £20 000. It loses 10 % of its value each year. What is it worth "
                "after 3 years?",
                "£14580",
                ("10 % of 20000 = 2000", "3 × 2000 = 6000", "20000 - 6000 = £14000"),
            ),
            1,
        ),
        (
            Problem(
                "Ein Rad für 400 € wird erst um 5 % teurer, dann um 5 % billiger. Was kostet es?",
                "399 €",
                ("5 % von 400 = 20", "400 + 20 = 420", "420 - 20 = 400", "Es kostet 400 €"),
                "de",
            ),
            2,
        ),
    ],
    ids=["years", "there and back"],
)
def test_a_share_of_the_first_amount_is_blamed_where_it_is_taken_again(problem, wrong):
    assert first_refuted(problem, problem.lines) == wrong


def test_simple_interest_may_be_multiplied():
    statement = "£900 bears 3 % simple interest each year. How much is it after 4 years?"
    lines = ("3 % of 900 = 27", "4 × 27 = 108", "900 + 108 = 1018")
    assert first_refuted(Problem(statement, "£1008", lines), lines) == 2


def test_the_set_up_that_all_others_go_on_from_is_blamed():
    statement = r"Find \(\lim_{x \to 3} \frac{x^2 - 9}{x^2 - x - 6}\)."
    lines = (
        "top = (x-3)(x+3)",
        "bottom = (x-3)(x-2)",
        "cancel x-3: (x+3)/(x-2)",
        "x=3: 6/1 = 6",
    )
    assert first_refuted(Problem(statement, "6/5", lines), lines) == 1


def test_an_amount_before_an_arrow_is_no_answer():
    lines = ("4 pumps -> 9 h", "1 pump -> 2.25 h", "6 pumps -> 13.5 h")
    statement = "4 pumps empty a pool in 9 hours. How many hours do 6 such pumps need?"
    checked = check(
        {"statement": statement, "answer": "6 hours", "language": "en", "lines": list(lines)}
    )
    assert Mark.PROVED not in [line.mark for line in checked.checks[1:]]
