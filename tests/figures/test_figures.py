"""What a few lines of text become: an SVG and words for it, or a sentence that names the line."""

import re
from importlib import import_module
from xml.etree import ElementTree

import pytest
from django.conf import settings

from tutor.figures import (
    FigureError,
    blocks_in,
    draw,
    draw_alone,
    draw_grid,
    draw_regions,
    in_words_of,
    without_figures,
)
from tutor.figures.decimal_commas import with_decimal_commas
from tutor.figures.draw import in_words

DOCUMENTED = [
    block.source for block in blocks_in((settings.BASE_DIR / "docs/figures.md").read_text("utf-8"))
]
SVG = "{http://www.w3.org/2000/svg}"
IMPOSSIBLE = [
    ("triangle\nAB = 1\nBC = 2\nCA = 9", None, "no triangle has the sides 1, 2 and 9"),
    ("triangle\nangle A = 100\nangle B = 80", None, "no triangle has these sides and angles"),
    ("triangle\nAB = 5\nBC = 4\nangle A = 40", None, "two different triangles"),
    ("triangle\nAB = 5", None, "three of its sides and angles"),
    ("triangle\nAB = 0", 2, "need a number above 0, got 0"),
    ("plot\nf(x) = a x", 2, "a is not known here"),
    ("plot\nf(x) = [[a]]x", 2, "[[a]] is not declared as a parameter"),
    ("plot\nf(x) = 1/(x - x)", 2, "this function has no value between the ends of the x-axis"),
    ("plot\nx from -3 to -1\nf(x) = sqrt(x)", 3, "has no value between the ends of the x-axis"),
    ("plot\nx from 3 to 1", 2, "from small to large"),
    ("plot\n\nf(x) = x for 3 < x < 1", 3, "need a domain such as"),
    ("plot\nf(x) = (", 2, "need a number such as"),
    ("plot\nx from 0 to 10^12", 2, "need a number such as"),
    ("plot\npoint A on g at 1", 2, "there is no function g above this line"),
    ("plot\nf(x) = " + "(" * 250, 2, "need a number such as"),
    ("plot\nf(x) = " + "x" * 300, 2, "at most 300 characters"),
    ("plot\n" + "point (1, 1)\n" * 10_000, None, "at most 120 lines"),
    ("plot\n" + "point (1, 1)\n" * 100, 62, "at most 60 points"),
    ("number line from 0 to 5\npoint 9", 2, "9 is not on this number line"),
    ("number line from 0 to 1000000 step 1", 1, "need a larger step"),
    ("geometry\nA = (1, 1)\nsegment A B", 3, "there is no point B above this line"),
    ("geometry\nA = (1, 1)\nB = (1, 1)\nsegment A B", 4, "need two different points"),
    ("bar chart\nMon: 3, 4\nTue: 5", 3, "need as many values as in the first line: 2"),
    ("bar chart\nMon", 2, "need a line such as Monday: 3"),
    ("bar chart\nMon: many", 2, "need a number such as 3, -1/2 or sqrt(2), got “many”"),
    ("bar chart\ny from 0 to 5\nMon: 7", 3, "has to hold 0 and all values"),
    ("bar chart\ny from 2 to 9\nMon: 7", 3, "has to hold 0 and all values"),
    ("tree\nred 7/5\nblue -2/5", 2, "need a probability from 0 to 1, got 7/5"),
    ("tree\nred 1/0\nblue 1/2", 2, "need a number such as"),
    (
        "geometry\nA = (0, 0)\nB = (5, 0)\nC = (4, 4)\nright angle B A C",
        5,
        "the angle here has 45°, so it is not right",
    ),
    (
        "geometry\nA = (0, 0)\nB = (5, 0)\nC = (1, 1)\nequal A B, A C",
        5,
        "they measure 1.41 to 5",
    ),
    ("bar chart", 1, "the figure has no data"),
    ("pie chart\na: 3\nb: 0", 3, "need a number above 0, got 0"),
    ("histogram\n0 to 10: 4\n5 to 20: 3", 3, "this class begins before"),
    ("box plot\nA: 2, 4, 3, 7, 11", 2, "need five numbers from small to large"),
    ("scatter plot\n" + "(1, 2) (3, 4) (5, 6) (7, 8)\n" * 100, 77, "at most 300 points"),
    ("tree\nred 3/5\nblue 3/5", 3, "add up to 1.2, not to 1"),
    ("tree\n" + "\n".join(" " * n + "a" for n in range(50)), 7, "at most 5 levels"),
    ("cuboid\nlength = 3", 1, "the width is missing; this solid has length, width, height"),
    ("cone\nside = 3", 2, "this solid has radius, height"),
    ("fraction bar\n3/0", 2, "need a fraction such as 3/4"),
    ("venn A", 1, "need a first line such as venn A, B"),
    ("venn A, T", 1, "need a first line such as venn A, B"),
    ("venn A, B\nshade A ∩ C", 2, "need sets such as A ∩ B"),
    ("venn A, B\nshade A ∩", 2, "need sets such as A ∩ B"),
    ('venn A, B\n"7" in A', 2, "need one single region, such as A ∖ B"),
    ("venn A, B\nfill A", 2, "need a line such as shade A ∩ B"),
    ("a cat", 1, "the first line names the kind"),
]


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314  # our own


@pytest.mark.parametrize("source", DOCUMENTED)
def test_every_documented_figure_is_drawn(source):
    figure = draw(source)
    root = parsed(figure.svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == figure.alt
    assert len(figure.alt) > 20
    assert len(list(root)) > 3
    width, height = float(root.get("width")), float(root.get("height"))
    for text in root.iter(f"{SVG}text"):
        assert -1 <= float(text.get("x")) <= width + 1, source
        assert 0 < float(text.get("y")) <= height + 1, source
    assert " style=" not in figure.svg


def test_the_documentation_has_figures_of_every_kind():
    begun = {source.split("\n")[0].split(" from ")[0] for source in DOCUMENTED}
    assert begun >= {"plot", "number line", "geometry", "triangle ABC", "bar chart", "tree"}
    assert len(begun) >= 20


@pytest.mark.parametrize(("source", "line", "reason"), IMPOSSIBLE)
def test_what_cannot_be_drawn_is_refused_with_the_line(source, line, reason):
    with pytest.raises(FigureError) as refused:
        draw(source)
    assert refused.value.line == line
    assert reason in refused.value.text(str)


@pytest.mark.parametrize("write", [draw, draw_alone, draw_grid, draw_regions, in_words])
def test_what_takes_too_long_is_a_figure_that_cannot_be_drawn(write, monkeypatch):
    monkeypatch.setattr(import_module("tutor.figures.draw"), "MAX_WORK_S", 0.0)
    lines = "fields\ny >= -x\nx > -3" if write is draw_regions else "plot\ny = x^2"
    with pytest.raises(FigureError, match="takes too long"):
        write(lines)


def test_labels_and_captions_hold_no_markup():
    hostile = "</text><script>alert(1)</script>&amp;<img src=x onerror=alert(1)>'"
    sources = [
        f'plot\npoint (1, 2) "{hostile}"\nlabel at (1, 1) "{hostile}"',
        f'geometry\nA = (1, 2)\nB = (3, 3)\nsegment A B "{hostile}"',
        f'number line from 0 to 5\npoint 2 "{hostile}"',
        f'triangle\nAB = 5 "{hostile}"\nBC = 4\nCA = 3',
        f"bar chart\naxes {hostile}, a\n{hostile}: 3",
        f"pie chart\n{hostile}: 3",
        "table\n<b>: </text><script> | 3",
        f"tree\n{hostile} 1/2\nb 1/2",
        f'cube\nside = 3 "{hostile}"',
    ]
    for source in sources:
        root = parsed(draw(source).svg)
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert tags <= {"svg", "path", "circle", "text", "tspan"}
        assert re.search("<script|<b>", draw(source).alt)


def test_the_bars_of_two_rows_differ_without_their_colours():
    root = parsed(draw("bar chart\nseries girls, boys\nMon: 3, 4\nTue: 2, 5").svg)
    bars = [path for path in root.iter(f"{SVG}path") if "fig-bar" in path.get("class")]
    fills = {path.get("class"): path.get("fill-opacity") for path in bars}
    assert len(fills) == len(set(fills.values())) == 2


def test_no_line_strikes_a_label_out():
    """Texts are above all lines; a branch of a tree makes room for its probability."""
    root = parsed(draw("plot\nx from -2 to 5\ny from -2 to 5\nf(x) = x").svg)
    tags = [element.tag.removeprefix(SVG) for element in root]
    assert tags.index("text") > len(tags) - tags[::-1].index("path") - 1
    tree = parsed(draw("tree\nred 3/5\nblue 2/5").svg)
    lines = [path.get("d") for path in tree.iter(f"{SVG}path")]
    assert len(lines) == 2 * 2 + 2  # each branch in two pieces, and the bar of each fraction


def test_a_graph_is_cut_at_poles_and_where_it_has_no_value():
    root = parsed(draw("plot\nx from -3 to 3\ny from -3 to 3\nf(x) = 1/x").svg)
    assert len(root.findall(f"{SVG}path[@class='fig-curve fig-1']")) == 2
    assert "no value" not in draw("plot\nf(x) = sqrt(x)").alt
    far = "plot\nx from 0 to 3\ny from 0 to 3\nf(x) = x + 9"
    assert "does not appear" in draw(far).alt


def test_a_tree_takes_unknown_probabilities():
    assert "p" in draw("tree\nred p\nblue 1-p").alt
    assert draw("tree\nred ?\nblue 2/5").svg


def test_small_numbers_of_a_bar_chart_have_a_line_each():
    words = parsed(draw("bar chart\nMon: 9\nTue: 4").svg).itertext()
    assert {str(number) for number in range(11)} <= set(words)
    chosen = draw("bar chart\ny from 0 to 40 step 20\nMon: 9").svg
    numbers = [word for word in parsed(chosen).itertext() if word.strip().isdigit()]
    assert numbers == ["0", "20", "40"]


@pytest.mark.parametrize(("name", "stands_above"), [("10a", False), ("The long jump of ten", True)])
def test_a_long_name_stands_above_its_box(name, stands_above):
    root = parsed(draw(f"box plot\n{name}: 2, 4, 5, 7, 11").svg)
    box = root.find(f"{SVG}path[@class='fig-bar fig-1']").get("d")
    label = next(text for text in root.iter(f"{SVG}text") if "".join(text.itertext()) == name)
    top = float(re.match(r"M[\d.]+[ ,]([\d.]+)", box)[1])
    assert (float(label.get("y")) < top) == stands_above


def test_the_words_have_the_names_that_a_sighted_student_reads():
    histogram = draw("histogram\naxes minutes, pupils\n0 to 10: 4\n10 to 20: 9").alt
    assert "Across: minutes. Upwards: pupils." in histogram
    line = draw('number line from -2 to 5\ninterval [-1, 3) "A"').alt
    assert "This mark is labelled A." in line


def test_the_words_call_a_graph_as_the_picture_does():
    labelled = draw('plot\nx from -5 to 5\ny from -5 to 5\nf(x) = 2x - 1 "g"\npoint on f at 1')
    assert "The graph g is a straight line." in labelled.alt
    assert "The graph f" not in labelled.alt
    bare = draw('plot\nx from -5 to 5\ny from -5 to 5\nf(x) = 2x - 1 ""')
    assert "The graph is a straight line." in bare.alt


def test_the_words_say_what_is_seen():
    line = draw("plot\nx from -2 to 2\ny from -2 to 4\nf(x) = \\frac{3}{2}x + 1\npoint P (2, 4)")
    assert "x from −2 to 2" in line.alt
    assert "The graph f is a straight line. It goes through (0, 1), (−2, −2), (2, 4)." in line.alt
    assert "The point P at (2, 4)." in line.alt
    assert "3/2" not in line.alt  # the formula is not seen
    triangle = draw('triangle\nBC = 3 cm\nAC = 4 cm\nangle C = 90\nlabel AB "x"')
    assert "AB is labelled x." in triangle.alt
    assert "There is a right angle at C." in triangle.alt
    assert "5" not in triangle.alt


def test_the_words_tell_no_number_that_the_picture_leaves_out():
    lines = (
        "f(x) = 7 - x",
        "x = 5",
        "y > 2t - 3",
        "asymptote y = 6",
        "point P (3, 4)",
        "point (2, 5) open",
        "shade under f from 2 to 5",
        'label "S" at (6, 2)',
    )
    bare = draw("\n".join(("plot", "no numbers", "axes t, s", *lines)))
    assert not re.search(r"\d", bare.alt)
    assert not re.search(r"\d", "".join(parsed(bare.svg).itertext()))
    assert "its axes: t, s." in bare.alt
    assert "The point P. An open circle." in bare.alt
    assert "The area between f and the axis is shaded. Labels: S." in bare.alt
    unnamed = draw("plot\ny = x\nshade under y from 0 to 1").alt
    assert "The area between y and the axis from 0 to 1 is shaded." in unnamed
    crosses = draw("scatter plot\nno numbers\n(1, 2) (3, 4) (5, 5)").alt
    assert "Number of crosses: 3." in crosses


def test_without_a_grid_only_crossings_with_the_axes_are_read_off():
    line = "plot\nx from -3 to 3\ny from -3 to 3\nf(x) = x - 1"
    assert "(2, 1)" in draw(line).alt
    assert "It goes through (0, −1), (1, 0)." in draw(f"{line}\nno grid").alt


def test_places_on_a_number_line_without_numbers_are_counted_by_ticks():
    lines = "number line from 0 to 20 step 5\nno numbers"
    marks = 'point 5 "5"\npoint A 15\npoint B 12\njump from 0 to 20'
    assert draw(f"{lines}\n{marks}").alt == (
        "A number line without numbers, with 5 ticks. The point 5 at tick 2."
        " The point A at tick 4. The point B at a place between the ticks 3 and 4."
        " An arrow from tick 1 to tick 5."
    )


def test_the_last_number_of_an_axis_stands_before_its_name():
    for last, name in (("6", "x"), ("10", "t"), ("1000000", "x")):
        svg = draw(f"plot\naxes {name}, y\nx from 0 to {last} step {last}\ny from -1 to 1").svg
        texts = {"".join(text.itertext()): text for text in parsed(svg).iter(f"{SVG}text")}
        number, letter = texts[last], texts[name]
        is_above = float(letter.get("y")) < float(number.get("y")) - 20
        assert is_above or float(letter.get("x")) > float(number.get("x")) + 4 * len(last)


def test_a_label_may_stand_in_curly_quotes():
    straight = draw('number line from -2 to 5\ninterval [-1, 3) "A"')
    assert draw("number line from -2 to 5\ninterval [-1, 3) “A”").svg == straight.svg


def test_numbers_have_a_minus_and_letters_are_italic():
    svg = draw('number line from -2 to 2\npoint -1 "x_1"').svg
    assert ">−2</text>" in svg
    assert re.search(r'<tspan class="fig-variable" font-style="italic">x</tspan>', svg)
    assert re.search(r'<tspan font-size="11.5" dy="4">1</tspan>', svg)


def test_fractions_below_a_number_line_are_free_of_what_is_marked_on_it():
    whole = parsed(draw("number line from -2 to 2").svg)
    halves = parsed(draw("number line from -2 to 2 step 1/2").svg)
    line = 14  # pixels from the top
    highest = [
        min(
            float(text.get("y")) - 0.7 * float(text.get("font-size", 16))
            for text in svg.iter(f"{SVG}text")
        )
        for svg in (whole, halves)
    ]
    assert all(top > line + 8 for top in highest)
    assert float(halves.get("height")) > float(whole.get("height")) + 10


def test_labels_keep_off_the_lines():
    svg = draw("plot\nx from -4 to 4\ny from -4 to 4\nf(x) = x\npoint A (1, 1)").svg
    root = parsed(svg)
    label = next(text for text in root.iter(f"{SVG}text") if "".join(text.itertext()) == "A")
    dot = root.find(f"{SVG}circle")
    across = float(label.get("x")) - float(dot.get("cx"))
    up = float(dot.get("cy")) - float(label.get("y")) + 5
    assert abs(across - up) > 10  # the graph rises by one for one


def test_texts_come_without_figures_or_with_their_words():
    text = "Look:\n\n```figure\nnumber line from 0 to 3\npoint P 2\n```\n\nWhere is P?"
    assert without_figures(text) == "Look:\n\n\nWhere is P?"
    assert in_words_of(text) == (
        "Look:\n\n[A number line from 0 to 3. The point P at 2.]\n\nWhere is P?"
    )
    code = "````\n```figure\nplot\n```\n````\n"
    assert without_figures(code) == code
    assert [block.source for block in blocks_in("~~~figure\nplot\n")] == ["plot\n"]


def test_a_figure_has_decimal_commas_where_its_last_line_asks_for_them():
    source = "plot\nx from -1 to 1 step 0.5\ny from 0 to 2\npoint P (0.5, 1)\n"
    source += 'label "P(0.5 | 1), 1.2.26" at (0, 2)\ncaption "v1.2 costs 3.5"\n'
    plain, drawn = draw(source), draw(f"{source}decimal comma\n")
    texts = ["".join(text.itertext()) for text in parsed(drawn.svg).iter(f"{SVG}text")]
    assert {"−0,5", "0,5", "P(0,5 | 1), 1.2.26"} <= set(texts)
    assert "The point P at (0,5; 1)." in drawn.alt
    assert drawn.caption == "v1.2 costs 3,5"
    assert re.findall(r' d="([^"]*)', drawn.svg) == re.findall(r' d="([^"]*)', plain.svg)
    assert "(0,5; 1)" in parsed(draw_grid(f"{source}decimal comma").svg).get("aria-label")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Monday: 3.5, 4", "Monday: 3,5; 4"),
        ("Monday: 3, 4", "Monday: 3, 4"),
        ("(0, 1), (−2, 3.5)", "(0; 1), (−2; 3,5)"),
        ("1−2.5 on 12.04.2026", "1−2,5 on 12.04.2026"),
        ("from 0 to 5. 3 more", "from 0 to 5. 3 more"),
    ],
)
def test_numbers_with_decimal_commas(text, written):
    assert with_decimal_commas(text) == written
