"""Everybody reads the same words for a verdict; docs/contributing/words.md has the table."""

import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings

ROOT = settings.BASE_DIR
WORDS = ROOT / "docs" / "contributing" / "words.md"
MANUALS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ROW = re.compile(r"^\|[^|\n]*\| ([^|\n]+) \| ([^|\n]+) \| [^|\n]+ \|$", re.MULTILINE)
IN_CODE_ONLY = re.compile(
    r"\b(?:refut\w+|(?:un)?checkable|incorrect\w*|unreadable|undecided)\b", re.IGNORECASE
)
FOR_SCRIPTS = re.compile(r"<[^>]*>|%\(\w+\)s")
NO_VERDICT = {"right", "wrong", "right answer", "wrong answer"}  # as a verdict alone
MEANT = {
    "Incorrect",  # a choice of a question that another system made
    "Right answer",  # the heading of an answer key
    "right answer",
}


def verdict_words() -> list[tuple[str, str]]:
    """Each verdict as people read it, in English and in Chinese."""
    [table] = re.findall(r"^## Verdicts\n(.*?)^## ", WORDS.read_text("utf-8"), re.M | re.S)
    return [row for row in ROW.findall(table) if "---" not in row[0]][1:]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    with (ROOT / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file)


def test_each_verdict_has_the_word_of_the_table(catalog):
    rows = verdict_words()
    assert len(rows) > 10
    translations = {}
    for message in catalog:
        if isinstance(message.id, str):
            translations.setdefault(message.id.lower(), set()).add(
                (message.context, message.string)
            )
    for english, chinese in rows:
        words = translations[english.lower()]
        assert chinese in {word for _, word in words}, english
        # The same word in another context, such as a request that is not understood, is no verdict.
        assert {word for context, word in words if context == "answer"} <= {chinese}, english


def test_no_sentence_has_another_word_for_a_verdict(catalog):
    for message in catalog:
        for text in [message.id] if isinstance(message.id, str) else message.id:
            assert text in MEANT or not IN_CODE_ONLY.search(FOR_SCRIPTS.sub("", text)), text
            assert text in MEANT or text.lower() not in NO_VERDICT, text


def test_what_does_not_follow_is_told_in_one_way_in_chinese(catalog):
    lines = re.compile(r"\b(?:line|step)s?\b.*(?:doesn’t|don’t|does not|did not) follow\b")
    messages = [m for m in catalog if isinstance(m.id, str) and lines.search(m.id)]
    assert len(messages) > 5
    for message in messages:
        assert re.search(r"推不出|不能由.*推出", message.string), message.id


@pytest.mark.parametrize("manual", MANUALS, ids=lambda file: file.name)
def test_manuals_have_the_words_of_the_pages(manual):
    assert not IN_CODE_ONLY.findall(manual.read_text("utf-8"))
