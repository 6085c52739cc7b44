"""A plot with parameters shows right numbers and labels in each of a hundred variants."""

import re
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from tests.factories import make_content
from tutor.figures import blocks_in, draw
from tutor.figures.labels import read_label
from tutor.figures.placement import Frame

VARIANTS = 100
SVG = "{http://www.w3.org/2000/svg}"
PARAMETERS = """
m = -3..3 step 1/2
n = -5..5
h = -4..4
k = -6..6
w = 6..9
p = 1..5
require m != 0
require n != 0
require m*h + n != k
"""
STATEMENT = """m = [[m:decimal]], n = [[n]], h = [[h]], k = [[k]], w = [[w]], p = [[p]].

```figure
plot
x from [[-w]] to [[w]]
y from -12 to 12 step 3
f(x) = [[m]]*x + [[n]] "y = [[m:decimal]]x + [[n]]"
g(x) = (x - [[h]])^2/2 + [[k]]
point P ([[p]], [[m*p + n]]) "P([[p]] | [[m*p + n:decimal]])"
point S ([[h]], [[k]]) "S([[h]] | [[k]])"
```"""
NUMBER = re.compile(r"−?\d+")


class Picture:
    """A drawn plot, read off by its pixels."""

    def __init__(self, svg):
        self.root = ElementTree.fromstring(svg)  # noqa: S314  # our own
        self.texts = [
            ("".join(node.itertext()), float(node.get("x")), float(node.get("y")), node)
            for node in self.root.iter(f"{SVG}text")
        ]
        self.across = self.scale("middle", 1)
        self.up = self.scale("end", 2)

    def scale(self, anchor, coordinate):
        """The pixel of zero and of a unit, by the numbers of an axis, which all have to fit."""
        rows = [
            (int(row[0].replace("−", "-")), row[coordinate])
            for row in self.texts
            if row[3].get("text-anchor") == anchor and NUMBER.fullmatch(row[0])
        ]
        (first, start), (last, end) = rows[0], rows[-1]
        unit = (end - start) / (last - first)
        for value, pixel in rows:
            assert pixel == pytest.approx(start + unit * (value - first), abs=0.15)
        return start - unit * first, unit

    def point(self, x, y):
        """The numbers at a pixel. A number stands a little below the middle of its tick."""
        return (x - self.across[0]) / self.across[1], (y + 5.4 - self.up[0]) / self.up[1]

    def dots(self):
        circles = self.root.iter(f"{SVG}circle")
        return [(float(node.get("cx")), float(node.get("cy"))) for node in circles]

    def curve(self, number):
        css = f"fig-curve fig-{number}"
        data = "".join(n.get("d") for n in self.root.iter(f"{SVG}path") if n.get("class") == css)
        pairs = re.findall(r"(-?[\d.]+) (-?[\d.]+)", data)
        return [(float(x), float(y)) for x, y in pairs]

    def box(self, text):
        """Of the only label with this text."""
        [(x, y)] = [row[1:3] for row in self.texts if row[0] == text]
        half, middle = read_label(text).width / 2, y - 5.4
        return Frame(x - half, middle - 8.8, x + half, middle + 8.8)


def variant_of(seed):
    template = replace(make_content("1"), statement=STATEMENT, parameters=PARAMETERS)
    statement = template.variant(seed).statement
    values = re.findall(r"(\w) = (-?[\d.]+)\b", statement.partition("```")[0])
    [block] = blocks_in(statement)
    return {name: Fraction(text) for name, text in values}, block.source


def test_every_number_and_label_is_right_in_each_variant():
    for seed in range(1, VARIANTS + 1):
        values, source = variant_of(seed)
        check(values, Picture(draw(source).svg), source)


def check(values, picture, source):
    m, n, h, k, p = (values[name] for name in "mnhkp")
    points = [(p, m * p + n), (h, k)]
    assert len(picture.dots()) == 2
    for dot, point in zip(picture.dots(), points, strict=True):
        assert picture.point(*dot) == pytest.approx([*map(float, point)], abs=0.05), source
    graphs = [lambda x: m * x + n, lambda x: (x - h) ** 2 / 2 + k]
    for number, graph in enumerate(graphs, start=1):
        for x, y in (picture.point(*pixel) for pixel in picture.curve(number)):
            assert y == pytest.approx(float(graph(Fraction(x))), abs=0.12), source
    for number, name in enumerate(("P", "S")):
        shown = check_label(picture, f"{name}(", number, [[dot] for dot in picture.dots()], source)
        assert shown == [*points[number]], source
    curves = [picture.curve(1), picture.curve(2)]
    assert check_label(picture, "y = ", 0, curves, source) == [m, n]
    check_label(picture, "g", 1, curves, source)


def check_label(picture, beginning, number, lines, source):
    """The numbers of a label, which lies in the picture and nearest to what it names."""
    [text] = [row[0] for row in picture.texts if row[0].startswith(beginning)]
    box = picture.box(text)
    assert Frame(0, 0, 360, float(picture.root.get("height"))).holds(box), source
    distances = [min(map(box.distance, line)) for line in lines]
    assert min(distances) == distances[number] < 40, (text, distances, source)
    return [
        Fraction(part.replace("−", "-").replace(" ", ""))
        for part in re.findall(r"(?:− ?)?\d+(?:\.\d+)?", text)
    ]
