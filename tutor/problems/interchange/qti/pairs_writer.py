"""Items of QTI that ask for pairs, or for an order."""

from xml.etree.ElementTree import Element, SubElement

from tutor.problems.content import Content
from tutor.problems.interchange.pairs import are_places
from tutor.problems.interchange.qti.elements import (
    add_choices,
    add_feedback,
    add_hints,
    add_html,
    add_outcome,
)
from tutor.problems.interchange.qti.item_questions import RESPONSE
from tutor.problems.interchange.qti.rules_writer import add_points


def write_pairs(item: Element, content: Content) -> None:
    """Each part is matched with one of the choices, or all of them are put in an order."""
    _declare_pairs(item, content)
    add_outcome(item, "SCORE", "0", baseType="float", cardinality="single")
    add_outcome(item, "SOLUTION", "solution", baseType="identifier", cardinality="single")
    body = SubElement(item, "itemBody")
    add_html(body, content.statement)
    add_hints(body, content.hints)
    _ask_order(body, content) if are_places(content) else _ask_pairs(body, content)
    processing = SubElement(item, "responseProcessing")
    branch = SubElement(SubElement(processing, "responseCondition"), "responseIf")
    match = SubElement(branch, "match")
    SubElement(match, "variable", identifier=RESPONSE)
    SubElement(match, "correct", identifier=RESPONSE)
    add_points(branch, len(content.parts))
    add_feedback(item, "SOLUTION", "solution", content.solution)


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
        identifier=RESPONSE,
        baseType=kind,
        cardinality=cardinality,
    )
    correct = SubElement(declaration, "correctResponse")
    for name in names:
        SubElement(correct, "value").text = name


def _ask_order(body: Element, content: Content) -> None:
    interaction = SubElement(body, "orderInteraction", responseIdentifier=RESPONSE, shuffle="true")
    add_choices(interaction, "simpleChoice", content.parts[0].choices)


def _ask_pairs(body: Element, content: Content) -> None:
    count = len(content.parts)
    interaction = SubElement(
        body,
        "matchInteraction",
        responseIdentifier=RESPONSE,
        shuffle="false",
        maxAssociations=str(count),
    )
    prompts = SubElement(interaction, "simpleMatchSet")
    for n, part in enumerate(content.parts, start=1):
        choice = SubElement(prompts, "simpleAssociableChoice", identifier=f"P{n}", matchMax="1")
        add_html(choice, part.prompt)
    targets = SubElement(interaction, "simpleMatchSet")
    add_choices(targets, "simpleAssociableChoice", content.parts[0].choices, matchMax=str(count))
