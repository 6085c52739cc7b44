"""What is said about how far a run is."""

import io
from dataclasses import replace

import pytest

from tutor.evaluation.progress import Progress, duration
from tutor.evaluation.samples import Sample

SAMPLE = Sample(
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
    progress = Progress(total=100, kept=40, terminal=io.StringIO())
    for verdict in ("correct", "incorrect", "incorrect"):
        progress.note(replace(SAMPLE, verdict=verdict))
    assert progress.line(60) == (
        "43 of 100 samples, 1 of 3 right, 3.0 a minute, 6 tokens/s, 19 min left"
    )


def test_before_the_first_sample_no_time_is_guessed():
    assert Progress(total=9, kept=0, terminal=io.StringIO()).line(30) == (
        "0 of 9 samples, 0 of 0 right, 0.0 a minute, 0 tokens/s"
    )


@pytest.mark.parametrize(
    ("seconds", "said"), [(45.2, "45 s"), (720, "12 min"), (11_100, "3 h 5 min"), (0, "0 s")]
)
def test_durations(seconds, said):
    assert duration(seconds) == said
