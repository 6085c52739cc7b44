"""The figures that the step checker must keep on labelled data, and its witnesses recomputed."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

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
from tests.grading.arithmetic import no_witnesses, unlike
from tutor.grading.steps.worked.step_checker import StepChecker

DATA = Path(__file__).parents[4] / "shared" / "data"
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


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[ProcessPoolExecutor]:
    """A process that may load SymPy."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool


def test_every_witness_of_a_refuted_line_is_one(lines, elsewhere):
    refuted = [
        (line.lines[line.number - 1], line.lines[line.number], claim.witness)
        for line in lines
        if (claim := line.check.refuted)
    ]
    assert len(refuted) > 300
    plain = [(before, claim, w.values, w.failing) for before, claim, w in refuted]
    assert elsewhere.submit(no_witnesses, plain).result() == []


@pytest.mark.parametrize(("name", "every", "decided"), [("gsm8k", 1, 35), ("math", 3, 25)])
def test_few_right_solutions_are_alarmed_and_first_errors_are_hit(name, every, decided):
    solutions = solution_figures(DATA / "steps" / f"processbench_{name}.jsonl", every)
    figures = solutions.figures()
    assert figures["of them alarmed %"] <= 0.5, solutions.alarms
    assert figures["first wrong step hit %"] >= 12
    assert figures["steps decided %"] >= decided


def test_gold_solutions_stand():
    assert gold_figures(DATA / "benchmarks" / "gsm8k_test.jsonl")["refuted %"] <= 0.1


def test_altered_results_are_refuted():
    assert note_figures(DATA / "benchmarks" / "gsm8k_test.jsonl")["altered refuted %"] >= 99.9


def test_the_two_sides_of_altered_results_are_what_they_come_to(elsewhere):
    pairs = []
    for left, result in list(notes(DATA / "benchmarks" / "gsm8k_test.jsonl"))[::4]:
        wrong = altered(result)
        refuted = StepChecker().check(f"<<{left}={wrong}>>").refuted
        if refuted is not None and "%" not in left:
            pairs += [(refuted.witness.left, left), (refuted.witness.right, wrong)]
    assert len(pairs) > 2_000
    assert elsewhere.submit(unlike, pairs).result() == []
