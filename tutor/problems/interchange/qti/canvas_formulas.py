"""Formula questions of Canvas: [a] stands for a drawn number, and the answer is worked out."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from tutor.problems.content import InvalidRecord
from tutor.problems.interchange.calculations import (
    COMMON_FUNCTIONS,
    known_functions,
    numbers_between,
    own_name,
)
from tutor.problems.interchange.questions import Fields, number
from tutor.problems.interchange.xml_tree import Node

_FUNCTIONS = {**COMMON_FUNCTIONS, "ln": "ln", "log": "lg"}
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}(?!\s*\()")
_STEP = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]{0,40})\s*=(?!=)(.+)")
_MAX_STEPS, _MAX_FORMULA, _MAX_PLACES = 10, 2_000, 10


def read_formula(item: Node, statement: str) -> Fields:
    """Raises InvalidRecord."""
    calculated = next(item.within("calculated"), None)
    names, declarations = _parameters(calculated) if calculated else ({}, [])
    if calculated is None or not declarations:
        raise InvalidRecord("parameters", _("its formula has no drawn numbers"))
    for name, own in names.items():
        statement = statement.replace(f"[{name}]", f"[[{own}:decimal]]")
    formulas = calculated.first("formulas")
    key = {"kind": "number", "value": _value(formulas, names)}
    return {
        "statement": statement,
        "parameters": "\n".join(declarations),
        "key": {**key, **_tolerance(calculated, formulas)},
    }


def _parameters(calculated: Node) -> tuple[dict[str, str], list[str]]:
    """Our names by those of the question, and a declaration for each."""
    names: dict[str, str] = {}
    declarations = []
    variables = calculated.first("vars")
    for node in variables.all("var") if variables else []:
        name = node.attributes.get("name", "").strip()
        names[name] = own_name(name, names.values())
        lowest, highest = (number(node.text_of(edge), name) for edge in ("min", "max"))
        places = int(number(node.attributes.get("scale", "0"), name))
        declarations.append(numbers_between(names[name], lowest, highest, places))
    return names, declarations


def _value(formulas: Node | None, names: dict[str, str]) -> str:
    """The last formula; those above it name what it uses."""
    written = [node.text.strip() for node in formulas.all("formula")] if formulas else []
    if not all(written) or not 0 < len(written) <= _MAX_STEPS:
        raise InvalidRecord("key", _("its formula cannot be read"))
    values = {name: f"[[{own}]]" for name, own in names.items()}
    for line in written:
        named = _STEP.fullmatch(line)
        value = _put_in(named[2] if named else line, values)
        if len(value) > _MAX_FORMULA:
            raise InvalidRecord("key", _("its formula cannot be read"))
        if named:
            values[named[1]] = value
    return value


def _put_in(formula: str, values: dict[str, str]) -> str:
    pieces, position = [], 0
    for word in _WORD.finditer(formula):
        if word[0] in values:
            pieces += [_known(formula[position : word.start()]), f"({values[word[0]]})"]
            position = word.end()
    return "".join([*pieces, _known(formula[position:])]).strip()


def _known(text: str) -> str:
    return known_functions(text.replace("pi()", "pi").replace("**", "^"), _FUNCTIONS)


def _tolerance(calculated: Node, formulas: Node | None) -> Fields:
    """Canvas rounds its answer; to compare with it, half a unit of the last decimal is added."""
    text = calculated.text_of("answer_tolerance").strip() or "0"
    if text.endswith("%"):
        share = number(text[:-1], "answer_tolerance") / 100
        return {"tolerance": f"{share.normalize():f}", "relative": True} if share else {}
    places = formulas.attributes.get("decimal_places", "0") if formulas else "0"
    count = min(_MAX_PLACES, max(0, int(number(places, "decimal_places"))))
    rounding = Decimal(5).scaleb(-1 - count)
    tolerance = number(text, "answer_tolerance") + rounding
    return {"tolerance": f"{tolerance.normalize():f}"}
