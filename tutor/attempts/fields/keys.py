"""Keys above the keyboard of a phone: signs that it hides, and the letters of the problem."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutor.grading import Kind

MAX_LETTERS = 3
_FORMULA_SIGN = re.compile(r"\\[()\[\]]|\$\$?")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_LETTERS = re.compile(r"(?<![A-Za-z])[A-Za-z]{1,2}(?![A-Za-z])")  # 2x and xy, no words


@dataclass(frozen=True)
class Key:
    """Writes `before` and `after` around the cursor. label: for those who listen."""

    face: str | Promise
    label: str | Promise = ""
    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        return self.before or str(self.face)


FRACTION = Key("a/b", _("fraction a/b"), "/")
POWER = Key("aⁿ", _("power aⁿ"), "^")
ROOT = Key("√", _("root"), "sqrt(", ")")
BRACKETS = Key("( )", _("brackets"), "(", ")")
EQUALS = [Key("=", _("equals")), Key("±", _("plus or minus"))]
ORDER = [
    Key("<", _("less than")),
    Key(">", _("greater than")),
    Key("≤", _("less than or equal")),
    Key("≥", _("greater than or equal")),
]
MINUS = Key("−", _("minus"), "-")
PI = Key("π", _("pi"))
OR = Key(_("or"), before=" or ")
INFINITY = Key("∞", _("infinity"))
BRACES = Key("{ }", _("braces of a set"), "{", "}")
SQUARE = Key("[ ]", _("square brackets"), "[", "]")
UNION = Key("∪", _("union"), " ∪ ")
POINT = Key(".", _("decimal point"))
COMMA = Key(",", _("comma"))
SEMICOLON = Key(";", _("semicolon"))
LOGIC = [
    Key("∧", _("and"), " ∧ "),
    Key("∨", _("or"), " ∨ "),
    Key("¬", _("not")),
    Key("→", _("if … then"), " → "),
    Key("↔", _("if and only if"), " ↔ "),
]
FIRST = {
    Kind.LOGIC: LOGIC,
    Kind.INTERVAL: [INFINITY, SQUARE, UNION],
    Kind.SET: [BRACES],
    Kind.MATRIX: [SQUARE],
}


def keys_for(kinds: Iterable[Kind], statement: str, *, decimal_comma: bool) -> tuple[Key, ...]:
    """What the kinds need first, then what all need; no key twice."""
    kinds = [kind for kind in kinds if kind not in (Kind.CHOICE, Kind.TEXT)]
    return tuple(dict.fromkeys(_keys(kinds, statement, decimal_comma))) if kinds else ()


def _keys(kinds: list[Kind], statement: str, decimal_comma: bool) -> Iterator[Key]:
    for kind in kinds:
        yield from FIRST.get(kind, [])
    yield from (FRACTION, POWER, ROOT, BRACKETS)
    yield from (Key(letter) for letter in letters_in(statement) or ["x"])
    yield from (MINUS, *EQUALS, *ORDER)
    yield from (COMMA, SEMICOLON) if decimal_comma else (POINT, COMMA)
    yield from (PI, OR, BRACES, INFINITY)


def letters_in(statement: str) -> list[str]:
    """The letters that its formulas use most often, in the order of the alphabet."""
    formulas = _FORMULA_SIGN.split(statement)[1::2]
    runs = (run for formula in formulas for run in _LETTERS.findall(_COMMAND.sub(" ", formula)))
    letters = Counter(letter for run in runs for letter in run)
    return sorted(letter for letter, _count in letters.most_common(MAX_LETTERS))
