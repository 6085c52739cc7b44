"""Formulas of other systems over drawn numbers, which become ours over parameters."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from tutor.problems.content import InvalidRecord
from tutor.problems.parameters import RESERVED

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,40}")
_EXACT = ("abs", "floor", "ceil", "min", "max", "sqrt")
COMMON_FUNCTIONS = {
    **{name: name for name in (*_EXACT, "sin", "cos", "tan", "exp", "pi")},
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
}


def own_name(name: str, taken: Collection[str]) -> str:
    """A name of a parameter that is like this one, and free."""
    own = re.sub(r"[^A-Za-z0-9]+", "", name)
    if not _NAME.fullmatch(own):
        own = f"v{own}"[:40]
    free, count = own, 0
    while free in taken or free in RESERVED:
        count += 1
        free = f"{own}{count}"
    return free


def known_functions(text: str, functions: Mapping[str, str]) -> str:
    """The formula with our names of functions. Raises InvalidRecord for one that is not known."""

    def known(match: re.Match[str]) -> str:
        if match[0] not in functions:
            problem = _("its formula calls %(name)s, which Lemma does not know")
            raise InvalidRecord("key", problem % {"name": match[0]})
        return functions[match[0]]

    return _WORD.sub(known, text)


def plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def numbers_between(name: str, lowest: Decimal, highest: Decimal, places: int) -> str:
    """The declaration of a parameter with so many decimals."""
    step = f" step 1/{10**places}" if 0 < places < 10 else ""
    return f"{name} = {plain(lowest)}..{plain(highest)}{step}"
