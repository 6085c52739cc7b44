"""A file cannot bring along the characters that mark places while it is read or written."""

import pytest

from tests.factories import make_content
from tests.problems.interchange.test_moodle import answer, question, quiz
from tutor.grading import read_key
from tutor.problems.interchange.file_reader import read_file
from tutor.problems.interchange.html_markdown import to_markdown
from tutor.problems.interchange.moodle.writer import write_moodle
from tutor.problems.parts import Part
from tutor.problems.records import ProblemRecord


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<a href="https://a.b/\ue0007\ue001">x</a>', "[x](https://a.b/7)"),
        ('<a href="https://a.b/&#xe000;7&#xe001;">x</a>', "[x](https://a.b/7)"),
        ('<img data-equation-content="\ue0007\ue001">', r"\(7\)"),
        ("a \ue0007\ue001 &#57344;7&#57345; b", "a 7 7 b"),
    ],
)
def test_marks_in_a_text_of_html_are_dropped(html, markdown):
    assert to_markdown(html)[0] == markdown


@pytest.mark.parametrize("number", ["0", "99", "9" * 4_400])
def test_marks_in_a_file_lead_to_nothing(number):
    part = f'<div class="part">Two? \ue012{number}\ue013</div>'
    text = f"\ue0007\ue001 \ue0107\ue011 {part} {{1:NUMERICAL:=2}}"
    source = quiz(question("cloze", "", text=text), question("numerical", answer("2"), text="Two?"))
    first, second = read_file(source, "en")
    assert "\ue000" not in first.record.content.statement
    assert [part.key.value for part in first.record.content.parts] == ["2"]
    assert second.record.content.statement == "Two?"


def test_marks_in_a_problem_lead_to_no_gap_of_moodle():
    key = read_key({"kind": "number", "value": "2"})
    parts = tuple(Part(f"How many \ue012{n}\ue013?", key) for n in (1, 0))
    content = make_content(statement="Look. \ue0120\ue013 \ue0127\ue013", parts=parts, key=key)
    [problem] = read_file(write_moodle([ProblemRecord("p", content)]).xml.encode(), "en")
    assert [part.prompt for part in problem.record.content.parts] == ["How many 1?", "How many 0?"]
