"""Moodle's calculated questions: wildcards such as {a} become parameters."""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from django.utils.translation import gettext as _

from tutor.problems.content import InvalidRecord
from tutor.problems.expected import Expected
from tutor.problems.interchange.calculations import (
    COMMON_FUNCTIONS,
    known_functions,
    numbers_between,
    own_name,
    plain,
)
from tutor.problems.interchange.own_tags import OwnTags
from tutor.problems.interchange.questions import Fields, QuestionAnswer, number, whole_percent
from tutor.problems.interchange.xml_tree import Node

_WILDCARD = re.compile(r"\{([^{}]{1,200})\}")
_EXPRESSION = re.compile(r"\{=((?:[^{}]|\{[^{}]{1,60}\}){1,200}+)\}")
_FUNCTIONS = {**COMMON_FUNCTIONS, "log": "ln", "log10": "lg"}
_POWER = re.compile(r"pow\(([^(),]{1,100}),([^(),]{1,100})\)")
_ATOM = re.compile(r"\s*(?:[A-Za-z]\w*|\d+(?:\.\d+)?|\{[^{}]*\})\s*")
_MAX_ITEMS = 100
_RELATIVE, _NOMINAL = "1", "2"


@dataclass
class Wildcards:
    """names: of our parameters, by Moodle's."""

    names: dict[str, str] = field(default_factory=dict)
    sources: list[Node] = field(default_factory=list)
    own: OwnTags | None = None

    @classmethod
    def read(cls, question: Node, own: OwnTags) -> Self:
        definitions = question.first("dataset_definitions")
        nodes = definitions.all("dataset_definition") if definitions else []
        wildcards = cls(sources=nodes, own=own)
        for node in nodes:
            name = node.text_of("name").strip()
            wildcards.names[name] = own_name(name, set(wildcards.names.values()))
        return wildcards

    def fill(self, text: str) -> str:
        """A text with our placeholders in place of Moodle's wildcards."""
        if not self.names:
            return text
        text = _EXPRESSION.sub(
            lambda match: f"[[{self._with_names(_with_powers(match[1]), '{}')}]]", text
        )
        return _WILDCARD.sub(self._placeholder, text)

    def _placeholder(self, match: re.Match[str]) -> str:
        name = self.names.get(match[1].strip())
        return f"[[{name}:decimal]]" if name else match[0]

    def formula(self, source: str) -> str:
        """A formula of Moodle with our placeholders, which the grader works out."""
        return self._with_names(_with_powers(source.strip()), "([[{}]])")

    def _with_names(self, text: str, placeholder: str) -> str:
        """Each wildcard in `{…}` with our name, and each function with ours."""
        pieces, position = [], 0
        for match in _WILDCARD.finditer(text):
            name = self.names.get(match[1].strip())
            if name is None:
                problem = _("the wildcard {%(name)s} has no values")
                raise InvalidRecord("parameters", problem % {"name": match[1][:40]})
            before = known_functions(text[position : match.start()], _FUNCTIONS)
            pieces += [before, placeholder.format(name)]
            position = match.end()
        return "".join([*pieces, known_functions(text[position:], _FUNCTIONS)])

    def key(
        self, answers: Sequence[tuple[str, QuestionAnswer]], nodes: Sequence[Node], unit: Fields
    ) -> Fields:
        """A number whose value is a formula in the parameters."""
        rows = list(zip(answers, nodes, strict=True))
        right = next((row for row in rows if row[0][1].is_right), None)
        if right is None:
            raise InvalidRecord("key", _("no answer counts in full"))
        (value, answer), node = right
        key: Fields = {"kind": "number", "value": value, **unit, **_tolerance(answer, node)}
        expected = [
            _expected(formula, other, node, is_right=other is answer).to_dict()
            for (formula, other), node in rows
            if other.is_told and (other is not answer or other.feedback)
        ]
        return {"key": key, "expected": expected, "parameters": self.declarations()}

    def declarations(self) -> str:
        """Of the parameters, a line each; from our own export as they were, if they still hold."""
        own = self.own
        if own and own.datasets and own.datasets == digest(self._drawn()):
            return "\n".join(own.parameters)
        return "\n".join(map(self._declaration, self.sources))

    def _drawn(self) -> dict[str, list[str]]:
        return {node.text_of("name").strip(): _items(node) for node in self.sources}

    def _declaration(self, node: Node) -> str:
        name = self.names[node.text_of("name").strip()]
        lowest, highest = (
            number(node.text_of(edge) or "0", "wildcard") for edge in ("minimum", "maximum")
        )
        places = int(number(node.text_of("decimals") or "0", "wildcard"))
        if node.text_of("distribution").strip() == "uniform" and lowest < highest:
            return numbers_between(name, lowest, highest, places)
        values = list(dict.fromkeys(_items(node)))
        if not values:
            problem = _("the wildcard {%(name)s} has no values")
            raise InvalidRecord("parameters", problem % {"name": name})
        return f"{name} = one of {', '.join(values)}"


def _with_powers(formula: str) -> str:
    for _depth in range(5):
        formula = _POWER.sub(_power, formula)
    return formula.replace("pi()", "pi").replace("**", "^")


def _power(match: re.Match[str]) -> str:
    base, exponent = match.groups()
    if _ATOM.fullmatch(base) and _ATOM.fullmatch(exponent):
        return f"{base.strip()}^{exponent.strip()}"
    return f"(({base})^({exponent}))"


def _items(node: Node) -> list[str]:
    items = node.first("dataset_items")
    texts = [item.text_of("value") for item in items.all("dataset_item")] if items else []
    return [plain(number(text, "wildcard")) for text in texts[:_MAX_ITEMS]]


def digest(drawn: Mapping[str, Sequence[str]]) -> str:
    """Of the numbers that are drawn for each wildcard: the same ones have the same digest."""
    text = ";".join(f"{name}:{','.join(values)}" for name, values in sorted(drawn.items()))
    return f"{zlib.crc32(text.encode()):08x}"


def _expected(formula: str, answer: QuestionAnswer, node: Node, *, is_right: bool) -> Expected:
    """A row has a distance as its tolerance, and the right answer that of the key."""
    tolerance = {} if is_right else _tolerance(answer, node)
    distance = "" if "relative" in tolerance else tolerance.get("tolerance", "")
    return Expected(formula, answer.feedback, whole_percent(answer.percent), distance)


def _tolerance(answer: QuestionAnswer, node: Node) -> Fields:
    kind = node.text_of("tolerancetype").strip() or _RELATIVE
    if not answer.tolerance:
        return {}
    if kind not in (_RELATIVE, _NOMINAL):
        raise InvalidRecord("key", _("its tolerance is geometric"))
    relative = {"relative": True} if kind == _RELATIVE else {}
    return {"tolerance": f"{answer.tolerance:f}", **relative}
