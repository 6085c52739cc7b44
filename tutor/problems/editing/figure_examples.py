"""Figures to begin with, beside the editor."""

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


EXAMPLES = (
    FigureExample(
        _("Graph of a function"),
        "plot\nx from -2 to 6\ny from -4 to 6\nf(x) = x^2 - 4x + 1\npoint S (2, -3)",
    ),
    FigureExample(_("Number line"), "number line from -5 to 5\ninterval [-2, 3)\npoint A 4"),
    FigureExample(_("Triangle"), 'triangle ABC\nAB = 5 cm\nAC = 4 cm\nangle A = 60\nlabel BC "x"'),
    FigureExample(
        _("Points, lines and angles"),
        "geometry\nA = (0, 0)\nB = (5, 0)\nC = (6, 3)\nD = (1, 3)\npolygon A B C D\n"
        'length A B "8 cm"\nangle B A D "α"',
    ),
    FigureExample(_("Bar chart"), "bar chart\naxes day, pupils\nMon: 3\nTue: 5\nWed: 8"),
    FigureExample(
        _("Tree diagram"), "tree\nred 3/5\n  red 2/4\n  blue 2/4\nblue 2/5\n  red 3/4\n  blue 1/4"
    ),
    FigureExample(_("Solid"), "cylinder\nradius = 3 cm\nheight = 7 cm"),
)
