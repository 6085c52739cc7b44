"""Questions in Moodle's GIFT format: text, with the answers in braces."""

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from tutor.problems.content import InvalidRecord
from tutor.problems.interchange.drafts import QuestionDraft, category_of
from tutor.problems.interchange.imported import (
    MAX_PROBLEMS,
    ImportedProblem,
    on_line,
    too_many,
)
from tutor.problems.interchange.questions import (
    Fields,
    QuestionAnswer,
    free_text,
    matching,
    number,
    numerical,
    one_choice,
    several_choices,
    short_answer,
    true_or_false,
)

_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
_HIDDEN = {character: chr(0xE020 + n) for n, character in enumerate("~=#{}:\\n")}
_SHOWN = {mark: "\n" if sign == "n" else sign for sign, mark in _HIDDEN.items()}
_TITLE = re.compile(r"::([^:]{0,300})::")
_FORMAT = re.compile(r"\[(html|markdown|plain|moodle)\]")
_ANSWER = re.compile(r"([=~])([^=~]*)")
_SHARE = re.compile(r"%(-?\d{1,3}(?:\.\d{1,7})?)%")
_BEGIN = re.compile(rb"::|//|\$CATEGORY:|[^{]{1,4000}\{", re.IGNORECASE)
_TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}


def looks_like_gift(data: bytes) -> bool:
    """Whether the first question of a text has its answers in braces."""
    return bool(_BEGIN.match(data.lstrip(b"\xef\xbb\xbf \t\r\n")))


def read_gift(data: bytes, language: str, *, writes_commas: bool = False) -> list[ImportedProblem]:
    """Raises UnusableFile."""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    problems: list[ImportedProblem] = []
    category = ""
    for line, source in _blocks(text):
        if source.startswith("$CATEGORY:"):
            path = source.removeprefix("$CATEGORY:").strip()
            category = category_of(path)
            continue
        if len(problems) == MAX_PROBLEMS:
            raise too_many()
        problems.append(_imported(line, source, language, category, writes_commas))
    return problems


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Questions and categories, with the line where each begins; comments are left out."""
    lines: list[str] = []
    start, open_braces = 1, 0
    for count, line in enumerate([*text.split("\n"), ""], start=1):
        if line.lstrip().startswith("//"):
            continue
        is_category = line.startswith("$CATEGORY:")
        if lines and (
            not line.strip() or is_category or _begins_question(line, lines[-1], open_braces)
        ):
            yield start, "\n".join(lines).strip()
            lines = []
        if is_category:
            yield count, line
        elif line.strip():
            start, open_braces = (start, open_braces) if lines else (count, 0)
            lines.append(line)
            open_braces += _braces(line, "{") - _braces(line, "}")


def _begins_question(line: str, before: str, open_braces: int) -> bool:
    """Whether a line begins a question, though no empty line is before it."""
    is_answered = not open_braces and before.rstrip().endswith("}") and _braces(before, "}")
    return bool(is_answered and (line.startswith("::") or _braces(line, "{")))


def _braces(line: str, brace: str) -> int:
    return _ESCAPE.sub("", line).count(brace)


def _imported(
    line: int, source: str, language: str, category: str, writes_commas: bool
) -> ImportedProblem:
    source = _ESCAPE.sub(lambda match: _HIDDEN[match[1]], source)
    title = _TITLE.match(source)
    draft = QuestionDraft(
        on_line(line),
        language,
        title=_shown(title[1]).strip() if title else "",
        category=category,
        writes_commas=writes_commas,
    )
    text = source[title.end() :].strip() if title else source
    return draft.problem(lambda: _Reading(text, draft).fields())


def _shown(text: str) -> str:
    return "".join(_SHOWN.get(character, character) for character in text)


class _Reading:
    """Reads one question."""

    def __init__(self, source: str, draft: QuestionDraft) -> None:
        self.draft = draft
        form = _FORMAT.match(source)
        self.format = form[1] if form else "moodle"
        self.source = source[form.end() :] if form else source

    def fields(self) -> Fields:
        before, brace, rest = self.source.partition("{")
        body, closing, after = rest.partition("}")
        if not brace:
            raise InvalidRecord("key", _("the answers in braces { } are missing"))
        if not closing:
            raise InvalidRecord("key", _("the } after the answers is missing"))
        if "{" in after:
            reason = _(
                "there is more than one pair of braces { }; separate questions by an empty line"
            )
            raise InvalidRecord("key", reason)
        statement = self.text(f"{before.rstrip()} … {after.strip()}" if after.strip() else before)
        body, _marks, general = body.partition("####")
        fields = self._answers(body.strip())
        return {"statement": statement, "solution": self.text(general), **fields}

    def _answers(self, body: str) -> Fields:
        if not body:
            return free_text("")
        if body.startswith("#"):
            return self._numerical(body[1:].strip())
        words, *feedback = body.split("#")
        if words.strip().upper() in _TRUTHS:
            return self._truth(_TRUTHS[words.strip().upper()], feedback)
        rows = _ANSWER.findall(body)
        if rows and all(sign == "=" and "->" in text for sign, text in rows):
            pairs = [text.split("->", 1) for _sign, text in rows]
            texts = [(self.text(left), self.text(right)) for left, right in pairs]
            others = [right for left, right in texts if not left]
            return matching([pair for pair in texts if pair[0]], others)
        answers = [self._answer(*row) for row in rows]
        if not any(sign == "~" for sign, _text in rows):
            commas = self.draft.writes_commas
            notes = self.draft.notes
            return short_answer(answers, notes, ignore_case=True, writes_commas=commas)
        answers = self.draft.choices(list(map(self._as_choice, answers)))
        is_single = any(sign == "=" for sign, _text in rows)
        return one_choice(answers) if is_single else several_choices(answers)

    def _as_choice(self, answer: QuestionAnswer) -> QuestionAnswer:
        return QuestionAnswer(self.text(answer.text), answer.percent, answer.feedback)

    def _answer(self, sign: str, source: str) -> QuestionAnswer:
        text, _mark, feedback = source.strip().partition("#")
        percent = Decimal(100 if sign == "=" else 0)
        if share := _SHARE.match(text):
            percent, text = Decimal(share[1]), text[share.end() :]
        return QuestionAnswer(_shown(text).strip(), percent, self.text(feedback))

    def _truth(self, is_true: bool, feedback: list[str]) -> Fields:
        """The first feedback is for the wrong answer, the second for the right one."""
        wrong, right = (self.text(text) for text in [*feedback, "", ""][:2])
        answers = [QuestionAnswer("", Decimal(100), right), QuestionAnswer("", Decimal(0), wrong)]
        return true_or_false(answers if is_true else answers[::-1], self.draft.language)

    def _numerical(self, body: str) -> Fields:
        if "=" not in body:
            text, _mark, feedback = body.partition("#")
            return numerical([self._number(text, Decimal(100), feedback)], {})
        answers = []
        for sign, source in _ANSWER.findall(body):
            text, _mark, feedback = source.strip().partition("#")
            percent = Decimal(100 if sign == "=" else 0)
            if share := _SHARE.match(text):
                percent, text = Decimal(share[1]), text[share.end() :]
            answers.append(self._number(text or "*", percent, feedback))
        return numerical(answers, {})

    def _number(self, text: str, percent: Decimal, feedback: str) -> QuestionAnswer:
        """5, 5:0.1 or 4.9..5.1."""
        text = text.strip()
        if ".." in text:
            low, high = (number(edge, "answer") for edge in text.split("..", 1))
            middle, tolerance = f"{((low + high) / 2).normalize():f}", (high - low) / 2
        else:
            middle, _sign, width = text.partition(":")
            tolerance = number(width or "0", "tolerance")
        return QuestionAnswer(middle.strip(), percent, self.text(feedback), tolerance)

    def text(self, source: str) -> str:
        source = _shown(source).strip()
        if self.format in ("html", "moodle"):
            return self.draft.markdown(source.replace("\n", "<br>"))
        return source
