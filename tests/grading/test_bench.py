"""The benchmark's own sums, and the figures that the grader must keep on the labelled pairs."""

import json
from pathlib import Path

import pytest

from tests.bench.grading import Judged, Row, judge, lemma, read_rows, summary, table, write_misses
from tutor.grading import Verdict

PAIRS = Path(__file__).parents[3] / "shared" / "data" / "grading" / "equiv_dev.jsonl"


def test_the_table_counts_each_share_of_its_own_rows():
    right = Row("1", "1", True, "stack", "plain", "")
    refused = Row("一", "1", True, "math-verify", "plain", "")
    accepted = Row("1", "2", False, "own", "plain", "")
    by_convention = Row("1", "x=1", True, "own", "plain", "lhs-only")
    figures = table(
        [
            Judged(right, Verdict.CORRECT, 0.001),
            Judged(refused, Verdict.INCORRECT, 0.001),
            Judged(accepted, Verdict.CORRECT, 0.002),
            Judged(by_convention, Verdict.UNREADABLE, 0.5),
        ]
    )
    assert figures["right %"] == pytest.approx(100 / 3)
    assert (figures["wrong accepted %"], figures["right refused %"]) == (100, 50)
    assert figures["rows from others' tests %"] == 100
    assert figures["Chinese and full-width %"] == figures["Math-Verify's own tests %"] == 0
    assert figures["CPU median ms"] == 1
    assert figures["pairs per CPU-second"] == pytest.approx(750)
    assert summary(figures) == pytest.approx(
        {
            "right": 1 / 3,
            "wrong_accepted": 1,
            "right_refused": 0.5,
            "refused_as_incorrect": 1,
            "pairs_per_cpu_s": 750,
            "longest_cpu_s": 0.002,
        }
    )


def test_a_refusal_without_a_verdict_is_not_called_incorrect():
    row = Row("1", "1", True, "own", "plain", "")
    verdicts = (Verdict.UNREADABLE, Verdict.UNDECIDED, Verdict.INCORRECT, Verdict.CORRECT)
    figures = table([Judged(row, verdict, 0.001) for verdict in verdicts])
    assert figures["right refused %"] == 75
    assert figures["refused as incorrect %"] == pytest.approx(100 / 3)


def test_the_misses_are_the_core_rows_judged_wrongly(tmp_path):
    rows = [Row("1", text, True, "own", "plain", "") for text in ("1", "一", "2")]
    judged = judge([*rows, Row("1", "2", True, "own", "plain", "lhs-only")], lemma)
    write_misses(tmp_path / "misses.jsonl", judged)
    [miss] = (tmp_path / "misses.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(miss)["pred"] == "2"
    assert json.loads(miss)["verdict"] == "incorrect"


@pytest.mark.labelled
@pytest.mark.skipif(not PAIRS.exists(), reason="the labelled pairs are not on this machine")
def test_the_labelled_pairs_are_judged_as_well_as_promised():
    figures = table(judge(read_rows(PAIRS), lemma))
    assert figures["right %"] >= 99.3
    assert figures["wrong accepted %"] <= 0.3
    assert figures["right refused %"] <= 1.5
    assert figures["rows from others' tests %"] >= 99
    assert figures["Chinese and full-width %"] >= 96
    assert figures["Math-Verify's own tests %"] >= 95
