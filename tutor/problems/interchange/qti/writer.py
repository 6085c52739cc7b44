"""Problems as a package of QTI 2.1 items, of which `package` reads the same problems back."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from string import ascii_uppercase
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from django.utils.translation import gettext as _
from django.utils.translation import override

from tutor.grading import AnswerKey, Form, Kind
from tutor.grading.multipart import LETTERS
from tutor.problems.content import Content, InvalidRecord
from tutor.problems.expected import FULL, Expected, expected_in
from tutor.problems.interchange import exportable
from tutor.problems.interchange.html_markdown import to_html
from tutor.problems.interchange.own_tags import PREFIX, fits, own_tags
from tutor.problems.interchange.pairs import are_pairs, are_places
from tutor.problems.interchange.portable import Portable
from tutor.problems.interchange.qti.carried import (
    NoExpression,
    expression_of,
    letters_of,
    not_empty,
)
from tutor.problems.interchange.qti.processing import SEPARATOR
from tutor.problems.interchange.qti.several_numbers import orders, with_several_numbers
from tutor.problems.interchange.qti.version_2 import FIELD, HINT, NUMBERS, PART
from tutor.problems.interchange.variants import FirstAnswers, first_answers, variants_of
from tutor.problems.parts import Part
from tutor.problems.records import ProblemRecord

_NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_FOLDER = "pictures/"
_RESPONSE = "RESPONSE"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ROUNDED = {"toleranceMode": "relative", "tolerance": "0.000001 0.000001"}  # percent
_MOMENT = (2020, 1, 1, 0, 0, 0)  # of every file, so that the same problems give the same package


@dataclass(frozen=True)
class QtiPackage:
    """The archive, and why some problems are not in it."""

    data: bytes
    left_out: exportable.Reasons


@dataclass(frozen=True)
class _Question:
    """One thing to answer. share: its points. rows: its expected answers.

    is_several: it and they are rows of decimals, see `several_numbers`. part: what it is of a
    problem in parts. earlier: the names of the numbers before it, by the letters of their parts.
    """

    name: str
    key: AnswerKey
    choices: Sequence[str]
    rows: Sequence[Expected]
    share: int = 1
    is_several: bool = False
    part: Part | None = None
    earlier: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> list[str]:
        """The names of its responses: one for each of several numbers."""
        if not self.is_several:
            return [self.name]
        return [f"{self.name}_{n}" for n, _number in enumerate(self.numbers, start=1)]

    @property
    def carried(self) -> Part | None:
        """The part, where an answer that follows from wrong earlier ones counts too."""
        is_worth = self.part and self.part.carried and self.part.carried_percent
        return self.part if is_worth and not self.is_for_person else None

    @property
    def numbers(self) -> list[str]:
        return self.key.value.split(SEPARATOR)

    @property
    def right(self) -> list[str]:
        return re.findall("[A-Z]", self.key.value) if self.key.kind == Kind.CHOICE else []

    @property
    def is_number(self) -> bool:
        return exportable.is_decimal(self.key)

    @property
    def is_for_person(self) -> bool:
        """Whether right answers can be written otherwise, so that a person has to look too."""
        if self.is_several:
            return False
        return self.key.form == Form.FREE_TEXT or exportable.is_as_text(self.key)

    @property
    def base_type(self) -> str:
        if self.is_number or self.is_several:
            return "float"
        return "identifier" if self.key.kind == Kind.CHOICE else "string"

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
            for variant in variants_of(record):
                if _why_not_as_it_is(variant):
                    continue
                path = f"items/{variant.slug}.xml"
                portable, several = _portable(variant)
                with override(variant.content.language):  # in which figures say what they show
                    _add(archive, path, _item(variant.slug, portable.content, several))
                    files = exportable.files_shown(variant.content)
                for name in sorted(files.keys() - shown):
                    archive.writestr(zipfile.ZipInfo(_FOLDER + name, _MOMENT), files[name])
                shown |= files.keys()
                _describe(resources, path, _tags_of(variant, portable, several), files)
        _add(archive, "imsmanifest.xml", manifest)
    return QtiPackage(data.getvalue(), reasons)


def left_out(
    records: Iterable[ProblemRecord], first: FirstAnswers = first_answers
) -> exportable.Reasons:
    return exportable.left_out(records, lambda record: why_not(record, first))


def why_not(record: ProblemRecord, first: FirstAnswers = first_answers) -> str:
    """What QTI cannot do about this problem; empty where it can.

    Of a problem with parameters, the answers of the first variant decide.
    """
    reason = exportable.why_never(record.content)
    return reason or _why_not_as_it_is(first(record))


def _why_not_as_it_is(record: ProblemRecord) -> str:
    if reason := exportable.why_not(record):
        return reason
    portable, several = _portable(record)
    if not fits(_tags_of(record, portable, several)):
        return exportable.too_long()
    for question in _questions(portable.content, several):
        if reason := exportable.why_no_row(question.key, question.rows):
            return reason
        if question.key.shares and sum(_shares(question)[letter] for letter in question.right) != 1:
            return _("the shares of its right choices are not 100 percent together")
        if question.carried and (reason := _why_not_carried(question, question.carried)):
            return reason
    return ""


def _why_not_carried(question: _Question, part: Part) -> str:
    with suppress(NoExpression):
        expression_of(part, question.earlier)
        return ""
    return _("QTI cannot work out %(formula)s") % {"formula": part.carried}


def _portable(record: ProblemRecord) -> tuple[Portable, set[str]]:
    """And the letters of the parts that ask for several numbers."""
    portable = Portable.of(_worked_out(record.content), knows_commas=False)
    return portable, with_several_numbers(portable)


def _worked_out(content: Content) -> Content:
    """With the answers that follow from the right ones to earlier parts."""
    if all(part.key.value.strip() for part in content.parts):
        return content
    with suppress(InvalidRecord):  # stored past the checks
        return content.variant(1)
    return content


def _tags_of(record: ProblemRecord, portable: Portable, several: set[str]) -> list[str]:
    questions = _questions(portable.content, several)
    is_told = not any(question.is_for_person for question in questions)
    native = ("tolerance",) if is_told else ()
    tags = own_tags(record, native=native, written=portable.written)
    return [f"{PREFIX}slug={record.slug}", *tags]


def _questions(content: Content, several: set[str]) -> list[_Question]:
    if not content.parts:
        own = content.key, content.choices, content.expected
        return [_Question(_RESPONSE, *own, is_several="" in several)]
    questions: list[_Question] = []
    earlier: dict[str, str] = {}
    for n, (letter, part) in enumerate(zip(LETTERS, content.parts, strict=False)):
        question = _Question(
            f"{_RESPONSE}_{letter}",
            part.key,
            part.choices,
            expected_in(n, content.expected, len(content.parts)),
            part.share,
            letter in several,
            part,
            dict(earlier),
        )
        if question.is_number:
            earlier[letter] = question.name
        questions.append(question)
    return questions


def _add(archive: zipfile.ZipFile, path: str, root: Element) -> None:
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "unicode")
    archive.writestr(zipfile.ZipInfo(path, _MOMENT), text.encode())


def _describe(resources: Element, path: str, tags: Iterable[str], pictures: Iterable[str]) -> None:
    resource = SubElement(resources, "resource", type="imsqti_item_xmlv2p1", href=path)
    general = SubElement(SubElement(SubElement(resource, "metadata"), "lom"), "general")
    for tag in tags:
        SubElement(SubElement(general, "keyword"), "string").text = _plain(tag)
    for href in (path, *(_FOLDER + name for name in sorted(pictures))):
        SubElement(resource, "file", href=href)


def _item(slug: str, content: Content, several: set[str]) -> Element:
    item = Element("assessmentItem", xmlns=_NAMESPACE, identifier=f"lemma-{slug}")
    item.attrib |= {"title": _plain(content.title), "adaptive": "false", "timeDependent": "false"}
    if are_pairs(content):
        return _item_of_pairs(item, content)
    questions = _questions(content, several)
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
    if question.is_several:
        for name, number in zip(question.fields, question.numbers, strict=True):
            key = AnswerKey(number, Kind.NUMBER)
            _declare(item, replace(question, name=name, key=key, is_several=False))
        return
    key = question.key
    cardinality = "multiple" if question.takes_several else "single"
    declaration = SubElement(
        item,
        "responseDeclaration",
        identifier=question.name,
        baseType=question.base_type,
        cardinality=cardinality,
    )
    if _is_free(question):
        return
    correct = SubElement(declaration, "correctResponse")
    for value in question.right or [key.value]:
        SubElement(correct, "value").text = _plain(value)
    if question.takes_several:
        mapping = SubElement(declaration, "mapping", defaultValue="0", lowerBound="0")
        for letter, share in _shares(question).items():
            value = f"{share * question.share:.10g}"
            SubElement(mapping, "mapEntry", mapKey=letter, mappedValue=value)


def _is_free(question: _Question) -> bool:
    return question.key.form == Form.FREE_TEXT


def _answer(parent: Element, key: AnswerKey) -> None:
    """The right answer, for whoever reads the others."""
    SubElement(parent, "p").text = _plain(f"{key.value} {key.unit}".strip())


def _item_of_pairs(item: Element, content: Content) -> Element:
    """Each part is matched with one of the choices, or all of them are put in an order."""
    _declare_pairs(item, content)
    _outcome(item, "SCORE", "0", baseType="float", cardinality="single")
    _outcome(item, "SOLUTION", "solution", baseType="identifier", cardinality="single")
    body = SubElement(item, "itemBody")
    _html(body, content.statement)
    _hints(body, content.hints)
    _ask_order(body, content) if are_places(content) else _ask_pairs(body, content)
    processing = SubElement(item, "responseProcessing")
    branch = SubElement(SubElement(processing, "responseCondition"), "responseIf")
    match = SubElement(branch, "match")
    SubElement(match, "variable", identifier=_RESPONSE)
    SubElement(match, "correct", identifier=_RESPONSE)
    _add_points(branch, len(content.parts))
    _modal(item, "SOLUTION", "solution", content.solution)
    return item


def _declare_pairs(item: Element, content: Content) -> None:
    letters = [part.key.value.strip() for part in content.parts]
    pairs = [f"P{n} {letter}" for n, letter in enumerate(letters, start=1)]
    kind, cardinality, names = (
        ("identifier", "ordered", letters)
        if are_places(content)
        else ("directedPair", "multiple", pairs)
    )
    declaration = SubElement(
        item,
        "responseDeclaration",
        identifier=_RESPONSE,
        baseType=kind,
        cardinality=cardinality,
    )
    correct = SubElement(declaration, "correctResponse")
    for name in names:
        SubElement(correct, "value").text = name


def _ask_order(body: Element, content: Content) -> None:
    interaction = SubElement(body, "orderInteraction", responseIdentifier=_RESPONSE, shuffle="true")
    _choices(interaction, "simpleChoice", content.parts[0].choices)


def _ask_pairs(body: Element, content: Content) -> None:
    count = len(content.parts)
    interaction = SubElement(
        body,
        "matchInteraction",
        responseIdentifier=_RESPONSE,
        shuffle="false",
        maxAssociations=str(count),
    )
    prompts = SubElement(interaction, "simpleMatchSet")
    for n, part in enumerate(content.parts, start=1):
        choice = SubElement(prompts, "simpleAssociableChoice", identifier=f"P{n}", matchMax="1")
        _html(choice, part.prompt)
    targets = SubElement(interaction, "simpleMatchSet")
    _choices(targets, "simpleAssociableChoice", content.parts[0].choices, matchMax=str(count))


def _choices(parent: Element, name: str, choices: Sequence[str], **attributes: str) -> None:
    for letter, choice in zip(ascii_uppercase, choices, strict=False):
        _html(SubElement(parent, name, {"identifier": letter, **attributes}), choice)


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
    if question.is_for_person:
        rubric = SubElement(parent, "rubricBlock", view="scorer")
        _html(rubric, question.key.value) if _is_free(question) else _answer(rubric, question.key)
        if question.part and question.part.carried:
            sentence = _("With the answers to earlier parts: %(formula)s")
            SubElement(rubric, "p").text = _plain(sentence % {"formula": question.part.carried})
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
        _choices(interaction, "simpleChoice", question.choices)
    elif question.is_several:
        block = SubElement(parent, "div", {"class": NUMBERS})
        for name in question.fields:
            paragraph = SubElement(block, "p", {"class": FIELD})
            SubElement(paragraph, "textEntryInteraction", responseIdentifier=name)
    else:
        paragraph = SubElement(parent, "p", {"class": FIELD})
        field = SubElement(paragraph, "textEntryInteraction", responseIdentifier=name)
        field.tail = f" {question.key.unit}" if question.key.unit else None


def _score(processing: Element, question: _Question, feedback: list[tuple[str, str]]) -> None:
    """Adds the points of one question, and notes its feedback."""
    if _is_free(question):
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
            _add_points(branch, question.share * row.percent / FULL)
        _tell(branch, question, row.feedback, feedback)
        if question.carried and position == 0:  # behind the right answer
            _score_carried(condition, question, question.carried)


def _score_carried(condition: Element, question: _Question, part: Part) -> None:
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
    _add_points(branch, question.share * part.carried_percent / FULL)


def _rows(question: _Question) -> Iterator[Expected]:
    """The right answer, the expected ones, and last what every other answer gets."""
    key = question.key
    own = [row for row in question.rows if row.is_right and row.answer == key.value]
    sentence = own[0].feedback if own else ""
    yield Expected(key.value, sentence, FULL, key.tolerance or "")
    yield from (row for row in question.rows if row not in own[:1] and not row.is_every_other)
    yield from [row for row in question.rows if row.is_every_other][:1]


def _compare(branch: Element, question: _Question, row: Expected) -> None:
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
    SubElement(element, "baseValue", baseType=question.base_type).text = _plain(row.answer.strip())


def _compare_numbers(branch: Element, question: _Question, row: Expected) -> None:
    in_orders = SubElement(branch, "or")
    for numbers in orders(row.answer, question.key):
        together = SubElement(in_orders, "and")
        for name, number in zip(question.fields, numbers, strict=True):
            equal = SubElement(together, "equal", toleranceMode="exact")
            SubElement(equal, "variable", identifier=name)
            SubElement(equal, "baseValue", baseType="float").text = number


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
