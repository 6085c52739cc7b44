"""Lines of many characters are read in a child, so that no page waits for them."""

import pytest

from tutor.grading.check_process import client
from tutor.grading.check_process.client import MAX_READ_HERE, read_lines
from tutor.grading.check_process.line_reader import LineReader

SHORT = ["2,5x = 5", "so x = 2"]
LONG = [f"{n}" + "-x" * 240 for n in range(MAX_READ_HERE // 480 + 1)]
TOO_MUCH = [f"{n}" + "-x" * 240 for n in range(100)]
LONG_S = 30  # where a child has to start on a busy machine


class CountingReader(LineReader):
    """Counts the lines that it reads itself, in this process."""

    def __init__(self) -> None:
        super().__init__(decimal_comma=True)
        self.read_here: list[str] = []

    def read(self, line):
        self.read_here.append(line)
        return super().read(line)


@pytest.fixture
def reader():
    return CountingReader()


@pytest.fixture
def patient(monkeypatch):
    monkeypatch.setattr(client, "MAX_ANSWER_WAIT_S", LONG_S)


def readings_of(lines):
    reader = LineReader(decimal_comma=True)
    reader.read_all(lines)
    return reader.readings


def test_short_lines_are_read_here(reader):
    read_lines(SHORT, reader)
    assert reader.read_here == SHORT
    assert reader.readings == readings_of(SHORT)


@pytest.mark.usefixtures("patient")
def test_long_lines_are_read_in_a_child_as_here(reader):
    lines = [*SHORT, *LONG]
    read_lines(lines, reader)
    assert reader.read_here == []
    assert reader.readings == readings_of(lines)
    read_lines(["1+1"], reader)  # there is work left for others on the page
    assert reader.readings["1+1"] == "1 + 1"


@pytest.mark.usefixtures("patient")
def test_what_is_too_much_for_the_child_is_not_read_here_either(reader):
    read_lines(TOO_MUCH, reader)
    assert TOO_MUCH[0] in reader.readings
    assert reader.read(TOO_MUCH[-1]) == ""
    assert TOO_MUCH[-1] not in reader.readings


def test_a_child_that_does_not_answer_leaves_the_lines_to_the_reader(reader, monkeypatch):
    monkeypatch.setattr(client, "MAX_ANSWER_WAIT_S", 0)
    read_lines(LONG, reader)
    assert reader.read_here == LONG
    assert reader.readings == readings_of(LONG)
