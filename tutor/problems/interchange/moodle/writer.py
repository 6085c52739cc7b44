"""Problems as questions of Moodle's XML format, of which `reader` reads the same problems back."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from string import ascii_uppercase
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tutor.figures import references_in
from tutor.grading import Form, Kind
from tutor.problems.checks import texts_of
from tutor.problems.content import Content, InvalidRecord
from tutor.problems.interchange import exportable
from tutor.problems.interchange.html_markdown import to_html
from tutor.problems.interchange.moodle.cloze_writer import text_with_gaps, why_not_gaps
from tutor.problems.interchange.moodle.told_answers import (
    letters_in,
    told_choices,
    typed_answers,
)
from tutor.problems.interchange.own_tags import own_tags
from tutor.problems.interchange.questions import gap
from tutor.problems.parts import hints_of
from tutor.problems.printing import pictures_in
from tutor.problems.records import ProblemRecord

MAX_VARIANTS = 5  # of a problem with parameters, which Moodle's random question draws from
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
    """The file, and why some problems are not in it."""

    xml: str
    left_out: exportable.Reasons


def write_moodle(records: Iterable[ProblemRecord]) -> Moodle:
    records = list(records)
    quiz = Element("quiz")
    for variant in (variant for record in records for variant in _variants(record)):
        if not _why_not_as_it_is(variant):
            quiz.append(_question(variant))
    indent(quiz)
    xml = '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, "unicode")
    return Moodle(xml, left_out(records))


def left_out(records: Iterable[ProblemRecord]) -> exportable.Reasons:
    return exportable.left_out(records, why_not)


def why_not(record: ProblemRecord) -> str:
    """What Moodle cannot do about this problem; empty where it can.

    Of a problem with parameters, the answers of the first variant decide. Its texts are not filled
    in, which would take as long again as working out the answers.
    """
    content = record.content
    if content.parameters.strip() and not content.parts:
        content = replace(content, statement="", solution="", hints=(), drawing="")
    answers = replace(record, content=content)
    return exportable.why_no_variant(content) or _why_not_as_it_is(next(_drawn(answers)))


def _why_not_as_it_is(record: ProblemRecord) -> str:
    content = record.content
    is_in_gaps = content.parts and not _is_matching(content)
    return exportable.why_not(record) or (why_not_gaps(content) if is_in_gaps else "")


def _variants(record: ProblemRecord) -> Iterator[ProblemRecord]:
    """Different ones, with numbers behind their titles; the problem itself without parameters."""
    if why_not(record):
        return
    if not record.content.parameters.strip():
        yield record
        return
    variants = {variant.content: variant for variant in _drawn(record)}
    for number, variant in enumerate(variants.values(), 1):
        content = replace(variant.content, title=f"{variant.content.title} ({number})")
        yield replace(variant, slug=f"{variant.slug}-{number}", content=content)


def _drawn(record: ProblemRecord) -> Iterator[ProblemRecord]:
    for seed in range(1, MAX_VARIANTS + 1):
        try:
            yield replace(record, content=record.content.variant(seed))
        except InvalidRecord:  # stored past the checks
            yield record


def _type(content: Content) -> str:
    if content.parts:
        return "matching" if _is_matching(content) else "cloze"
    return "essay" if content.key.form == Form.FREE_TEXT else _TYPES[content.key.kind]


def _is_matching(content: Content) -> bool:
    """Whether all parts choose one of the same sorted choices, and nothing else is said."""
    first = content.parts[0]
    return (
        not content.expected
        and list(first.choices) == sorted(set(first.choices))
        and all(
            part == replace(first, prompt=part.prompt, key=part.key)
            and part.key.kind == Kind.CHOICE
            and len(letters_in(part.key)) == 1
            and not references_in("".join(part.choices))
            for part in content.parts
        )
        and (first.share, first.hints, first.carried) == (1, (), "")
        and not any(gap(n) in content.statement for n in range(len(content.parts)))
    )


def _question(record: ProblemRecord) -> Element:
    content = record.content
    kind = _type(content)
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
    if kind == "essay":
        _html(question, "graderinfo", content.key.value)
    elif kind in _ANSWERS:
        _ANSWERS[kind](question, content)
    for hint in (*content.hints, *hints_of(content.parts)):
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
    is_single = len(letters_in(content.key)) == 1
    SubElement(question, "single").text = "true" if is_single else "false"
    SubElement(question, "shuffleanswers").text = "false"
    SubElement(question, "answernumbering").text = "ABCD"
    for choice in told_choices(content.key, content.choices, content.expected):
        answer = _html(question, "answer", choice.text, fraction=choice.percent)
        _html(answer, "feedback", choice.feedback)


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
    is_number = key.kind != Kind.TEXT
    if not is_number:
        SubElement(question, "usecase").text = "0" if key.ignore_case else "1"
    for row in typed_answers(key, content.expected):
        percent = str(row.percent)
        answer = SubElement(question, "answer", fraction=percent, format="moodle_auto_format")
        _text(answer, row.answer)
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


_ANSWERS = {
    "multichoice": _choices,
    "matching": _pairs,
    "numerical": _typed,
    "shortanswer": _typed,
}


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
