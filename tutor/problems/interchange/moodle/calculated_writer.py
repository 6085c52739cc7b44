"""A problem with parameters as one of Moodle's calculated questions, where it can be one.

Moodle puts numbers into a text as they are. So this is only for texts whose variants say just that:
whole numbers and decimals, and no sign of a negative number behind another sign. All else goes out
as variants.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from xml.etree.ElementTree import Element, SubElement

from tutor.figures import blocks_in
from tutor.grading import Kind
from tutor.problems.conditions import is_condition
from tutor.problems.content import Content
from tutor.problems.expected import Expected
from tutor.problems.interchange.calculations import numbers_between, own_name
from tutor.problems.interchange.exportable import NUMBER_FORMS
from tutor.problems.interchange.moodle.calculated import Wildcards, digest
from tutor.problems.interchange.moodle.formulas import NoFormula, as_formula, in_text
from tutor.problems.interchange.moodle.told_answers import with_right_one
from tutor.problems.interchange.own_tags import PREFIX
from tutor.problems.interchange.portable import decimal_of
from tutor.problems.parameters import InvalidParameters, Parameters, Range, Values
from tutor.problems.placeholders import fill

DATASETS = 20  # rows of numbers that Moodle draws one of
_PLACEHOLDER = re.compile(r"\[\[([^\[\]:]{1,200})(?::([a-z]{1,20}))?\]\]")
_MAX_PLACES = 9

Numbers = dict[str, Fraction]


@dataclass(frozen=True)
class CalculatedQuestion:
    """content: with wildcards in its texts. answers: formulas, the right one first.

    places: of the right answer. written: see OwnTags. datasets: the numbers of each wildcard.
    """

    content: Content
    answers: list[Expected]
    places: int
    written: dict[str, str]
    tags: list[str]
    datasets: Element


def calculated(content: Content) -> CalculatedQuestion | None:
    """None where Moodle would not say or count the same."""
    if not _may_be(content):
        return None
    try:
        return _Calculation.of(content).question()
    except (NoFormula, InvalidParameters):
        return None


def _may_be(content: Content) -> bool:
    key = content.key
    return (
        bool(content.parameters.strip())
        and not (content.parts or content.choices or content.drawing)
        and key.kind in (Kind.NUMBER, Kind.QUANTITY)
        and key.form in NUMBER_FORMS
        and not key.decimal_comma
        and not any(is_condition(row.answer, key) for row in content.expected)
    )


@dataclass(frozen=True)
class _Calculation:
    """A problem, and the numbers of its first variants."""

    content: Content
    parameters: Parameters
    rows: list[Numbers]

    @classmethod
    def of(cls, content: Content) -> "_Calculation":
        parameters = Parameters.read(content.parameters)
        if any(own_name(name, ()) != name for name in parameters.sources):
            raise NoFormula
        rows = [_numbers(parameters.values_of(seed)) for seed in range(1, DATASETS + 1)]
        different = {tuple(row.values()): row for row in rows}
        return cls(content, parameters, list(different.values()))

    def question(self) -> CalculatedQuestion:
        content = self.content
        rows = with_right_one(content.key, content.expected)
        answers = [replace(row, answer=self._formula(row.answer)) for row in rows]
        reading = self._reading()
        written = {
            reading.formula(row.answer): own.answer for row, own in zip(answers, rows, strict=True)
        }
        return CalculatedQuestion(
            replace(
                content,
                statement=self._text(content.statement),
                solution=self._text(content.solution),
                hints=tuple(map(self._text, content.hints)),
                expected=(),
            ),
            [replace(row, feedback=self._text(row.feedback)) for row in answers],
            self._places(),
            {there: here for there, here in written.items() if there != here},
            self._tags(),
            self._datasets(),
        )

    def _formula(self, answer: str) -> str:
        return answer if answer.strip() == "*" else as_formula(answer, self.parameters)

    def _reading(self) -> Wildcards:
        return Wildcards({name: name for name in self.parameters.sources})

    def _places(self) -> int:
        """Raises NoFormula where a right answer has too many of them, and must be met exactly."""
        key = self.content.key
        expression = _PLACEHOLDER.sub(r"(\1)", key.value)
        values = [self.parameters.work_out(expression, row) for row in self.rows]
        decimals = [decimal_of(value) for value in values if isinstance(value, Fraction)]
        if not all(decimals) and not key.tolerance:
            raise NoFormula
        return min(_MAX_PLACES, max(map(_places_of, decimals)))

    def _text(self, text: str) -> str:
        """With wildcards. Raises NoFormula where Moodle, or our reader, would say otherwise."""
        if any(_PLACEHOLDER.search(block.source) for block in blocks_in(text)):
            raise NoFormula  # Moodle puts no numbers into pictures
        names = set(self.parameters.sources)
        written = _PLACEHOLDER.sub(lambda match: _wildcard(match, names), text)
        if self._reading().fill(written) != text:
            raise NoFormula
        decimals = _PLACEHOLDER.sub(r"[[\1:decimal]]", text)
        for row in self.rows if written != text else ():
            if fill(decimals, self.parameters, row) != self._as_moodle(text, row):
                raise NoFormula
        return written

    def _as_moodle(self, text: str, row: Numbers) -> str:
        def number(match: re.Match[str]) -> str:
            value = self.parameters.work_out(match[1], row)
            return decimal_of(value) if isinstance(value, Fraction) else ""

        return _PLACEHOLDER.sub(number, text)

    def _tags(self) -> list[str]:
        """The declarations, if the numbers alone do not tell them."""
        if self._told() == self.content.parameters:
            return []
        lines = self.content.parameters.split("\n")
        return [
            *(f"{PREFIX}parameters={line}" for line in lines),
            f"{PREFIX}datasets={digest(dict(self._columns()))}",
        ]

    def _told(self) -> str:
        """What our reader makes of ranges."""
        lines = []
        for name, source in self.parameters.sources.items():
            if not isinstance(source, Range) or source.first == source.last:
                return ""
            places = _places_of(decimal_of(source.step))
            first, last = (Decimal(decimal_of(edge)) for edge in (source.first, source.last))
            lines.append(numbers_between(name, first, last, places))
        return "\n".join(lines)

    def _columns(self) -> Iterator[tuple[str, list[str]]]:
        for name in self.parameters.sources:
            yield name, [decimal_of(row[name]) for row in self.rows]

    def _datasets(self) -> Element:
        definitions = Element("dataset_definitions")
        for name, values in self._columns():
            source = self.parameters.sources[name]
            numbers = [row[name] for row in self.rows]
            edges = (
                (source.first, source.last)
                if isinstance(source, Range)
                else (min(numbers), max(numbers))
            )
            definitions.append(_definition(name, values, *map(decimal_of, edges)))
        return definitions


def _numbers(values: Values) -> Numbers:
    """Raises NoFormula where they are no decimals."""
    numbers = {name: value for name, value in values.items() if isinstance(value, Fraction)}
    texts = [decimal_of(value) for value in numbers.values()]
    if len(numbers) < len(values) or not all(texts) or max(map(_places_of, texts)) > _MAX_PLACES:
        raise NoFormula
    return numbers


def _places_of(decimal: str) -> int:
    return len(decimal.partition(".")[2])


def _wildcard(match: re.Match[str], names: set[str]) -> str:
    expression, written_as = match.groups()
    if written_as == "decimal" and expression.strip() in names:
        return f"{{{expression.strip()}}}"
    if written_as:
        raise NoFormula
    return f"{{={in_text(expression, names)}}}"


def _definition(name: str, values: list[str], lowest: str, highest: str) -> Element:
    definition = Element("dataset_definition")
    for tag, text in (("status", "private"), ("name", name)):
        SubElement(SubElement(definition, tag), "text").text = text
    SubElement(definition, "type").text = "calculated"
    places = str(max(map(_places_of, [*values, lowest, highest])))
    edges = (("minimum", lowest), ("maximum", highest), ("decimals", places))
    for tag, text in (("distribution", "uniform"), *edges):
        SubElement(SubElement(definition, tag), "text").text = text
    SubElement(definition, "itemcount").text = str(len(values))
    items = SubElement(definition, "dataset_items")
    for number, value in enumerate(values, start=1):
        item = SubElement(items, "dataset_item")
        SubElement(item, "number").text = str(number)
        SubElement(item, "value").text = value
    SubElement(definition, "number_of_items").text = str(len(values))
    return definition
