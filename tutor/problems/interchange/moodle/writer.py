"""Problems as questions of Moodle's XML format, of which `reader` reads the same problems back."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils.translation import override

from tutor.grading import AnswerKey, Form, Kind
from tutor.problems.content import Content
from tutor.problems.expected import expected_in
from tutor.problems.interchange import exportable
from tutor.problems.interchange.html_markdown import to_html
from tutor.problems.interchange.moodle.calculated_writer import CalculatedQuestion, calculated
from tutor.problems.interchange.moodle.cloze_writer import text_with_gaps, why_not_gaps
from tutor.problems.interchange.moodle.told_answers import (
    letters_in,
    told_choices,
    typed_answers,
)
from tutor.problems.interchange.own_tags import fits, own_tags, tags_of
from tutor.problems.interchange.pairs import are_pairs
from tutor.problems.interchange.portable import Portable
from tutor.problems.interchange.variants import FirstAnswers, first_answers, variants_of
from tutor.problems.parts import hints_of
from tutor.problems.records import ProblemRecord

_COURSE = "$course$/top/"
_FOLDER = "@@PLUGINFILE@@/"  # what Moodle calls the files of a text
_SHOWN = re.compile(rf'src="{_FOLDER}([^"]{{1,100}})"')
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # not even XML can say them
# What a question has a place for.
_NATIVE = ("category", "unit", "unit_optional", "relative", "tolerance")


@dataclass(frozen=True)
class Moodle:
    """The file, and why some problems are not in it."""

    xml: str
    left_out: exportable.Reasons


def write_moodle(
    records: Iterable[ProblemRecord], pictures: Mapping[str, bytes] = exportable.NO_PICTURES
) -> Moodle:
    """pictures: by name, those that the problems show."""
    judged = [(record, why_not(record)) for record in records]
    quiz = Element("quiz")
    category = ""
    writable = [record for record, reason in judged if not reason]
    for record in sorted(writable, key=_order_of_categories(writable)):
        if record.category != category:
            category = record.category
            quiz.append(_category(category))
        with override(record.content.language):  # in which figures say what they show
            for question, content in _questions(record):
                _attach(question, exportable.files_shown(content, pictures))
                quiz.append(question)
    indent(quiz)
    xml = '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, "unicode")
    return Moodle(xml, [(record.content.title, reason) for record, reason in judged if reason])


def left_out(
    records: Iterable[ProblemRecord], first: FirstAnswers = first_answers
) -> exportable.Reasons:
    return exportable.left_out(records, lambda record: why_not(record, first))


def compared_by_letters(
    records: Iterable[ProblemRecord], first: FirstAnswers = first_answers
) -> list[str]:
    """The titles of those whose answers Moodle takes only as they are written."""
    return [
        record.content.title
        for record in records
        if not why_not(record, first)
        and any(map(exportable.is_as_text, _keys(_portable(first(record)).content)))
    ]


def why_not(record: ProblemRecord, first: FirstAnswers = first_answers) -> str:
    """What Moodle cannot do about this problem; empty where it can.

    Of a problem with parameters, the answers of the first variant decide.
    """
    kinds = map(exportable.why_no_kind, _keys(record.content))
    reasons = (exportable.why_never, exportable.why_no_carrying)
    never = next(filter(None, (reason(record.content) for reason in reasons)), "")
    if reason := never or next(filter(None, kinds), ""):
        return reason
    reason = _why_not_as_it_is(first(record))
    return "" if reason and _calculation(record) else reason


def _calculation(record: ProblemRecord) -> CalculatedQuestion | None:
    calculation = calculated(record.content)
    return calculation if calculation and fits(_tags_with(record, calculation)) else None


def _tags_with(record: ProblemRecord, calculation: CalculatedQuestion) -> list[str]:
    return [*_tags_of(record, calculation.written), *calculation.tags]


def _why_not_as_it_is(record: ProblemRecord) -> str:
    if reason := exportable.why_not(record):
        return reason
    portable = _portable(record)
    if not fits(_tags_of(record, portable.written)):
        return exportable.too_long()
    content = portable.content
    rows = expected_in if content.parts else (lambda _n, expected, _count: expected)
    for n, key in enumerate(_keys(content)):
        told = rows(n, content.expected, len(content.parts))
        if exportable.is_as_text(key) and (reason := exportable.why_no_text(key)):
            return reason
        if reason := exportable.why_no_shares(key) or exportable.why_no_row(key, told):
            return reason
    is_in_gaps = content.parts and not are_pairs(content)
    return why_not_gaps(content) if is_in_gaps else ""


def _portable(record: ProblemRecord) -> Portable:
    return Portable.of(record.content, knows_commas=True)


def _keys(content: Content) -> list[AnswerKey]:
    return [part.key for part in content.parts] or [content.key]


def _order_of_categories(records: Iterable[ProblemRecord]) -> Callable[[ProblemRecord], int]:
    """As they come, but first what has none: a file cannot leave a category again."""
    names = dict.fromkeys(["", *(record.category for record in records)])
    positions = {name: position for position, name in enumerate(names)}
    return lambda record: positions[record.category]


def _category(path: str) -> Element:
    question = Element("question", type="category")
    _text(SubElement(question, "category"), f"{_COURSE}{path}")
    return question


def _questions(record: ProblemRecord) -> Iterator[tuple[Element, Content]]:
    """Each with what it shows."""
    if calculation := _calculation(record):
        yield _calculated(record, calculation), calculation.content
        return
    for variant in variants_of(record):
        if not _why_not_as_it_is(variant):
            yield _question(variant), variant.content


def _type(content: Content) -> str:
    if content.parts:
        return "matching" if are_pairs(content) else "cloze"
    if content.key.kind == Kind.TEXT and content.key.form == Form.FREE_TEXT:
        return "essay"
    if content.key.kind == Kind.CHOICE:
        return "multichoice"
    return "numerical" if exportable.is_decimal(content.key) else "shortanswer"


def _tags_of(record: ProblemRecord, written: Mapping[str, str]) -> list[str]:
    content, tags = record.content, own_tags(record, native=_NATIVE, written=written)
    if content.hints and hints_of(content.parts):  # Moodle has all hints together
        tags += tags_of([("hints", str(len(content.hints)))])
    return tags


def _begun(kind: str, record: ProblemRecord, content: Content) -> Element:
    """A question up to its answers."""
    question = Element("question", type=kind)
    _text(SubElement(question, "name"), content.title)
    if kind == "cloze":
        text = SubElement(question, "questiontext", format="html")
        _text(text, text_with_gaps(content, _FOLDER))
    else:
        _html(question, "questiontext", content.statement)
    _html(question, "generalfeedback", content.solution)
    for name, value in (("defaultgrade", "1"), ("penalty", "0.3333333"), ("hidden", "0")):
        SubElement(question, name).text = value
    SubElement(question, "idnumber").text = record.slug
    return question


def _ended(question: Element, content: Content, tags: Iterable[str]) -> Element:
    for hint in (*content.hints, *hints_of(content.parts)):
        _html(question, "hint", hint)
    element = SubElement(question, "tags")
    for tag in tags:
        _text(SubElement(element, "tag"), tag)
    return question


def _calculated(record: ProblemRecord, calculation: CalculatedQuestion) -> Element:
    content = calculation.content
    question = _begun("calculated", record, content)
    for row in calculation.answers:
        is_share = content.key.relative and row is calculation.answers[0]
        answer = SubElement(question, "answer", fraction=str(row.percent))
        _text(answer, row.answer)
        SubElement(answer, "tolerance").text = row.tolerance or "0"
        SubElement(answer, "tolerancetype").text = "1" if is_share else "2"
        SubElement(answer, "correctanswerformat").text = "1"
        SubElement(answer, "correctanswerlength").text = str(calculation.places)
        _html(answer, "feedback", row.feedback)
    _unit(question, content.key)
    question.append(calculation.datasets)
    return _ended(question, content, _tags_with(record, calculation))


def _question(record: ProblemRecord) -> Element:
    portable = _portable(record)
    content = portable.content
    kind = _type(content)
    question = _begun(kind, record, content)
    if kind == "essay":
        _html(question, "graderinfo", content.key.value)
    elif kind in _ANSWERS:
        _ANSWERS[kind](question, content)
    return _ended(question, content, _tags_of(record, portable.written))


def _attach(question: Element, files: Mapping[str, bytes]) -> None:
    """Puts beside each text the files of the pictures that it shows."""
    for element in tuple(question.iter()):
        for name in dict.fromkeys(_SHOWN.findall(element.findtext("text", ""))):
            if content := files.get(name):
                file = SubElement(element, "file", name=name, path="/", encoding="base64")
                file.text = b64encode(content).decode()


def _choices(question: Element, content: Content) -> None:
    is_single = len(letters_in(content.key)) == 1
    SubElement(question, "single").text = "true" if is_single else "false"
    SubElement(question, "shuffleanswers").text = "false"
    SubElement(question, "answernumbering").text = "ABCD"
    for choice in told_choices(content.key, content.choices, content.expected):
        answer = _html(question, "answer", choice.text, fraction=choice.percent)
        _html(answer, "feedback", choice.feedback)
    if others := [row.feedback for row in content.expected if row.is_every_other]:
        _html(question, "incorrectfeedback", others[0])


def _pairs(question: Element, content: Content) -> None:
    """Each part is matched with its right choice; the others fit nothing."""
    SubElement(question, "shuffleanswers").text = "false"
    choices = dict(zip(ascii_uppercase, content.parts[0].choices, strict=False))
    pairs = [(part.prompt, choices[part.key.value.strip()]) for part in content.parts]
    matched = {answer for _prompt, answer in pairs}
    pairs += [("", answer) for answer in choices.values() if answer not in matched]
    for prompt, answer in pairs:
        pair = _html(question, "subquestion", prompt)
        _text(SubElement(pair, "answer"), answer)


def _typed(question: Element, content: Content) -> None:
    key = content.key
    is_number = exportable.is_decimal(key)
    if not is_number:
        SubElement(question, "usecase").text = "0" if key.ignore_case else "1"
    for row in typed_answers(key, content.expected):
        percent = str(row.percent)
        answer = SubElement(question, "answer", fraction=percent, format="moodle_auto_format")
        _text(answer, row.answer)
        _html(answer, "feedback", row.feedback)
        if is_number:
            SubElement(answer, "tolerance").text = row.tolerance or "0"
    _unit(question, key)


def _unit(question: Element, key: AnswerKey) -> None:
    if key.unit:
        unit = SubElement(SubElement(question, "units"), "unit")
        SubElement(unit, "multiplier").text = "1"
        SubElement(unit, "unit_name").text = key.unit
        SubElement(question, "unitgradingtype").text = "0" if key.unit_optional else "1"
        SubElement(question, "unitpenalty").text = "1"
        SubElement(question, "showunits").text = "0"


_ANSWERS = {
    "multichoice": _choices,
    "matching": _pairs,
    "numerical": _typed,
    "shortanswer": _typed,
}


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _html(parent: Element, name: str, markdown: str, **attributes: str) -> Element:
    element = SubElement(parent, name, {"format": "html", **attributes})
    _text(element, to_html(markdown, _FOLDER))
    return element
