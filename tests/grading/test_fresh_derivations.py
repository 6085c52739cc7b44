"""Derivations nobody tuned the step checker on: drawn anew, labelled by how they were made."""

from collections import Counter

import pytest

from tests.grading.fresh_derivations import FAMILIES, derivations
from tutor.grading.numeric.sympy_client import warm_up
from tutor.grading.steps.checks import check_derivation

COUNT = 40


@pytest.mark.parametrize("family", FAMILIES)
def test_lines_are_judged_as_they_were_made(family: str):
    warm_up()
    found: Counter[str] = Counter()
    for derivation in derivations(family, seed=1, count=COUNT):
        for number, check in enumerate(check_derivation(derivation.lines)[1:], start=1):
            made = "bad" if number == derivation.bad else "good"
            found[f"{made} {check.verdict}"] += 1
            if check.refuted and made == "bad":
                found["named"] += check.refuted.slip == derivation.slip
    assert found["good refuted"] == 0
    assert found["bad proved"] == 0
    undecided = found["good unchecked"] + found["bad unchecked"]
    bad = found["bad refuted"] + found["bad unchecked"]
    assert bad >= COUNT // 4
    assert found["named"] >= 0.95 * bad
    lines = bad + found["good proved"] + found["good unchecked"]
    assert undecided <= 0.02 * lines
