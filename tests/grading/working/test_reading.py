"""How lines are cut into statements, as people write them in five languages.

One row of the table for each line: its statements, each with what is said of it in angle brackets,
and whether words are left that were not understood.
"""

import csv
import io
import random
import time
from pathlib import Path

import pytest

from tests.grading import hostile
from tests.processor import takes_longer
from tutor.grading.working.reading import Role, read_line
from tutor.grading.working.reading.phrases import CUES, Cue

TABLE = Path(__file__).parents[2] / "data" / "working_lines.csv"
ROWS = list(csv.DictReader(io.StringIO(TABLE.read_text(encoding="utf-8"), newline="")))
TEXTS = ("label", "refers_to", "operation", "supposed", "reason", "words")
MARKS = ("rejected", "ticked", "continues")
LONGEST = 500  # characters of a line
LINES = 40  # of one working


def described(statement):
    notes = [] if statement.role is Role.STEP else [statement.role.value]
    for name in TEXTS:
        value = getattr(statement, name)
        if value:
            text = value if isinstance(value, str) else ", ".join(value)
            notes.append(f"{name.replace('_', ' ')} {text}")
    notes += [name for name in MARKS if getattr(statement, name)]
    return statement.text + (f" <{'; '.join(notes)}>" if notes else "")


def test_a_line_is_cut_as_its_writer_meant():
    for row in ROWS:
        line = read_line(row["line"])
        assert " // ".join(map(described, line.statements)) == row["statements"], row
        assert line.has_words == bool(row["words_left"]), row


def test_each_language_has_its_lines():
    languages = [row["language"] for row in ROWS]
    assert min(map(languages.count, ("en", "de", "fr", "es", "zh"))) >= 20


def test_a_statement_starts_where_its_formula_is_written():
    for row in ROWS:
        for statement in read_line(row["line"]).statements:
            assert 0 <= statement.start < len(row["line"]), row["line"]
            if statement.text[0].isdigit():
                assert row["line"][statement.start] == statement.text[0]


def test_full_width_signs_are_read_as_plain_ones():
    assert read_line("ｘ＝（２＋３）×４").statements[0].text == "x=(2+3)×4"


def test_phrases_are_those_of_every_language():
    phrases = {"therefore": "so", "daher": "so", "donc": "so", "luego": "so", "所以": "so"}
    assert {phrase: CUES[phrase] for phrase in phrases} == phrases
    assert set(CUES.values()) == set(Cue)


@pytest.mark.parametrize(
    "text", [*hostile.RUNNING, *hostile.GROWING, *hostile.NESTING, *hostile.CHARACTERS]
)
def test_no_text_makes_it_raise(text):
    for statement in read_line(text).statements:
        assert statement.text


def test_no_line_that_is_cut_off_makes_it_raise():
    draw = random.Random(3)
    for _ in range(3_000):
        line = draw.choice(ROWS)["line"] + draw.choice(ROWS)["line"]
        start, end = sorted(draw.choices(range(len(line) + 1), k=2))
        assert all(statement.text for statement in read_line(line[start:end]).statements)


def test_the_longest_working_is_read_at_once():
    lines = " ".join(row["line"] for row in ROWS)
    working = [lines[start : start + LONGEST] for start in range(0, LINES * LONGEST, LONGEST)]

    def reading_s() -> float:
        began_s = time.thread_time()
        for line in working:
            read_line(line)
        return time.thread_time() - began_s

    assert not takes_longer(reading_s, 0.2)
