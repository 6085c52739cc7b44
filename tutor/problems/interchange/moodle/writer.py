"""Problems as questions of Moodle's XML format, of which `reader` reads the same problems back."""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from string import ascii_uppercase
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils.translation import gettext as _

from tutor.grading import Form, Kind
from tutor.problems.checks import texts_of
from tutor.problems.content import Content
from tutor.problems.expected import Expected
from tutor.problems.interchange import exportable
from tutor.problems.interchange.html_markdown import to_html
from tutor.problems.interchange.own_tags import own_tags
from tutor.problems.printing import pictures_in
from tutor.problems.records import ProblemRecord

_FOLDER = "@@PLUGINFILE@@/"  # what Moodle calls the files of a text
_SHOWN = re.compile(rf'src="{_FOLDER}([^"]{{1,100}})"')
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
        if reason := why_not(record):
            left_out.append((record.content.title, reason))
        else:
            quiz.append(_question(record))
    indent(quiz)
    return Moodle('<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, "unicode"), left_out)


def why_not(record: ProblemRecord) -> str:
    """What Moodle cannot do about this problem; empty where it can."""
    if record.content.parts:
        return _("it has parts")
    return exportable.why_not(record)


def _question(record: ProblemRecord) -> Element:
    content = record.content
    is_free_text = content.key.form == Form.FREE_TEXT
    kind = "essay" if is_free_text else _TYPES[content.key.kind]
    question = Element("question", type=kind)
    _text(SubElement(question, "name"), content.title)
    _html(question, "questiontext", content.statement)
    _html(question, "generalfeedback", content.solution)
    for name, value in (("defaultgrade", "1"), ("penalty", "0.3333333"), ("hidden", "0")):
        SubElement(question, name).text = value
    SubElement(question, "idnumber").text = record.slug
    if kind == "multichoice":
        _choices(question, content)
    elif is_free_text:
        _html(question, "graderinfo", content.key.value)
    else:
        _typed(question, content)
    for hint in content.hints:
        _html(question, "hint", hint)
    _tags(question, record)
    _attach(question, pictures_in(texts_of(content)))
    return question


def _attach(question: Element, pictures: Mapping[str, bytes]) -> None:
    """Puts beside each text the files of the pictures that it shows."""
    for element in tuple(question.iter()):
        for name in dict.fromkeys(_SHOWN.findall(element.findtext("text", ""))):
            if content := pictures.get(name):
                file = SubElement(element, "file", name=name, path="/", encoding="base64")
                file.text = b64encode(content).decode()


def _choices(question: Element, content: Content) -> None:
    rows = {row.answer.strip(): row for row in content.expected}
    is_single = len(_letters(content)) == 1
    SubElement(question, "single").text = "true" if is_single else "false"
    SubElement(question, "shuffleanswers").text = "false"
    SubElement(question, "answernumbering").text = "ABCD"
    shares = _shares(content, rows)
    for letter, choice, share in zip(ascii_uppercase, content.choices, shares, strict=False):
        answer = _html(question, "answer", choice, fraction=share)
        _html(answer, "feedback", rows[letter].feedback if letter in rows else "")


def _letters(content: Content) -> set[str]:
    return set(re.findall("[A-Z]", content.key.value))


def _shares(content: Content, rows: Mapping[str, Expected]) -> list[str]:
    """The percent of each choice; a wrong one takes all points where several are right."""
    if content.key.shares:
        return content.key.shares.split()
    right = _letters(content)
    if len(right) > 1:
        share = f"{100 / len(right):.7g}"
        return [share if letter in right else "-100" for letter in _used(content)]
    percents = {letter: row.percent for letter, row in rows.items()} | dict.fromkeys(right, 100)
    return [str(percents.get(letter, 0)) for letter in _used(content)]


def _used(content: Content) -> str:
    return ascii_uppercase[: len(content.choices)]


def _typed(question: Element, content: Content) -> None:
    key = content.key
    is_number = key.kind != Kind.TEXT
    if not is_number:
        SubElement(question, "usecase").text = "0" if key.ignore_case else "1"
    right = Expected(key.value, percent=100, tolerance=key.tolerance or "")
    own = [row for row in content.expected if row.is_right and row.answer == key.value]
    rows = [replace(right, feedback=row.feedback) for row in own[:1]] or [right]
    for row in [*rows, *(row for row in content.expected if row not in own[:1])]:
        percent = str(row.percent)
        answer = SubElement(question, "answer", fraction=percent, format="moodle_auto_format")
        is_plain = is_number or row.is_every_other
        _text(answer, row.answer if is_plain else row.answer.replace("*", "\\*"))
        _html(answer, "feedback", row.feedback)
        if is_number:
            SubElement(answer, "tolerance").text = row.tolerance or "0"
    if key.unit:
        unit = SubElement(SubElement(question, "units"), "unit")
        SubElement(unit, "multiplier").text = "1"
        SubElement(unit, "unit_name").text = key.unit
        SubElement(question, "unitgradingtype").text = "0" if key.unit_optional else "1"
        SubElement(question, "unitpenalty").text = "1"
        SubElement(question, "showunits").text = "0"


def _tags(question: Element, record: ProblemRecord) -> None:
    tags = SubElement(question, "tags")
    for tag in own_tags(record):
        _text(SubElement(tags, "tag"), tag)


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _html(parent: Element, name: str, markdown: str, **attributes: str) -> Element:
    element = SubElement(parent, name, {"format": "html", **attributes})
    _text(element, to_html(markdown, _FOLDER))
    return element
