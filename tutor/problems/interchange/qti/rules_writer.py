"""What an item of QTI counts, and what it tells: a rule for each answer that it knows."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from tutor.grading import Kind
from tutor.problems.expected import FULL, Expected
from tutor.problems.interchange.qti.carried import expression_of, letters_of, not_empty
from tutor.problems.interchange.qti.elements import plain
from tutor.problems.interchange.qti.item_questions import ExportedQuestion
from tutor.problems.interchange.qti.several_numbers import orders
from tutor.problems.parts import Part

_ROUNDED = {"toleranceMode": "relative", "tolerance": "0.000001 0.000001"}  # percent


def add_rules(
    processing: Element, question: ExportedQuestion, feedback: list[tuple[str, str]]
) -> None:
    """Adds the points of one question, and notes its feedback."""
    if question.is_free:
        return
    if question.takes_several:
        _score_several(processing, question, feedback)
        return
    condition = SubElement(processing, "responseCondition")
    empty = SubElement(SubElement(condition, "responseIf"), "isNull")
    SubElement(empty, "variable", identifier=question.fields[0])
    for position, row in enumerate(_rows(question)):
        if row.is_every_other:
            branch = SubElement(condition, "responseElse")
        else:
            branch = SubElement(condition, "responseElseIf")
            _compare(branch, question, row)
        if row.percent:
            add_points(branch, question.share * row.percent / FULL)
        _tell(branch, question, row.feedback, feedback)
        if question.carried and position == 0:  # behind the right answer
            _score_carried(condition, question, question.carried)


def _score_carried(condition: Element, question: ExportedQuestion, part: Part) -> None:
    """What follows from the student's own answers to earlier parts."""
    branch = SubElement(condition, "responseElseIf")
    together = SubElement(branch, "and")
    used = [name for letter, name in question.earlier.items() if letter in letters_of(part)]
    together.extend(map(not_empty, used))
    width = question.key.tolerance
    mode = {"toleranceMode": "absolute", "tolerance": f"{width} {width}"} if width else _ROUNDED
    equal = SubElement(together, "equal", mode)
    SubElement(equal, "variable", identifier=question.name)
    equal.append(expression_of(part, question.earlier))
    add_points(branch, question.share * part.carried_percent / FULL)


def _rows(question: ExportedQuestion) -> Iterator[Expected]:
    """The right answer, the expected ones, and last what every other answer gets."""
    key = question.key
    own = [row for row in question.rows if row.is_right and row.answer == key.value]
    sentence = own[0].feedback if own else ""
    yield Expected(key.value, sentence, FULL, key.tolerance or "")
    yield from (row for row in question.rows if row not in own[:1] and not row.is_every_other)
    yield from [row for row in question.rows if row.is_every_other][:1]


def _compare(branch: Element, question: ExportedQuestion, row: Expected) -> None:
    if question.is_several:
        _compare_numbers(branch, question, row)
        return
    if question.is_number:
        mode = {"toleranceMode": "absolute", "tolerance": f"{row.tolerance} {row.tolerance}"}
        element = SubElement(branch, "equal", mode if row.tolerance else {"toleranceMode": "exact"})
    elif question.key.kind == Kind.CHOICE:
        element = SubElement(branch, "match")
    else:
        case = "false" if question.key.ignore_case else "true"
        element = SubElement(branch, "stringMatch", caseSensitive=case)
    SubElement(element, "variable", identifier=question.name)
    SubElement(element, "baseValue", baseType=question.base_type).text = plain(row.answer.strip())


def _compare_numbers(branch: Element, question: ExportedQuestion, row: Expected) -> None:
    in_orders = SubElement(branch, "or")
    for numbers in orders(row.answer, question.key):
        together = SubElement(in_orders, "and")
        for name, number in zip(question.fields, numbers, strict=True):
            equal = SubElement(together, "equal", toleranceMode="exact")
            SubElement(equal, "variable", identifier=name)
            SubElement(equal, "baseValue", baseType="float").text = number


def _score_several(
    processing: Element, question: ExportedQuestion, feedback: list[tuple[str, str]]
) -> None:
    if question.is_all_or_nothing:
        branch = SubElement(SubElement(processing, "responseCondition"), "responseIf")
        _compare_with_all(branch, question)
        add_points(branch, question.share)
    else:
        total = SubElement(SubElement(processing, "setOutcomeValue", identifier="SCORE"), "sum")
        SubElement(total, "variable", identifier="SCORE")
        SubElement(total, "mapResponse", identifier=question.name)
    for row in question.rows:
        branch = SubElement(SubElement(processing, "responseCondition"), "responseIf")
        if row.is_every_other:
            _compare_with_all(SubElement(branch, "not"), question)
        else:
            element = SubElement(branch, "member")
            SubElement(element, "baseValue", baseType="identifier").text = row.answer.strip()
            SubElement(element, "variable", identifier=question.name)
        _tell(branch, question, row.feedback, feedback)


def _compare_with_all(parent: Element, question: ExportedQuestion) -> None:
    match = SubElement(parent, "match")
    SubElement(match, "variable", identifier=question.name)
    SubElement(match, "correct", identifier=question.name)


def add_points(branch: Element, points: float) -> None:
    total = SubElement(SubElement(branch, "setOutcomeValue", identifier="SCORE"), "sum")
    SubElement(total, "variable", identifier="SCORE")
    SubElement(total, "baseValue", baseType="float").text = f"{points:.10g}"


def _tell(
    branch: Element, question: ExportedQuestion, text: str, feedback: list[tuple[str, str]]
) -> None:
    if not text:
        return
    name = f"{question.name}_{len(feedback) + 1}"
    feedback.append((name, text))
    names = SubElement(SubElement(branch, "setOutcomeValue", identifier="FEEDBACK"), "multiple")
    SubElement(names, "variable", identifier="FEEDBACK")
    SubElement(names, "baseValue", baseType="identifier").text = name
