"""Tells right answers that are not solved yet, and values of a letter that nobody asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tutor.grading.answer_key import NUMBERS, AnswerKey, Form, Grade, Kind, Rule, Verdict
from tutor.grading.comparison.keys import key_value
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import Comparison, Logic, Sym, Value, free_names
from tutor.grading.verdicts.both_values import value_of

_SOLVES = re.compile(
    r"\b(?:solve|löse|lösen|résou(?:s|dre|dz)|résolvez|resuelve|resolver|risolvi)\b"
    r"|\b(?:find|what are) (?:all |the )?(?:real |exact )?(?:solutions|roots)\b"
    r"|\bLösungen\b|解(?:下列)?方程|方程的[解根]|求解",
    re.IGNORECASE,
)
_ASKED_LETTER = re.compile(
    r"\b(?:find|what is|solve for|solve [^.?!]{1,60} for|calculate|determine|value of"
    r"|berechne|bestimme|wert von|calcule[rz]?|détermine[rz]?|trouve[rz]?|vaut|halla|calcula"
    r"|determina|vale|valor de) (?:angle |side |number )?(?:\\\(|\$)([A-Za-z])(?:\\\)|\$)(?! ?[(=])"
    r"|求 ?(?:\\\(|\$)([A-Za-z])(?:\\\)|\$)的?值",
    re.IGNORECASE,
)
_OF_EQUATIONS = (Kind.EQUATION, Kind.SET)


def unless_unsolved(grade: Grade, response: str, key: AnswerKey, statement: str) -> Grade:
    """The grade; not correct for (x-5)(x+3) = 0 where the equation is to be solved.

    It is undecided where the response gives another letter than the only one asked for.
    """
    if grade.verdict != Verdict.CORRECT or key.condition:
        return grade
    if key.kind in _OF_EQUATIONS and key.form == Form.ANY and _SOLVES.search(statement):
        names = _names_alone(key_value(key))
        value = value_of(response, key, units=False) if names else None
        if value is not None and not _is_solved(value, names):
            feedback = Feedback(FeedbackCode.NOT_THE_SUBJECT, {"text": ", ".join(sorted(names))})
            return replace(
                grade, verdict=Verdict.INCORRECT, score=0, rule=Rule.FORM, feedback=feedback
            )
    if key.kind in NUMBERS and _is_of_other_letter(value_of(response, key, units=True), statement):
        return Grade(Verdict.UNDECIDED, 0, Rule.NAMES, answer=grade.answer)
    return grade


def _names_alone(value: Value) -> dict[str, bool]:
    """The letters that stand alone in the equations of a stored answer; empty where one does not.

    Each with whether a formula stands on the other side.
    """
    names: dict[str, bool] = {}
    for equation in _equations(value):
        pair = definition(equation)
        if pair is None or not isinstance(pair[0], Sym):
            return {}
        names[pair[0].name] = bool(free_names(pair[1]))
    return names


def _is_solved(value: Value, names: Mapping[str, bool]) -> bool:
    """Whether each equation is solved, and for the letter of the key where that has a formula."""
    pairs = [definition(equation) for equation in _equations(value)]
    if not any(names.values()):
        return None not in pairs
    return all(pair and getattr(pair[0], "name", "") in names for pair in pairs)


def _equations(value: Value) -> Iterator[Comparison]:
    parts = value.parts if isinstance(value, Logic) else (value,)
    for part in parts:
        if isinstance(part, Logic):
            yield from _equations(part)
        elif isinstance(part, Comparison) and part.op == "=":
            yield part


def _is_of_other_letter(value: Value | None, statement: str) -> bool:
    pair = definition(value) if value is not None else None
    name = pair[0].name if pair and isinstance(pair[0], Sym) else ""
    asked = {match[1] or match[2] for match in _ASKED_LETTER.finditer(statement)}
    is_letter = len(name) == 1 and name.isalpha()
    return is_letter and len(asked) == 1 and name.lower() not in map(str.lower, asked)
