"""Problems as questions of Moodle's XML format, of which `moodle` reads the same problems back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils.translation import gettext as _

from tutor.grading import Form, Kind
from tutor.problems.content import Content, ProblemRecord
from tutor.problems.interchange.html_markdown import to_html
from tutor.problems.interchange.moodle_reader import OWN_TAG
from tutor.problems.labels import KIND_NAMES

_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # not even XML can say them
_TYPES = {
    Kind.NUMBER: "numerical",
    Kind.QUANTITY: "numerical",
    Kind.CHOICE: "multichoice",
    Kind.TEXT: "shortanswer",
}


@dataclass(frozen=True)
class Moodle:
    """The file, and why some problems are not in it: pairs of a title and a reason."""

    xml: str
    left_out: list[tuple[str, str]]


def write_moodle(records: Iterable[ProblemRecord]) -> Moodle:
    quiz = Element("quiz")
    left_out = []
    for record in records:
        if reason := why_not(record.content):
            left_out.append((record.content.title, reason))
        else:
            quiz.append(_question(record))
    indent(quiz)
    return Moodle('<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, "unicode"), left_out)


def why_not(content: Content) -> str:
    """What Moodle cannot do about this problem; empty where it can."""
    key = content.key
    if content.parts:
        return _("it has parts")
    if content.parameters.strip():
        return _("it has other numbers for each student")
    if key.kind not in _TYPES:
        return _("Moodle cannot judge an answer of the kind “%(kind)s”") % {
            "kind": KIND_NAMES[key.kind]
        }
    is_number = _TYPES[key.kind] == "numerical"
    if key.form != Form.ANY or key.relative:
        return _("Moodle does not know the form or the relative tolerance of its answer")
    if is_number and not _DECIMAL.fullmatch(key.value):
        return _("the answer is not a decimal")
    return ""


def _question(record: ProblemRecord) -> Element:
    content = record.content
    kind = _TYPES[content.key.kind]
    question = Element("question", type=kind)
    _text(SubElement(question, "name"), content.title)
    _html(question, "questiontext", content.statement)
    _html(question, "generalfeedback", content.solution)
    for name, value in (("defaultgrade", "1"), ("penalty", "0.3333333"), ("hidden", "0")):
        SubElement(question, name).text = value
    SubElement(question, "idnumber").text = record.slug
    if kind == "multichoice":
        _choices(question, content)
    else:
        _typed(question, content)
    for hint in content.hints:
        _html(question, "hint", hint)
    _tags(question, record)
    return question


def _choices(question: Element, content: Content) -> None:
    right = set(re.findall("[A-Z]", content.key.value))
    feedback = {row.answer.strip(): row.feedback for row in content.expected}
    share = f"{100 / len(right):.7g}"
    SubElement(question, "single").text = "true" if len(right) == 1 else "false"
    SubElement(question, "shuffleanswers").text = "false"
    SubElement(question, "answernumbering").text = "ABCD"
    for number, choice in enumerate(content.choices):
        letter = chr(ord("A") + number)
        fraction = share if letter in right else "0"
        answer = _html(question, "answer", choice, fraction=fraction)
        _html(answer, "feedback", feedback.get(letter, ""))


def _typed(question: Element, content: Content) -> None:
    key = content.key
    is_number = key.kind != Kind.TEXT
    if not is_number:
        SubElement(question, "usecase").text = "0" if key.ignore_case else "1"
    rows = [(key.value, "100", "")]
    rows += [
        (row.answer, "0", row.feedback)
        for row in content.expected
        if not is_number or _DECIMAL.fullmatch(row.answer)
    ]
    for value, fraction, feedback in rows:
        answer = SubElement(question, "answer", fraction=fraction, format="moodle_auto_format")
        _text(answer, value if is_number else value.replace("*", "\\*"))
        _html(answer, "feedback", feedback)
        if is_number:
            SubElement(answer, "tolerance").text = key.tolerance or "0"
    if key.unit:
        unit = SubElement(SubElement(question, "units"), "unit")
        SubElement(unit, "multiplier").text = "1"
        SubElement(unit, "unit_name").text = key.unit
        SubElement(question, "unitgradingtype").text = "0" if key.unit_optional else "1"
        SubElement(question, "unitpenalty").text = "1"
        SubElement(question, "showunits").text = "0"


def _tags(question: Element, record: ProblemRecord) -> None:
    content = record.content
    own = {"level": str(content.level), "language": content.language}
    if content.key.kind == Kind.TEXT:
        own["kind"] = "text"
    tags = SubElement(question, "tags")
    for tag in [*record.skills, *(f"{OWN_TAG}{name}={value}" for name, value in own.items())]:
        _text(SubElement(tags, "tag"), tag)


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _html(parent: Element, name: str, markdown: str, **attributes: str) -> Element:
    element = SubElement(parent, name, {"format": "html", **attributes})
    _text(element, to_html(markdown))
    return element
