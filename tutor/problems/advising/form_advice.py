"""Tells an author which form the text asks for, and whether the stored answer requires it."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from tutor.grading import AnswerKey, Form
from tutor.grading.multipart import LETTERS
from tutor.problems.asked_form import WHOLE, asked_form, in_asked_order
from tutor.problems.content import Content
from tutor.problems.labels import FORM_NAMES


def form_advice(content: Content) -> list[str]:
    """A sentence for each stored answer of which the text asks more than grading does."""
    advice = (_advised(text, key) for text, key in _asked(content))
    return list(dict.fromkeys(filter(None, advice)))


def decided_forms(content: Content, of: Collection[str]) -> list[str]:
    """A sentence for each form that was left to the text, which decided it.

    of: the letters of the parts, or of the whole, where it was.
    """
    keys = [(WHOLE, content.key)] if not content.parts else _lettered(content)
    forms = (key.form for letter, key in keys if letter in of and key.form != Form.ANY)
    sentence = _(
        "The text asks for a form (%(form)s), so only this form counts. If any form should count, "
        "choose it under “form”."
    )
    decided = [sentence % {"form": FORM_NAMES[form]} for form in dict.fromkeys(forms)]
    return decided + ([_of_order()] if any(_asks_to_sort(content, of)) else [])


def _of_order() -> str:
    return _(
        "The text asks for an order, so the order of the answer counts. If it should not, choose "
        "“any form” under “form”."
    )


def _asks_to_sort(content: Content, of: Collection[str]) -> Iterator[bool]:
    sample = content.variant(1)
    letters = LETTERS if content.parts else (WHOLE,)
    for letter, (text, key) in zip(letters, _asked(sample), strict=False):
        if letter in of:
            yield in_asked_order(replace(key, ordered=False), text).ordered


def _lettered(content: Content) -> list[tuple[str, AnswerKey]]:
    return [(letter, part.key) for letter, part in zip(LETTERS, content.parts, strict=False)]


def _asked(content: Content) -> Iterator[tuple[str, AnswerKey]]:
    """Each text that asks for an answer, with its key."""
    if not content.parts:
        yield content.statement, content.key
    for part in content.parts:
        yield part.prompt, part.key


def _advised(text: str, key: AnswerKey) -> str:
    form = asked_form(text, key)
    if form == Form.ANY:
        return ""
    return _(
        "The text asks for a form (%(form)s), but any form counts as right. If only this form "
        "should count, choose it under “form”."
    ) % {"form": FORM_NAMES[form]}
