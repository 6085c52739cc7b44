r"""Formulas of which only parts stand between formula signs: 30 + \( x \) + 105 = 500."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.prose.formulas import TextSpan, inline_formulas

_SIGN = "\x02"  # for each character of a formula between formula signs
_ATOM = rf"(?:{_SIGN}{{1,400}}|\d[\d,]{{0,15}}(?:\.\d{{1,12}})?%?)"
_RELATES = "=≈≤≥<>"
_OPERATOR = rf"[-+−×*/÷·{_RELATES}]"
_RUN = re.compile(
    rf"(?<![\w.,$€£\\}}^({_SIGN}])\(?{_ATOM}(?:\)? ?{_OPERATOR} ?\(?{_ATOM}){{1,30}}\)?(?![\w(^])"
)
_PIECE = re.compile(rf"{_SIGN}{{1,400}}|{_OPERATOR}")
_DELIMITERS = re.compile(r"\\[()]|\$")
_HAS_RELATION = re.compile(rf"[{_RELATES}]|\\(?:leq?|geq?|lt|gt|approx|equiv|n?eq?|pm)(?![A-Za-z])")


def mixed_formulas(text: str) -> Iterator[TextSpan]:
    """Each as a whole, with spaces in the place of the signs within it.

    They begin and end within the outermost signs.
    """
    marked = list(text)
    for start, end in inline_formulas(text):
        marked[start:end] = _SIGN * (end - start)
    for run in _RUN.finditer("".join(marked)):
        if _SIGN in run[0] and _is_one_formula(run, text):
            yield _without_delimiters(text, run.start(), run.end())


def _is_one_formula(run: re.Match[str], text: str) -> bool:
    """Whether it has a relation, no list of several: x = 3 - y = 4."""
    if run[0].count("(") != run[0].count(")") or not _HAS_RELATION.search(text, *run.span()):
        return False
    before = ""
    for piece in _PIECE.finditer(run[0]):
        formula = text[run.start() + piece.start() : run.start() + piece.end()]
        is_formula = piece[0][0] == _SIGN
        has_relation = is_formula and bool(_HAS_RELATION.search(formula))
        if (has_relation and before in "-−" and before) or (
            not is_formula and before == "relation" and piece[0] not in _RELATES
        ):
            return False
        before = "relation" if has_relation else piece[0] if not is_formula else ""
    return True


def _without_delimiters(text: str, start: int, end: int) -> TextSpan:
    if opening := _DELIMITERS.match(text, start):
        start = opening.end()
    for sign in ("\\)", "$"):
        if text[start:end].endswith(sign):
            end -= len(sign)
    inner = _DELIMITERS.sub(lambda sign: " " * len(sign[0]), text[start:end])
    return TextSpan(inner, start)
