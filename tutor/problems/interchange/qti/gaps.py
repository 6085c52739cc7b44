"""Fields in the middle of a text, whose answers are parts of the problem."""

import re
from collections.abc import Sequence

from tutor.problems.interchange.qti.scoring import AskedQuestion
from tutor.problems.interchange.questions import gap, gap_prompt

_MARK = re.compile("\ue012[^\ue012\ue013]*+\ue013")


def field_mark(name: str) -> str:
    """What a text has in place of a field, until all of its fields are known.

    A name may have what Markdown escapes.
    """
    return f"\ue012{name.encode().hex()}\ue013"


def without_fields(text: str) -> str:
    return _MARK.sub("", text).strip()


def with_gaps(statement: str, questions: Sequence[AskedQuestion], language: str) -> str:
    """The statement with letters where its answers belong, and each question with its prompt.

    Other systems also write [name] where the answer with this name belongs.
    """
    if len(questions) == 1:
        return _with_one_gap(statement, questions[0])
    for n, question in enumerate(questions):
        mark = field_mark(question.name)
        named = [f"[{name}]" for name in (question.prompt, question.name) if name]
        written = next((name for name in named if name in statement), "")
        if written:
            statement = statement.replace(written, gap(n))
            question.prompt = ""
        has_other_place = written or question.prompt
        statement = statement.replace(mark, "" if has_other_place else gap(n))
        question.prompt = question.prompt or gap_prompt(n, language)
    return re.sub(r"\n{3,}", "\n\n", statement).strip()


def _with_one_gap(statement: str, question: AskedQuestion) -> str:
    """A field below the text, where fields usually stand, needs no gap."""
    mark = field_mark(question.name)
    lines = statement.split("\n")
    text = "\n".join(lines[:-1] if lines[-1] == mark else lines)
    return text.strip().replace(mark, "…")
