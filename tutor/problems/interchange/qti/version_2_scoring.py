"""The scoring of an item of QTI 2.1 or 2.2, tried out."""

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from itertools import zip_longest

from tutor.problems.content import InvalidRecord
from tutor.problems.interchange.qti.expressions import (
    TRUE,
    Declarations,
    Value,
    decimal,
    tolerances_of,
    work_out,
)
from tutor.problems.interchange.qti.own_markup import SEPARATOR
from tutor.problems.interchange.qti.scoring import (
    NO_ANSWER,
    MentionedAnswer,
    Responses,
    between,
    different,
)
from tutor.problems.interchange.unknown_kinds import unknown_scoring
from tutor.problems.interchange.xml_tree import Node

SCORE = "SCORE"
_COMPARING = ("match", "equal", "stringMatch", "member")
_BRANCHES = ("responseIf", "responseElseIf")
_LIMITS = {"gte": "lower", "gt": "lower", "lte": "upper", "lt": "upper"}


class Version2Scoring:
    """An `ItemScoring`. feedback: Markdown by the outcome and the identifier that show it.

    The reader of the item's text fills it.
    """

    def __init__(self, item: Node) -> None:
        self.declarations = Declarations(item)
        self.feedback: dict[tuple[str, str], str] = {}
        processing = item.first("responseProcessing")
        template = processing.attributes.get("template", "") if processing else ""
        self.rules = processing.children if processing else []
        self.template = template.rstrip("/").rpartition("/")[2].removesuffix(".xml")
        if processing is None or (not self.rules and not self.template):
            self.template = "match_correct"

    def score(self, responses: Responses) -> Decimal:
        values = self._outcomes(responses).get(SCORE, ())
        return decimal(values[0]) if values else Decimal(0)

    def told(self, responses: Responses) -> list[str]:
        outcomes = self._outcomes(responses)
        return [
            text
            for (outcome, identifier), text in self.feedback.items()
            if identifier in outcomes.get(outcome, ()) and text
        ]

    def right_values(self, name: str) -> list[str]:
        if " " in name:
            rows = [self.right_values(field) for field in name.split()]
            return [SEPARATOR.join(row[0] for row in rows)] if all(rows) else []
        return list(self.declarations.correct.get(name, ()))

    def candidates(self, name: str) -> list[MentionedAnswer]:
        """The right answers, those that count in part, and those that the rules mention."""
        if " " in name:
            return self._rows_of_numbers(name)
        texts = filter(None, [*self.right_values(name), *self._mapped(name)])
        mentioned = (row for rule in self.rules for row in self._mentioned(rule, name))
        return different([*(MentionedAnswer(text, text) for text in texts), *mentioned])

    def _rows_of_numbers(self, name: str) -> list[MentionedAnswer]:
        """Of several fields: their right numbers, and others that the rules compare them with."""
        texts = self.right_values(name)
        for branch in (node for rule in self.rules for node in rule.within(*_BRANCHES)):
            together = next(branch.within("and"), None)
            if together and _variables(together) == name.split():
                values = [child.text.strip() for child in together.within("baseValue")]
                texts.append(SEPARATOR.join(values))
        return [MentionedAnswer(text, text) for text in dict.fromkeys(texts)]

    def minds_case(self, name: str) -> bool:
        nodes = [node for rule in self.rules for node in rule.within("stringMatch")]
        named = [node for node in nodes if name in _variables(node)]
        if named:
            return any(node.attributes.get("caseSensitive", "true") == "true" for node in named)
        mapping = self._mapping(name)
        entries = mapping.all("mapEntry") if mapping else []
        return any(entry.attributes.get("caseSensitive", "true") == "true" for entry in entries)

    def _mapping(self, name: str) -> Node | None:
        declaration = self.declarations.responses.get(name)
        return declaration.first("mapping") if declaration else None

    def _mapped(self, name: str) -> list[str]:
        mapping = self._mapping(name)
        entries = mapping.all("mapEntry") if mapping else []
        return [entry.attributes.get("mapKey", "").strip() for entry in entries]

    def _mentioned(self, node: Node, name: str) -> Iterator[MentionedAnswer]:
        for comparison in node.within(*_COMPARING):
            if name not in _variables(comparison):
                continue
            values = [child.text.strip() for child in comparison.all("baseValue")]
            if comparison.first("correct") is not None:
                values += self.right_values(name)
            for value in filter(None, values):
                yield from _around(comparison, value)
        for together in node.within("and"):
            if limits := _limits(together, name):
                yield between(*limits)

    def _outcomes(self, responses: Responses) -> dict[str, Value]:
        given = dict(_each_field(responses))
        variables = {**self.declarations.outcomes, **given}
        if self.template:
            return {**variables, SCORE: (str(self._by_template(given)),)}
        _run(self.rules, variables, self.declarations)
        return variables

    def _by_template(self, given: dict[str, Value]) -> Decimal:
        """The standard templates know one response; items without rules may have several."""
        if self.template == "map_response":
            return sum(
                (self.declarations.mapped(name, given.get(name, ())) for name in self._names()),
                Decimal(0),
            )
        if self.template != "match_correct":
            raise unknown_scoring(self.template)
        right = [
            sorted(given.get(name, ())) == sorted(self.declarations.correct.get(name, ()))
            for name in self._names()
        ]
        return Decimal(sum(right))

    def _names(self) -> list[str]:
        return list(self.declarations.responses)


def _each_field(responses: Responses) -> Iterator[tuple[str, Value]]:
    """Several numbers are the responses of several fields."""
    for name, values in responses.items():
        if " " not in name:
            yield name, tuple(values)
            continue
        fields = name.split()
        numbers = values[0].split(SEPARATOR) if values else []
        rows = zip_longest(fields, numbers[: len(fields)], fillvalue=NO_ANSWER)
        yield from ((field, (number,)) for field, number in rows)


def _variables(node: Node) -> list[str]:
    return [child.attributes.get("identifier", "") for child in node.within("variable")]


def _limits(node: Node, name: str) -> tuple[Decimal, Decimal] | None:
    """Between which numbers a response has to be, where an `and` says just that."""
    limits: dict[str, Decimal] = {}
    for child in node.children:
        kinds = [operand.name for operand in child.children]
        if child.name in _LIMITS and kinds == ["variable", "baseValue"]:
            variable, limit = child.children
            if variable.attributes.get("identifier") == name:
                limits[_LIMITS[child.name]] = decimal(limit.text)
    return (limits["lower"], limits["upper"]) if len(limits) == 2 else None


def _around(comparison: Node, value: str) -> Iterator[MentionedAnswer]:
    """The value with its tolerance; where that is wider on one side, also what is in reach."""
    below = above = Decimal(0)
    if comparison.name == "equal" and value != NO_ANSWER:
        with suppress(InvalidRecord):
            below, above = tolerances_of(comparison, decimal(value))
    yield MentionedAnswer(value, value, min(below, above))
    if below != above:
        yield between(decimal(value) - below, decimal(value) + above)


class _Exit(Exception):
    """The rest of the rules is left out."""


def _run(rules: list[Node], variables: dict[str, Value], declarations: Declarations) -> None:
    try:
        _run_each(rules, variables, declarations)
    except _Exit:
        return


def _run_each(rules: list[Node], variables: dict[str, Value], declarations: Declarations) -> None:
    for rule in rules:
        match rule.name:
            case "setOutcomeValue":
                name = rule.attributes.get("identifier", "")
                variables[name] = work_out(rule.children[0], variables, declarations)
            case "responseCondition":
                _run_each(_branch(rule, variables, declarations), variables, declarations)
            case "responseProcessingFragment":
                _run_each(rule.children, variables, declarations)
            case "exitResponse":
                raise _Exit
            case _:
                raise unknown_scoring(rule.name)


def _branch(rule: Node, variables: dict[str, Value], declarations: Declarations) -> list[Node]:
    for branch in rule.children:
        if branch.name == "responseElse":
            return branch.children
        if branch.name not in _BRANCHES or not branch.children:
            raise unknown_scoring(branch.name)
        condition, *rules = branch.children
        if work_out(condition, variables, declarations) == TRUE:
            return rules
    return []
