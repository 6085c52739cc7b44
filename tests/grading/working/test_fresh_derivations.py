"""Derivations nobody tuned the step checker on: drawn anew, labelled by how they were made."""

from collections import Counter

import pytest

from tests.grading.working.fresh_derivations import FAMILIES, derivations
from tutor.grading.numeric.sympy_client import warm_up
from tutor.grading.working.checker import check_working

COUNT = 40


@pytest.mark.parametrize("family", FAMILIES)
def test_lines_are_judged_as_they_were_made(family: str):
    warm_up()
    counts: Counter[str] = Counter()
    for derivation in derivations(family, seed=1, count=COUNT):
        for number, check in enumerate(check_working(derivation.lines)[1:], start=1):
            made = "bad" if number == derivation.bad else "good"
            counts[f"{made} {check.verdict}"] += 1
            if check.refuted and made == "bad":
                counts["named"] += check.refuted.slip == derivation.slip
    assert counts["good refuted"] == 0
    assert counts["bad proved"] == 0
    undecided = counts["good unchecked"] + counts["bad unchecked"]
    bad = counts["bad refuted"] + counts["bad unchecked"]
    assert bad >= COUNT // 4
    assert counts["named"] >= 0.95 * bad
    lines = bad + counts["good proved"] + counts["good unchecked"]
    assert undecided <= 0.02 * lines
