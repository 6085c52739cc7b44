"""Where the value of the unknown is answered, and another named quantity is asked for.

"width w, length w + 3", then w = 5 and "the garden is 5 m long": all but the answer is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain

from tutor.grading.parsing.tree import Comparison, Num, free_names, is_term
from tutor.grading.weighing.calculations import is_compound
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.key_numbers import key_numbers, value_of
from tutor.grading.weighing.lacking_numbers import numerals
from tutor.grading.weighing.numbers import EXACT, are_close, holds
from tutor.grading.weighing.numbers import number as number_of
from tutor.grading.weighing.weighed_lines import WeighedLine, last_side
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import question_in
from tutor.grading.working.worded_lines.consecutive_numbers import CONSECUTIVE

_PIECES = re.compile(r"[,;，；、]|(?<=[^\W\d_])\s(?:and|und|et|y|e)\s(?=[^\W\d_])")
_CONSTANT = r"([-+−])\s?(\d{1,6}(?:\.\d{1,4})?)"
_LINEAR = (
    rf"(?<![A-Za-z\d_^.)])(\d{{0,4}})\s?[*·×]?\s?%s(?:\s?{_CONSTANT})?(?![A-Za-z\d_^²³(.*·×/])"
)
_BRACKETED = rf"(?<![A-Za-z\d_)^])\(\s?()%s\s?{_CONSTANT}\s?\)(?![\^²³])"

WHOLE = words(
    r"total\w{0,2}|altogether|in all|final\w{0,2}|(?:at|in) the end|afterwards|insgesamt"
    r"|gesamt\w{0,12}|am (?:ende|schluss)|danach|ensemble|en tout|à la fin|finale?"
    r"|al final|en total|whole|after(?: adding)?",
    "一共|总共|共|合计|总|最后|最终|后来",
)
_LETTER = r"(?<![A-Za-z])([a-zA-Z])(?![A-Za-z])"
_DEFINED = re.compile(  # x = litres at the end; let v be the volume in the end
    rf"\s?(?:let |sei |soit |sea |设)?{_LETTER}\s?(?:[=:：]|be |is |ist |est |es |为|是)"
    r"\s?[^\W\d_]{2}"
    rf"|[^\d=]{{3,60}}[:：=]?\s{_LETTER}$",
    re.IGNORECASE,
)


def answers_other_quantity(evidence: Evidence) -> WeighedLine | None:
    """The line that states the value of the unknown, where a term before it gives the answer."""
    right, own = key_numbers(evidence.key), value_of(evidence.answer.text)
    number = evidence.answer.line
    if own is None or number is None or len(right.values) != 1:
        return None
    before = evidence.lines[:number]
    if _is_of_whole(own, right.values[0], evidence.lines[: number + 1], evidence):
        line = _last_with(own, evidence)
        return line if line is not None and line.claims else None
    for name in _names_of(own, evidence.lines[: number + 1]):
        terms = (_value(match, own) for line in before for match in _terms(line.text, name))
        others = (_function_values(name, own, evidence), _neighbours(name, own, evidence))
        values = chain(terms, *others)
        is_named = any(are_close(value, right.values[0], EXACT) for value in values)
        if is_named or _is_other_unknown(name, own, right.values[0], evidence):
            return evidence.lines[number] if evidence.lines[number].claims else None
    return None


def _is_of_whole(
    own: float, right: float, before: Sequence[WeighedLine], evidence: Evidence
) -> bool:
    """Whether 18 litres at the end are answered for the 6 that are added to 12.

    A line before tells by its words that the number, or its letter, is the whole.
    """
    parts = map(float, evidence.task.numbers)
    if WHOLE.search(question_in(evidence.statement)) or not any(
        are_close(own - right, part, EXACT) for part in parts
    ):
        return False
    names = set(_names_of(own, evidence.lines))
    return any(
        WHOLE.search(line.text) and (_gives(own, line, evidence) or _defines(names, line))
        for line in before
    )


def _last_with(value: float, evidence: Evidence) -> WeighedLine | None:
    """The last line that has the number, read as an answer or not."""
    lines = reversed(evidence.lines)
    return next((line for line in lines if _has_number(line, value)), None)


def _has_number(line: WeighedLine, value: float) -> bool:
    return any(are_close(value, number, EXACT) for number in numerals(line.text))


def _gives(value: float, line: WeighedLine, evidence: Evidence) -> bool:
    results = [c.result for c in evidence.calculations if c.line == line.number and c.formula]
    return len(results) == 1 and are_close(results[0], value, EXACT)


def _defines(names: set[str], line: WeighedLine) -> bool:
    """Whether it says in words what one of the letters is: x = litres at the end."""
    defined = _DEFINED.match(line.text)
    return defined is not None and bool({defined[1], defined[2]} & names)


def _function_values(name: str, own: float, evidence: Evidence) -> Iterator[float]:
    """f(3), where 3 is only where the function has its minimum, or the one expression has it."""
    at = {name: Num(Fraction(own).limit_denominator(10**6))}
    functions = evidence.task.definitions.functions.values()
    bodies = [function.body for function in functions if function.variable == name]
    asked = [e for e in evidence.task.expressions if is_compound(e) and free_names(e) == {name}]
    if not evidence.task.equations and len(asked) == 1:
        bodies += [term for term in asked if is_term(term)]
    for body in bodies:
        value = number_of(body, evidence.budget, at)
        yield from () if value is None else (value,)


def _neighbours(name: str, own: float, evidence: Evidence) -> Iterator[float]:
    """n + 1 and n + 2 of n + n+1 + n+2 = 72, for consecutive numbers."""
    if not CONSECUTIVE.search(evidence.statement):
        return
    for line in evidence.lines:
        for sign, gap in re.findall(
            rf"(?<![A-Za-z]){name}\s?([-+−])\s?(\d{{1,2}})(?!\d)", line.text
        ):
            yield own + (float(gap) if sign == "+" else -float(gap))


def _is_other_unknown(name: str, own: float, right: float, evidence: Evidence) -> bool:
    """Whether x = 13 and y = 7 fulfil two equations, and 7 is asked for."""
    equations = [
        claim.equation
        for line in evidence.lines
        for claim in line.claims
        if claim.equation and len(free_names(claim.equation)) == 2 and not claim.is_limited
    ]
    pairs = [e for e in equations if name in free_names(e)]
    values = [Num(Fraction(value).limit_denominator(10**6)) for value in (own, right)]
    return len(pairs) > 1 and all(
        holds(pair, dict(zip(_with_other(name, pair), values, strict=True)), evidence.budget)
        for pair in pairs
    )


def _with_other(name: str, equation: Comparison) -> tuple[str, str]:
    [other] = free_names(equation) - {name}
    return name, other


def _names_of(value: float, lines: Sequence[WeighedLine]) -> Iterator[str]:
    """The unknowns that have come out so."""
    for line in lines:
        for claim in line.claims:
            result = value_of(last_side(claim)) if len(claim.name) == 1 else None
            if result is not None and are_close(result, value, EXACT):
                yield claim.name


def _terms(text: str, name: str) -> Iterator[re.Match[str]]:
    """w + 3 and 2w where they are no side of an equation of w, and (w + 3) anywhere."""
    yield from re.finditer(_BRACKETED % re.escape(name), text)
    for piece in _PIECES.split(text):
        *names, term = re.split("[=:：]", piece)
        is_told = not any(
            re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", n) for n in names
        )
        if is_told and not any(re.search(r"\d", n) for n in names):
            yield from re.finditer(_LINEAR % re.escape(name), term)


def _value(match: re.Match[str], at: float) -> float:
    factor, sign, constant = match.groups()
    return float(factor or 1) * at + (-1 if sign in ("-", "−") else 1) * float(constant or 0)
