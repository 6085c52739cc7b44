"""A problem as an item of QTI 2.1."""

from collections.abc import Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext as _

from tutor.grading import AnswerKey, Kind
from tutor.problems.content import Content
from tutor.problems.interchange.pairs import are_pairs
from tutor.problems.interchange.qti.elements import (
    add_choices,
    add_feedback,
    add_hints,
    add_html,
    add_outcome,
    plain,
)
from tutor.problems.interchange.qti.item_questions import ExportedQuestion, questions_in
from tutor.problems.interchange.qti.own_markup import FIELD, NUMBERS, PART
from tutor.problems.interchange.qti.pairs_writer import write_pairs
from tutor.problems.interchange.qti.rules_writer import add_rules

_NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"


def item_of(slug: str, content: Content, several: set[str]) -> Element:
    """several: the letters of the parts that ask for several numbers."""
    item = Element("assessmentItem", xmlns=_NAMESPACE, identifier=f"lemma-{slug}")
    item.attrib |= {"title": plain(content.title), "adaptive": "false", "timeDependent": "false"}
    if are_pairs(content):
        write_pairs(item, content)
    else:
        _write_questions(item, content, questions_in(content, several))
    return item


def _write_questions(
    item: Element, content: Content, questions: Sequence[ExportedQuestion]
) -> None:
    for question in questions:
        _declare(item, question)
    add_outcome(item, "SCORE", "0", baseType="float", cardinality="single")
    add_outcome(item, "FEEDBACK", "", baseType="identifier", cardinality="multiple")
    add_outcome(item, "SOLUTION", "solution", baseType="identifier", cardinality="single")
    _write_body(SubElement(item, "itemBody"), content, questions)
    feedback: list[tuple[str, str]] = []
    processing = SubElement(item, "responseProcessing")
    for question in questions:
        add_rules(processing, question, feedback)
    add_feedback(item, "SOLUTION", "solution", content.solution)
    for name, text in feedback:
        add_feedback(item, "FEEDBACK", name, text)


def _write_body(body: Element, content: Content, questions: Sequence[ExportedQuestion]) -> None:
    add_html(body, content.statement)
    add_hints(body, content.hints)
    if not content.parts:
        _ask(body, questions[0])
        return
    for question, part in zip(questions, content.parts, strict=True):
        block = SubElement(body, "div", {"class": PART})
        add_html(block, part.prompt)
        add_hints(block, part.hints)
        _ask(block, question)


def _declare(item: Element, question: ExportedQuestion) -> None:
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
    if question.is_free:
        return
    correct = SubElement(declaration, "correctResponse")
    for value in question.right or [key.value]:
        SubElement(correct, "value").text = plain(value)
    if question.takes_several and not question.is_all_or_nothing:
        mapping = SubElement(declaration, "mapping", defaultValue="0", lowerBound="0")
        for letter, share in question.choice_shares.items():
            value = f"{share * question.share:.10g}"
            SubElement(mapping, "mapEntry", mapKey=letter, mappedValue=value)


def _ask(parent: Element, question: ExportedQuestion) -> None:
    if question.is_for_person:
        _ask_person(parent, question)
    elif question.choices:
        interaction = SubElement(
            parent,
            "choiceInteraction",
            responseIdentifier=question.name,
            maxChoices="0" if question.takes_several else "1",
            shuffle="false",
        )
        add_choices(interaction, "simpleChoice", question.choices)
    elif question.is_several:
        block = SubElement(parent, "div", {"class": NUMBERS})
        for name in question.fields:
            _add_field(block, name)
    else:
        field = _add_field(parent, question.name)
        field.tail = f" {question.key.unit}" if question.key.unit else None


def _ask_person(parent: Element, question: ExportedQuestion) -> None:
    """With the right answer, for whoever reads the others."""
    key, rubric = question.key, SubElement(parent, "rubricBlock", view="scorer")
    if question.is_free:
        add_html(rubric, key.value)
    else:
        SubElement(rubric, "p").text = plain(f"{key.value} {key.unit}".strip())
    if question.part and question.part.carried:
        sentence = _("With the answers to earlier parts: %(formula)s")
        SubElement(rubric, "p").text = plain(sentence % {"formula": question.part.carried})
    SubElement(parent, "extendedTextInteraction", responseIdentifier=question.name)


def _add_field(parent: Element, name: str) -> Element:
    paragraph = SubElement(parent, "p", {"class": FIELD})
    return SubElement(paragraph, "textEntryInteraction", responseIdentifier=name)
