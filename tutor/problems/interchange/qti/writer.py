"""Problems as a package of QTI 2.1 items, of which `package` reads the same problems back."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from django.utils.translation import gettext as _

from tutor.grading import AnswerKey, Form, Kind
from tutor.grading.multipart import LETTERS
from tutor.problems.checks import texts_of
from tutor.problems.content import Content
from tutor.problems.expected import FULL, Expected, expected_in
from tutor.problems.interchange import exportable
from tutor.problems.interchange.html_markdown import to_html
from tutor.problems.interchange.own_tags import PREFIX, own_tags
from tutor.problems.interchange.qti.version_2 import HINT, PART
from tutor.problems.printing import pictures_in
from tutor.problems.records import ProblemRecord

_NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_FOLDER = "pictures/"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MOMENT = (2020, 1, 1, 0, 0, 0)  # of every file, so that the same problems give the same package


@dataclass(frozen=True)
class QtiPackage:
    """The archive, and why some problems are not in it."""

    data: bytes
    left_out: exportable.Reasons


@dataclass(frozen=True)
class _Question:
    """One thing to answer. share: its points. rows: its expected answers."""

    name: str
    key: AnswerKey
    choices: Sequence[str]
    rows: Sequence[Expected]
    share: int = 1

    @property
    def right(self) -> list[str]:
        return re.findall("[A-Z]", self.key.value) if self.key.kind == Kind.CHOICE else []

    @property
    def takes_several(self) -> bool:
        return len(self.right) > 1


def write_package(records: Iterable[ProblemRecord]) -> QtiPackage:
    manifest = Element("manifest", xmlns=_PACKAGE, identifier="lemma")
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    reasons = []
    data = io.BytesIO()
    shown: set[str] = set()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for record in records:
            if reason := why_not(record):
                reasons.append((record.content.title, reason))
                continue
            path = f"items/{record.slug}.xml"
            _add(archive, path, _item(record))
            pictures = pictures_in(texts_of(record.content))
            for name in pictures.keys() - shown:
                archive.writestr(zipfile.ZipInfo(_FOLDER + name, _MOMENT), pictures[name])
            shown |= pictures.keys()
            _describe(resources, path, record, pictures)
        _add(archive, "imsmanifest.xml", manifest)
    return QtiPackage(data.getvalue(), reasons)


def left_out(records: Iterable[ProblemRecord]) -> exportable.Reasons:
    return exportable.left_out(records, why_not)


def why_not(record: ProblemRecord) -> str:
    """What QTI cannot do about this problem; empty where it can."""
    content = record.content
    reason = exportable.why_not(record) or exportable.why_not_part(content)
    if reason:
        return reason
    for question in _questions(content):
        if question.key.kind == Kind.QUANTITY or question.key.unit:
            return _("QTI knows no units")
        if question.key.kind == Kind.NUMBER and "," in question.key.value:
            return _("QTI knows no decimal comma")
        if question.key.shares and sum(_shares(question)[letter] for letter in question.right) != 1:
            return _("the shares of its right choices are not 100 percent together")
    return ""


def _questions(content: Content) -> list[_Question]:
    if not content.parts:
        return [_Question("RESPONSE", content.key, content.choices, content.expected)]
    return [
        _Question(
            f"RESPONSE_{letter}",
            part.key,
            part.choices,
            expected_in(n, content.expected, len(content.parts)),
            part.share,
        )
        for n, (letter, part) in enumerate(zip(LETTERS, content.parts, strict=False))
    ]


def _add(archive: zipfile.ZipFile, path: str, root: Element) -> None:
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "unicode")
    archive.writestr(zipfile.ZipInfo(path, _MOMENT), text.encode())


def _describe(
    resources: Element, path: str, record: ProblemRecord, pictures: Iterable[str]
) -> None:
    resource = SubElement(resources, "resource", type="imsqti_item_xmlv2p1", href=path)
    general = SubElement(SubElement(SubElement(resource, "metadata"), "lom"), "general")
    for tag in [f"{PREFIX}slug={record.slug}", *own_tags(record)]:
        SubElement(SubElement(general, "keyword"), "string").text = _plain(tag)
    for href in (path, *(_FOLDER + name for name in sorted(pictures))):
        SubElement(resource, "file", href=href)


def _item(record: ProblemRecord) -> Element:
    content = record.content
    item = Element("assessmentItem", xmlns=_NAMESPACE, identifier=f"lemma-{record.slug}")
    item.attrib |= {"title": _plain(content.title), "adaptive": "false", "timeDependent": "false"}
    questions = _questions(content)
    for question in questions:
        _declare(item, question)
    _outcome(item, "SCORE", "0", baseType="float", cardinality="single")
    _outcome(item, "FEEDBACK", "", baseType="identifier", cardinality="multiple")
    _outcome(item, "SOLUTION", "solution", baseType="identifier", cardinality="single")
    body = SubElement(item, "itemBody")
    _html(body, content.statement)
    _hints(body, content.hints)
    if content.parts:
        for question, part in zip(questions, content.parts, strict=True):
            block = SubElement(body, "div", {"class": PART})
            _html(block, part.prompt)
            _hints(block, part.hints)
            _ask(block, question)
    else:
        _ask(body, questions[0])
    feedback: list[tuple[str, str]] = []
    processing = SubElement(item, "responseProcessing")
    for question in questions:
        _score(processing, question, feedback)
    _modal(item, "SOLUTION", "solution", content.solution)
    for name, text in feedback:
        _modal(item, "FEEDBACK", name, text)
    return item


def _declare(item: Element, question: _Question) -> None:
    key = question.key
    kind = {Kind.NUMBER: "float", Kind.CHOICE: "identifier"}.get(key.kind, "string")
    cardinality = "multiple" if question.takes_several else "single"
    declaration = SubElement(
        item,
        "responseDeclaration",
        identifier=question.name,
        baseType=kind,
        cardinality=cardinality,
    )
    if key.form == Form.FREE_TEXT:
        return
    correct = SubElement(declaration, "correctResponse")
    for value in question.right or [key.value]:
        SubElement(correct, "value").text = _plain(value)
    if question.takes_several:
        mapping = SubElement(declaration, "mapping", defaultValue="0", lowerBound="0")
        for letter, share in _shares(question).items():
            value = f"{share * question.share:.10g}"
            SubElement(mapping, "mapEntry", mapKey=letter, mappedValue=value)


def _shares(question: _Question) -> dict[str, float]:
    """What each choice is worth, where several are right; a wrong one takes all points."""
    letters = ascii_uppercase[: len(question.choices)]
    if question.key.shares:
        percents = map(float, question.key.shares.split())
        return {letter: percent / FULL for letter, percent in zip(letters, percents, strict=False)}
    right = question.right
    return {letter: 1 / len(right) if letter in right else -1.0 for letter in letters}


def _outcome(item: Element, name: str, default: str, **attributes: str) -> None:
    outcome = SubElement(item, "outcomeDeclaration", {"identifier": name, **attributes})
    if default:
        SubElement(SubElement(outcome, "defaultValue"), "value").text = default


def _hints(parent: Element, hints: Iterable[str]) -> None:
    for hint in hints:
        _html(SubElement(parent, "rubricBlock", view="candidate tutor", use=HINT), hint)


def _ask(parent: Element, question: _Question) -> None:
    name = question.name
    if question.key.form == Form.FREE_TEXT:
        _html(SubElement(parent, "rubricBlock", view="scorer"), question.key.value)
        SubElement(parent, "extendedTextInteraction", responseIdentifier=name)
    elif question.choices:
        most = "0" if question.takes_several else "1"
        interaction = SubElement(
            parent,
            "choiceInteraction",
            responseIdentifier=name,
            maxChoices=most,
            shuffle="false",
        )
        for letter, choice in zip(ascii_uppercase, question.choices, strict=False):
            _html(SubElement(interaction, "simpleChoice", identifier=letter), choice)
    else:
        paragraph = SubElement(parent, "p", {"class": "field"})
        SubElement(paragraph, "textEntryInteraction", responseIdentifier=name)


def _score(processing: Element, question: _Question, feedback: list[tuple[str, str]]) -> None:
    """Adds the points of one question, and notes its feedback."""
    if question.key.form == Form.FREE_TEXT:
        return
    if question.takes_several:
        _score_several(processing, question, feedback)
        return
    condition = SubElement(processing, "responseCondition")
    empty = SubElement(SubElement(condition, "responseIf"), "isNull")
    SubElement(empty, "variable", identifier=question.name)
    for row in _rows(question):
        if row.is_every_other:
            branch = SubElement(condition, "responseElse")
        else:
            branch = SubElement(condition, "responseElseIf")
            _compare(branch, question, row)
        if row.percent:
            _add_points(branch, question.share * row.percent / FULL)
        _tell(branch, question, row.feedback, feedback)


def _rows(question: _Question) -> Iterator[Expected]:
    """The right answer, the expected ones, and last what every other answer gets."""
    key = question.key
    own = [row for row in question.rows if row.is_right and row.answer == key.value]
    sentence = own[0].feedback if own else ""
    yield Expected(key.value, sentence, FULL, key.tolerance or "")
    yield from (row for row in question.rows if row not in own[:1] and not row.is_every_other)
    yield from [row for row in question.rows if row.is_every_other][:1]


def _compare(branch: Element, question: _Question, row: Expected) -> None:
    kind = question.key.kind
    if kind == Kind.NUMBER:
        mode = {"toleranceMode": "absolute", "tolerance": f"{row.tolerance} {row.tolerance}"}
        element = SubElement(branch, "equal", mode if row.tolerance else {"toleranceMode": "exact"})
    elif kind == Kind.CHOICE:
        element = SubElement(branch, "match")
    else:
        case = "false" if question.key.ignore_case else "true"
        element = SubElement(branch, "stringMatch", caseSensitive=case)
    base = {Kind.NUMBER: "float", Kind.CHOICE: "identifier"}.get(kind, "string")
    SubElement(element, "variable", identifier=question.name)
    SubElement(element, "baseValue", baseType=base).text = _plain(row.answer.strip())


def _score_several(
    processing: Element, question: _Question, feedback: list[tuple[str, str]]
) -> None:
    total = SubElement(SubElement(processing, "setOutcomeValue", identifier="SCORE"), "sum")
    SubElement(total, "variable", identifier="SCORE")
    SubElement(total, "mapResponse", identifier=question.name)
    for row in question.rows:
        branch = SubElement(SubElement(processing, "responseCondition"), "responseIf")
        if row.is_every_other:
            element = SubElement(SubElement(branch, "not"), "match")
            SubElement(element, "variable", identifier=question.name)
            SubElement(element, "correct", identifier=question.name)
        else:
            element = SubElement(branch, "member")
            SubElement(element, "baseValue", baseType="identifier").text = row.answer.strip()
            SubElement(element, "variable", identifier=question.name)
        _tell(branch, question, row.feedback, feedback)


def _add_points(branch: Element, points: float) -> None:
    total = SubElement(SubElement(branch, "setOutcomeValue", identifier="SCORE"), "sum")
    SubElement(total, "variable", identifier="SCORE")
    SubElement(total, "baseValue", baseType="float").text = f"{points:.10g}"


def _tell(branch: Element, question: _Question, text: str, feedback: list[tuple[str, str]]) -> None:
    if not text:
        return
    name = f"{question.name}_{len(feedback) + 1}"
    feedback.append((name, text))
    names = SubElement(SubElement(branch, "setOutcomeValue", identifier="FEEDBACK"), "multiple")
    SubElement(names, "variable", identifier="FEEDBACK")
    SubElement(names, "baseValue", baseType="identifier").text = name


def _modal(item: Element, outcome: str, name: str, markdown: str) -> None:
    _html(
        SubElement(
            item, "modalFeedback", outcomeIdentifier=outcome, identifier=name, showHide="show"
        ),
        markdown,
    )


def _html(parent: Element, markdown: str) -> None:
    source = _plain(to_html(markdown, f"../{_FOLDER}")).replace("<br>", "<br/>")
    parent.extend(fromstring(f"<div>{source}</div>"))  # noqa: S314  # our own text


def _plain(text: str) -> str:
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
