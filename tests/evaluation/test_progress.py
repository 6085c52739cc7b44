"""What is said about how far a run is."""

import io
from dataclasses import replace

import pytest

from tutor.evaluation.progress import ProgressLine, duration
from tutor.evaluation.samples import SampleRecord

SAMPLE = SampleRecord(
    problem="1",
    run=1,
    sample=1,
    seed=1,
    outcome="finished",
    reasoning="",
    text="",
    tokens=120,
    answer="4",
    verdict="correct",
    rule="number",
)


def test_it_says_rate_and_time_left():
    progress = ProgressLine(total=100, stored=40, terminal=io.StringIO())
    for verdict in ("correct", "incorrect", "incorrect"):
        progress.note(replace(SAMPLE, verdict=verdict))
    assert progress.line(60) == (
        "43 of 100 samples, 1 of 3 right, 3.0 a minute, 6 tokens/s, 19 min left"
    )


def test_before_the_first_sample_no_time_is_guessed():
    assert ProgressLine(total=9, stored=0, terminal=io.StringIO()).line(30) == (
        "0 of 9 samples, 0 of 0 right, 0.0 a minute, 0 tokens/s"
    )


@pytest.mark.parametrize(
    ("seconds", "text"), [(45.2, "45 s"), (720, "12 min"), (11_100, "3 h 5 min"), (0, "0 s")]
)
def test_durations(seconds, text):
    assert duration(seconds) == text
