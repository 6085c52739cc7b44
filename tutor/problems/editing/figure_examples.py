"""Figures to begin with, beside the editor: one of each kind, in groups."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FigureExample:
    name: Promise
    source: str

    @property
    def block(self) -> str:
        """As it stands in a text."""
        return f"```figure\n{self.source}\n```"


@dataclass(frozen=True)
class FigureGroup:
    name: Promise
    examples: tuple[FigureExample, ...]


GROUPS = (
    FigureGroup(
        _("Graphs and number lines"),
        (
            FigureExample(
                _("Graph of a function"),
                "plot\nx from -2 to 6\ny from -4 to 6\nf(x) = x^2 - 4x + 1\npoint S (2, -3)",
            ),
            FigureExample(
                _("Number line"), "number line from -5 to 5\ninterval [-2, 3)\npoint A 4"
            ),
            FigureExample(_("Table of values"), "table\nx: -1, 0, 1, 2\ny: 3, 1, ?, 1/2"),
            FigureExample(
                _("Fields between lines"),
                "fields\nx from -4 to 4\ny <= 2x - 1\nx + y < 4\nshade y >= 2x - 1 and x + y < 4",
            ),
        ),
    ),
    FigureGroup(
        _("Triangles, points and lines"),
        (
            FigureExample(
                _("Triangle"), 'triangle ABC\nAB = 5 cm\nAC = 4 cm\nangle A = 60\nlabel BC "x"'
            ),
            FigureExample(
                _("Points, lines and angles"),
                "geometry\nA = (0, 0)\nB = (5, 0)\nC = (6, 3)\nD = (1, 3)\npolygon A B C D\n"
                'length A B "8 cm"\nangle B A D "α"',
            ),
            FigureExample(
                _("Circle"),
                "geometry\nM = (0, 0)\nA = (3, 0)\nB = (-1.5, 2.6)\ncircle M through A\n"
                'segment M A "r"\nsegment M B\nangle A M B "120°"',
            ),
        ),
    ),
    FigureGroup(
        _("Charts"),
        (
            FigureExample(_("Bar chart"), "bar chart\naxes day, pupils\nMon: 3\nTue: 5\nWed: 8"),
            FigureExample(_("Line chart"), "line chart\naxes month, °C\nJan: -2\nFeb: 1\nMar: 5"),
            FigureExample(
                _("Histogram"),
                "histogram\naxes minutes, pupils\n0 to 10: 4\n10 to 20: 9\n20 to 30: 6",
            ),
            FigureExample(_("Box plot"), "box plot\n10a: 2, 4, 5, 7, 11\n10b: 1, 3, 6, 8, 9"),
            FigureExample(
                _("Scatter plot"),
                "scatter plot\naxes height in cm, mass in kg\nx from 140 to 190\ny from 40 to 80\n"
                "(150, 45) (155, 52) (160, 50) (170, 63)\ny = 0.9x - 90",
            ),
            FigureExample(_("Pie chart"), "pie chart\non foot: 12\nby bicycle: 8\nby bus: 5"),
        ),
    ),
    FigureGroup(
        _("Chance, sets and fractions"),
        (
            FigureExample(
                _("Tree diagram"),
                "tree\nred 3/5\n  red 2/4\n  blue 2/4\nblue 2/5\n  red 3/4\n  blue 1/4",
            ),
            FigureExample(_("Venn diagram"), 'venn A, B\nshade A ∪ B\n"12" in A ∩ B\n"5" in A ∖ B'),
            FigureExample(_("Fraction bar"), 'fraction bar\n3/4 "A"\n5/3 "B"'),
            FigureExample(_("Fraction circle"), "fraction circle\n3/8\n5/4"),
        ),
    ),
    FigureGroup(
        _("Solids"),
        (
            FigureExample(_("Cuboid"), "cuboid\nlength = 6 cm\nwidth = 4 cm\nheight = 3 cm"),
            FigureExample(_("Cube"), 'cube\nside = 3\nlabel side "a"'),
            FigureExample(_("Prism"), "prism\nbase = 4 cm\nheight = 3 cm\nlength = 8 cm"),
            FigureExample(_("Pyramid"), 'pyramid\nside = 4 cm\nheight = 5 cm\nlabel height "h"'),
            FigureExample(_("Cylinder"), "cylinder\nradius = 3 cm\nheight = 7 cm"),
            FigureExample(_("Cone"), "cone\nradius = 3 cm\nheight = 4 cm"),
            FigureExample(_("Sphere"), "sphere\nradius = 5"),
        ),
    ),
)
