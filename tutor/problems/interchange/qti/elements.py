"""Texts as elements of QTI items."""

import re
from collections.abc import Iterable, Sequence
from string import ascii_uppercase
from xml.etree.ElementTree import Element, SubElement, fromstring

from tutor.problems.interchange.html_markdown import to_html
from tutor.problems.interchange.qti.own_markup import HINT

FOLDER = "pictures/"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def add_choices(parent: Element, name: str, choices: Sequence[str], **attributes: str) -> None:
    for letter, choice in zip(ascii_uppercase, choices, strict=False):
        add_html(SubElement(parent, name, {"identifier": letter, **attributes}), choice)


def add_outcome(item: Element, name: str, default: str, **attributes: str) -> None:
    outcome = SubElement(item, "outcomeDeclaration", {"identifier": name, **attributes})
    if default:
        SubElement(SubElement(outcome, "defaultValue"), "value").text = default


def add_hints(parent: Element, hints: Iterable[str]) -> None:
    for hint in hints:
        add_html(SubElement(parent, "rubricBlock", view="candidate tutor", use=HINT), hint)


def add_feedback(item: Element, outcome: str, name: str, markdown: str) -> None:
    add_html(
        SubElement(
            item, "modalFeedback", outcomeIdentifier=outcome, identifier=name, showHide="show"
        ),
        markdown,
    )


def add_html(parent: Element, markdown: str) -> None:
    source = plain(to_html(markdown, f"../{FOLDER}")).replace("<br>", "<br/>")
    parent.extend(fromstring(f"<div>{source}</div>"))  # noqa: S314  # our own text


def plain(text: str) -> str:
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
