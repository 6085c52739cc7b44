"""Answers that are drawn: the grid of a problem, and the figure of an answer's text."""

import json
from pathlib import Path

import pytest

from tests.factories import make_content, make_problem
from tutor.grading import Kind, Verdict, grade_response, read_key
from tutor.problems.answer_figures import answer_figure, can_be_drawn, chosen_regions, figure_source
from tutor.problems.checks import defects
from tutor.problems.content import InvalidRecord
from tutor.problems.drawing import InvalidDrawing, drawing_of, read_drawing
from tutor.problems.interchange.csv_table import read_table, write_table
from tutor.problems.records import ProblemRecord

LINE = read_key({"kind": "equation", "value": "y = 2x - 1"})
REFUSED = [
    ("lines", "it begins with what is drawn"),
    ("line x from -5 to 5", "a comma follows what is drawn, as in “line, x from -5 to 5”"),
    ("line, x from 5 to 1", "from small to large"),
    ("line, x from 0 to 10 step 3", "that its step divides"),
    ("line, x from 0 to 100", "at most 24 fit"),
    ("line, x -5 to 5", "need a range such as"),
    ("line, x from a to 3", "need a number such as"),
    ("line, x from 0 to 10^9 step 10^8", "need a number such as"),
    ("interval, y from 1 to 2", "a number line has no y"),
    ("venn, A", "two or three capital letters"),
    ("venn, A, T", "two or three capital letters"),
    ("venn, A, A", "two or three capital letters"),
    ("fraction bar", "a number of parts from 2 to 24"),
    ("fraction circle, 30 parts", "a number of parts from 2 to 24"),
    ("line" + " " * 200, "at most 200 characters"),
    ("fields", "two or three lines"),
    ("fields, y = x, y = 1, y = 2, y = 3", "two or three lines"),
    ("fields, y = x, y = x^2", "need a line such as"),
    ("fields, y = x, 2x = 2y", "two of the lines are the same"),
    ("fields, y = x, y = x + 20", "does not cross the coordinate system"),
    ("fields, y = x, y = x + 1/50", "too small to press on"),
    ("fields, y = x, x = 1, x from 5 to 1", "from small to large"),
]
DRAWN = [
    ("line", "y = 2x - 1", "y = (-1)*x^0 + (2)*x^1"),
    ("line", "2x - y = 1", "y = (-1)*x^0 + (2)*x^1"),
    ("line", r"y = \frac{x}{2}", "y = (1/2)*x^1"),
    ("line", "y = 2,5x", "y = (5/2)*x^1"),
    ("line", "3 = x", "x = 3"),
    ("parabola", "y = 2(x - 1)^2 - 3", "y = (-1)*x^0 + (-4)*x^1 + (2)*x^2"),
    ("half-plane", "-2y < x", "y > (-1/2)*x^1"),
    ("half-plane", "x ≤ 3", "x <= 3"),
    ("points", "(1, 2), (3, -1)", "point (1, 2)\npoint (3, -1)"),
    ("points", "(1,5; 2)", "point (3/2, 2)"),
    ("interval", "x < 3", "interval (-inf, 3)"),
    ("interval", "[2,5; 4)", "interval [5/2, 4)"),
    ("interval", "(-∞, -2] ∪ (3, ∞)", "interval (-inf, -2]\ninterval (3, inf)"),
    ("interval", "x ≠ 2", "interval (-inf, 2)\ninterval (2, inf)"),
    ("interval", "[-1, 2) ∪ {3}", "interval [-1, 2)\npoint 3"),
]
FIELDS = "fields, y <= x + 1, x + y < 3, x from -4 to 4"
CUT = "fields\nx from -4 to 4 step 1\ny from -5 to 5 step 1\ny ≤ x + 1\nx + y < 3"
REGIONS = [
    ("venn, A, B", "A ∖ B", "venn A, B\nshade A and not B"),
    ("venn, A, B", "A \\cap B", "venn A, B\nshade A and B"),
    ("venn, A, B", "not A and not B", "venn A, B\nshade not A and not B"),
    ("venn, A, B, C", "A ∩ B ∩ C", "venn A, B, C\nshade A and B and C"),
    ("fraction bar, 8 parts", "3/4", "fraction bar\n6/8"),
    ("fraction circle, 4 parts", "0.25", "fraction circle\n1/4"),
    ("fraction circle, 4 parts", "0,25", "fraction circle\n1/4"),
    (FIELDS, "x + 1 <= y < 3 - x", f"{CUT}\nshade y ≥ x + 1 and x + y < 3"),
    (FIELDS, "y > 3 - x and y >= x + 1", f"{CUT}\nshade y ≥ x + 1 and x + y > 3"),
]
NOT_DRAWN = [
    ("venn, A, B", "A ∩ C"),
    ("venn, A, B", "∅"),
    (FIELDS, "y > x + 1 and x + y < 3"),
    (FIELDS, "y >= 2x and x + y < 3"),
    (FIELDS, "y = x"),
    ("venn, A, B", "A ∩"),
    ("fraction bar, 8 parts", "1/3"),
    ("fraction bar, 8 parts", "9/8"),
    ("fraction bar, 8 parts", "0"),
    ("fraction bar, 8 parts", "x"),
    ("line", "y = x^2"),
    ("line", "y > x"),
    ("line", "z = 1"),
    ("line", "hello"),
    ("points", "(a, b)"),
    ("interval", "x^2 < 2"),
    ("line", "y = " + "(" * 300),
    ("line", "y = (x+1)^99999999"),
    ("", "y = x"),
]
FIT = [
    ("venn, A, B", "A ∩ B", True),
    ("venn, A, B", "A ∩ C", False),
    (FIELDS, "y >= x + 1 and x + y < 3", True),
    (FIELDS, "y >= x + 1", False),
    ("fraction bar, 8 parts", "3/4", True),
    ("fraction bar, 8 parts", "2/3", False),
    ("line", "y = 2x - 1", True),
    ("line", "y = 3x + 20", False),
    ("line", "x = 7", False),
    ("parabola", "y = (x - 1)^2 - 4", True),
    ("parabola", "y = (x - 1/2)^2", False),
    ("parabola", "y = x^2 + x - 1", True),
    ("parabola", "y = 6x^2", False),
    ("parabola", "y = 3(x - 5)^2 - 5", True),
    ("parabola", "y = x", False),
    ("interval", "[2, 9)", False),
    ("interval", "x < 3", True),
    ("interval", "x < -2 or x >= 3", True),
    ("interval", "x < -2 or x > 9", False),
    ("interval", "x < 2 or x > 2", True),
    ("interval", "x != 2", True),
    ("interval", "x != 9", False),
    ("interval", "x < 2 or x >= 2", False),
    ("interval", "x = 2", False),
    ("interval", "x < -2 or 1 < x < 3", False),
    ("points", "(1, 7)", False),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_a_grid_that_cannot_be_used_is_refused_with_a_sentence(text, reason):
    with pytest.raises(InvalidDrawing, match=reason):
        read_drawing(text)


def test_a_grid_is_from_minus_5_to_5_where_nothing_else_is_said():
    drawing = read_drawing("points, x from 0 to 2 step 1/2")
    assert drawing.source == "plot\nx from 0 to 2 step 1/2\ny from -5 to 5 step 1"
    assert (drawing.x.numbers, drawing.is_decimal) == ("0 2 1/2", False)
    assert drawing.svg.startswith("<svg")
    assert read_drawing("interval").source == "number line from -5 to 5 step 1"


@pytest.mark.parametrize(("drawing", "response", "lines"), DRAWN)
def test_what_was_drawn_is_drawn_again_from_its_text(drawing, response, lines):
    assert figure_source(drawing, response) == f"{read_drawing(drawing).source}\n{lines}"
    assert "<svg" in answer_figure(drawing, response)


@pytest.mark.parametrize(("drawing", "response", "source"), REGIONS)
def test_regions_that_were_chosen_are_shaded(drawing, response, source):
    assert figure_source(drawing, response) == source
    assert "<svg" in answer_figure(drawing, response)


REGION_TEXTS = json.loads(Path("tests/data/region_texts.json").read_text())


@pytest.mark.parametrize("drawing", REGION_TEXTS)
def test_the_server_reads_what_the_picture_writes_and_what_is_typed(drawing):
    texts = REGION_TEXTS[drawing]["written"] | REGION_TEXTS[drawing]["typed"]
    picture = read_drawing(drawing)
    chosen = {text: sum(1 << region for region in regions) for text, regions in texts.items()}
    assert {text: chosen_regions(picture, text) for text in texts} == chosen
    if picture.regions[0].text:
        written = REGION_TEXTS[drawing]["written"]
        assert [region.text for region in picture.regions] == list(written)


@pytest.mark.parametrize(
    ("drawing", "response"), [row for row in NOT_DRAWN if row[0].startswith(("v", "f"))]
)
def test_what_a_picture_cannot_show_chooses_no_region(drawing, response):
    assert chosen_regions(read_drawing(drawing), response) is None


def test_regions_have_names_and_the_one_outside_is_last():
    names = [region.name for region in read_drawing("venn, A, B").regions]
    assert names == ["in A, not in B", "in B, not in A", "in A and in B", "neither in A nor in B"]
    assert read_drawing("fraction bar, 4 parts").source == "fraction bar\n0/4"
    with pytest.raises(InvalidDrawing, match="venn needs an answer of the kind logical"):
        read_drawing("venn, A, B").check(Kind.SET)


def test_each_field_is_an_answer_that_the_grader_tells_from_the_others():
    regions = read_drawing(FIELDS).regions
    assert regions[0].text == "y ≥ x + 1 and x + y < 3"
    for right in regions:
        key = read_key({"kind": "inequality", "value": right.text})
        verdicts = [grade_response(region.text, key).verdict for region in regions]
        assert [verdict == Verdict.CORRECT for verdict in verdicts] == [
            region == right for region in regions
        ]
        assert set(verdicts) == {Verdict.CORRECT, Verdict.INCORRECT}


def test_fields_write_the_decimals_of_the_page():
    text = "fields, y = 0.5x, x = 1.5"
    assert drawing_of(text).regions[0].text == "y ≥ 0.5x and x ≤ 1.5"
    shown = drawing_of(text, decimal_comma=True)
    assert shown.regions[0].text == "y ≥ 0,5x and x ≤ 1,5"
    assert "<svg" in answer_figure(text, shown.regions[0].text, decimal_comma=True)


@pytest.mark.parametrize(("drawing", "response"), NOT_DRAWN)
def test_what_belongs_on_no_grid_is_not_drawn(drawing, response):
    assert answer_figure(drawing, response) == ""


@pytest.mark.parametrize(("drawing", "answer", "fits"), FIT)
def test_the_right_answer_must_fit_on_the_grid(drawing, answer, fits):
    assert can_be_drawn(read_drawing(drawing), answer) == fits


def test_a_drawing_needs_an_answer_of_its_kind():
    with pytest.raises(InvalidRecord, match="line needs an answer of the kind equation"):
        make_content(key=read_key({"kind": "number", "value": "3"}), drawing="line")
    content = make_content(key=LINE, solution=r"\(\boxed{y = 2x - 1}\)", drawing="line")
    assert list(defects(content)) == []
    narrow = make_content(key=LINE, drawing="line, y from 2 to 3")
    [defect] = [defect for defect in defects(narrow) if defect.blocks]
    assert (defect.field, "cannot be drawn" in defect.message) == ("drawing", True)


def test_a_variant_has_its_own_grid():
    content = make_content(
        parameters="m = 2..3\nb = -1..1",
        key=read_key({"kind": "equation", "value": "y = x"}),
        drawing="line, x from -[[m]] to [[m]]",
    )
    assert content.variant(1).drawing in ("line, x from -2 to 2", "line, x from -3 to 3")


@pytest.mark.django_db
def test_a_drawing_goes_through_versions_and_files():
    content = make_content(key=LINE, solution=r"\(\boxed{y = 2x - 1}\)", drawing="line")
    problem = make_problem(key=LINE, solution=content.solution, drawing="line")
    assert problem.current.content().drawing == "line"
    record = problem.record()
    assert ProblemRecord.from_dict(record.to_dict()) == record
    [row] = read_table(write_table([record]).encode(), "en")
    assert row.record == record
    part = {
        "prompt": "Draw it.",
        "drawing": "line",
        "key": {"kind": Kind.EQUATION, "value": "y = x"},
    }
    data = record.to_dict() | {"parts": [part, part]}
    del data["key"], data["drawing"]
    parts = ProblemRecord.from_dict(data | {"solution": r"\(\boxed{y = x}\)"})
    assert [part.drawing for part in parts.content.parts] == ["line", "line"]
    problem.revise(parts.content)
    problem.refresh_from_db()
    assert problem.current.content() == parts.content
