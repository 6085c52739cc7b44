"""The benchmark's own sums, and the figures that the grader must keep on the labelled pairs."""

from pathlib import Path

import pytest

from tests.bench.grading import Judged, Row, judge, lemma_is_right, read_rows, table

PAIRS = Path(__file__).parents[3] / "shared" / "data" / "grading" / "equiv_dev.jsonl"


def test_the_table_counts_each_share_of_its_own_rows():
    right = Row("1", "1", True, "stack", "plain", "")
    refused = Row("一", "1", True, "math-verify", "plain", "")
    accepted = Row("1", "2", False, "own", "plain", "")
    by_convention = Row("1", "x=1", True, "own", "plain", "lhs-only")
    figures = table(
        [
            Judged(right, True, 0.001),
            Judged(refused, False, 0.001),
            Judged(accepted, True, 0.002),
            Judged(by_convention, False, 0.5),
        ]
    )
    assert figures["right %"] == pytest.approx(100 / 3)
    assert (figures["wrong accepted %"], figures["right refused %"]) == (100, 50)
    assert figures["rows from others' tests %"] == 100
    assert figures["Chinese and full-width %"] == figures["Math-Verify's own tests %"] == 0
    assert figures["CPU median ms"] == 1
    assert figures["pairs per CPU-second"] == pytest.approx(750)


@pytest.mark.labelled
@pytest.mark.skipif(not PAIRS.exists(), reason="the labelled pairs are not on this machine")
def test_the_labelled_pairs_are_judged_as_well_as_promised():
    figures = table(judge(read_rows(PAIRS), lemma_is_right))
    assert figures["right %"] >= 99.3
    assert figures["wrong accepted %"] <= 0.3
    assert figures["right refused %"] <= 1.5
    assert figures["rows from others' tests %"] >= 99
    assert figures["Chinese and full-width %"] >= 96
    assert figures["Math-Verify's own tests %"] >= 95
