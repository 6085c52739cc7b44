"""The figures that the step checker must keep on labelled data, and its witnesses recomputed."""

import re
from pathlib import Path

import pytest
import sympy

from tests.bench.steps import (
    Line,
    altered,
    derivation_figures,
    derivation_lines,
    gold_figures,
    note_figures,
    notes,
    solution_figures,
)
from tests.grading.arithmetic import differ, expression, holds, value
from tutor.grading.steps import StepChecker

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="labelled data is not on this machine")
pytestmark = [pytest.mark.labelled, pytest.mark.slow, needs_data]


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return list(derivation_lines(DATA / "steps" / "derivations_dev.jsonl"))


def test_derivations_are_judged_line_by_line(lines):
    figures = derivation_figures(lines)
    assert (figures["good refuted"], figures["bad proved"]) == (0, 0)
    assert figures["decided %"] >= 95
    assert figures["slip named %"] >= 80


def test_every_witness_of_a_refuted_line_is_one(lines):
    refuted = [line for line in lines if line.check.refuted]
    assert len(refuted) > 300
    for line in refuted:
        assert _is_witness(line), (line.lines, line.number, line.check.refuted)


def _is_witness(line: Line) -> bool:
    before, claim = line.lines[line.number - 1], line.lines[line.number]
    witness = line.check.refuted.witness
    if before.startswith("f(x)="):
        derived = sympy.diff(expression(before[5:]), sympy.Symbol("x"))
        at = {sympy.Symbol("x"): expression(witness.values["x"])}
        right = complex(sympy.N(expression(claim.partition("=")[2]).subs(at)))
        return differ(complex(sympy.N(derived.subs(at))), right)
    if not re.search(r"[=<>]|\\[gl]e(?!f)|\\\{", claim):
        return differ(value(before, witness.values), value(claim, witness.values))
    holding, failing = (before, claim) if witness.failing == "claim" else (claim, before)
    return holds(holding, witness.values) and not holds(failing, witness.values)


@pytest.mark.parametrize(("name", "decided"), [("gsm8k", 35), ("math", 25)])
def test_few_right_solutions_are_alarmed_and_first_errors_are_hit(name, decided):
    found = solution_figures(DATA / "steps" / f"processbench_{name}.jsonl")
    figures = found.figures()
    assert figures["of them alarmed %"] <= 0.5, found.alarms
    assert figures["first wrong step hit %"] >= 12
    assert figures["steps decided %"] >= decided


def test_gold_solutions_stand():
    assert gold_figures(DATA / "benchmarks" / "gsm8k_test.jsonl")["refuted %"] <= 0.1


def test_altered_results_are_refuted():
    assert note_figures(DATA / "benchmarks" / "gsm8k_test.jsonl")["altered refuted %"] >= 99.9


def test_the_two_sides_of_altered_results_are_what_they_come_to():
    compared = 0
    for left, result in list(notes(DATA / "benchmarks" / "gsm8k_test.jsonl"))[::4]:
        wrong = altered(result)
        refuted = StepChecker().check(f"<<{left}={wrong}>>").refuted
        if refuted is None or "%" in left:
            continue
        assert not differ(value(refuted.witness.left, {}), value(left, {})), left
        assert not differ(value(refuted.witness.right, {}), value(wrong, {})), wrong
        compared += 1
    assert compared > 1_000
