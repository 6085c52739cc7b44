"""Questions of Moodle's XML format as problems."""

import base64
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain

from django.utils.translation import gettext as _

from tutor.grading.multipart import LETTERS
from tutor.grading.processes.timeout import Timeout
from tutor.problems.content import InvalidRecord
from tutor.problems.expected import EVERY_OTHER, Expected
from tutor.problems.interchange.drafts import QuestionDraft, category_of
from tutor.problems.interchange.imported import (
    MAX_PROBLEMS,
    ImportedProblem,
    UnusableFile,
    too_many,
)
from tutor.problems.interchange.moodle.calculated import Wildcards
from tutor.problems.interchange.moodle.cloze import read_gaps
from tutor.problems.interchange.moodle.stack import read_stack
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
from tutor.problems.interchange.unknown_kinds import unknown_kind
from tutor.problems.interchange.xml_tree import Node

_MAX_S = 30.0  # on the clock, to read one file: questions with many right answers ask the grader
_USUAL = {  # what Moodle writes into every new question
    *("Your answer is correct.", "Your answer is partially correct.", "Your answer is incorrect."),
    *("Die Antwort ist richtig.", "Die Antwort ist teilweise richtig.", "Die Antwort ist falsch."),
    *("回答正确。", "部分正确。", "回答错误。"),
    *("您的回答正确", "您的回答不正确", "您的回答部分正确"),
}
_RIGHT, _PARTLY_RIGHT = "correctfeedback", "partiallycorrectfeedback"
_WRONG = "incorrectfeedback"
_FILE_MARK = "@@PLUGINFILE@@"
_LETTERED = re.compile(r"([a-z])\)\s++")


def read_moodle(root: Node, language: str, *, writes_commas: bool = False) -> list[ImportedProblem]:
    """Raises UnusableFile."""
    if sum(not _is_category(question) for question in root.all("question")) > MAX_PROBLEMS:
        raise too_many()
    timeout = Timeout(_MAX_S)
    problems = []
    for position, (question, path) in enumerate(_questions(root), start=1):
        if not timeout.left_s:
            raise UnusableFile(
                _("Reading this file takes too long. Split it and import the parts.")
            )
        location = _("question %(n)d, line %(line)d") % {"n": position, "line": question.line}
        draft = QuestionDraft(
            location,
            language,
            title=question.text_of("name"),
            slug=question.text_of("idnumber").strip(),
            tags=_tags(question),
            category=category_of(path),
            writes_commas=writes_commas,
        )
        problems.append(draft.problem(_Reading(question, draft).fields))
    return problems


def _is_category(question: Node) -> bool:
    return question.attributes.get("type") == "category"


def _questions(root: Node) -> Iterator[tuple[Node, str]]:
    """Each question, and the path of the category that it is in."""
    path = ""
    for question in root.all("question"):
        if _is_category(question):
            path = " ".join(question.text_of("category").split())
        else:
            yield question, path


def _tags(question: Node) -> list[str]:
    tags = question.first("tags")
    return [tag.text_of("text").strip() for tag in tags.all("tag")] if tags else []


def _files(node: Node | None) -> Iterator[tuple[str, bytes]]:
    """The files of a text, by their names."""
    for file in node.within("file") if node else ():
        with suppress(ValueError):
            yield file.attributes.get("name", ""), base64.b64decode(file.text)


class _Reading:
    """Reads one question."""

    def __init__(self, node: Node, draft: QuestionDraft) -> None:
        self.node = node
        self.draft = draft
        self.wildcards = Wildcards.read(node, draft.own)

    def fields(self) -> Fields:
        """Those of a record. Raises InvalidRecord where the question cannot be one."""
        kind = self.node.attributes.get("type", "")
        read = _KINDS.get(kind)
        if read is None:
            raise unknown_kind(kind)
        is_read_later = kind in ("cloze", "multianswer", "stack")  # with what stands in its text
        text = None if is_read_later else self.node.first("questiontext")
        fields = {
            "statement": self.text(text),
            "solution": self.text(self.node.first("generalfeedback")),
            "hints": list(filter(None, map(self.text, self.node.all("hint")))),
        }
        fields |= read(self)
        own = self.draft.own
        return _with_hints_of_parts(fields, own.hints) if own.has_any else fields

    def numerical(self) -> Fields:
        return numerical(self.answers(), self.unit())

    def short_answer(self) -> Fields:
        return short_answer(
            self.answers(),
            self.draft.notes,
            ignore_case=self.node.text_of("usecase").strip() != "1",
            options=self.draft.options(),
            writes_commas=self.draft.writes_commas,
        )

    def multiple_choice(self) -> Fields:
        choices = self.answers(is_text=False)
        if self.node.text_of("shuffleanswers").strip() not in ("false", "0"):
            choices = self.draft.choices(choices)
        is_single = self.node.text_of("single").strip() not in ("false", "0")
        fields = one_choice(choices) if is_single else several_choices(choices)
        every_other = [Expected(EVERY_OTHER, text).to_dict() for text in self.usual(_WRONG)]
        self.note_usual(_RIGHT, _PARTLY_RIGHT)
        return {**fields, "expected": [*fields["expected"], *every_other]}

    def true_or_false(self) -> Fields:
        by_text = {answer.text.lower(): answer for answer in self.answers()}
        if set(by_text) != {"true", "false"}:
            raise InvalidRecord("key", _("it needs the answers “true” and “false”"))
        return true_or_false([by_text["true"], by_text["false"]], self.draft.language)

    def matching(self) -> Fields:
        rows = [(self.text(row), row) for row in self.node.all("subquestion")]
        answers = [(prompt, self.answer_of(row)) for prompt, row in rows]
        others = [answer for prompt, answer in answers if not prompt]
        self.note_usual(_RIGHT, _PARTLY_RIGHT, _WRONG)
        return matching([pair for pair in answers if pair[0]], others)

    def answer_of(self, row: Node) -> str:
        answer = row.first("answer")
        return answer.text_of("text").strip() if answer else ""

    def essay(self) -> Fields:
        return free_text(self.text(self.node.first("graderinfo")))

    def gaps(self) -> Fields:
        text = self.node.first("questiontext")
        return read_gaps(self.node.text_of("questiontext"), self.draft, dict(_files(text)))

    def calculated(self) -> Fields:
        answers = [
            (self.wildcards.formula(node.text_of("text")), self.answer(node, is_text=True))
            for node in self.node.all("answer")
        ]
        return self.wildcards.key(answers, self.node.all("answer"), self.unit())

    def calculated_choice(self) -> Fields:
        return self.multiple_choice() | {"parameters": self.wildcards.declarations()}

    def stack(self) -> Fields:
        return read_stack(self.node, self.draft)

    def answers(self, *, is_text: bool = True) -> list[QuestionAnswer]:
        return [self.answer(node, is_text=is_text) for node in self.node.all("answer")]

    def answer(self, node: Node, *, is_text: bool) -> QuestionAnswer:
        fraction = node.attributes.get("fraction", "100")
        return QuestionAnswer(
            text=node.text_of("text").strip() if is_text else self.text(node),
            percent=number(fraction, "fraction"),
            feedback=self.text(node.first("feedback")),
            tolerance=number(node.text_of("tolerance").strip() or "0", "tolerance"),
        )

    def unit(self) -> Fields:
        """The unit in which the answer is; our grader knows how Moodle's other ones relate."""
        units = self.node.first("units")
        if units is None or self.node.text_of("showunits").strip() == "3":
            return {}
        names = [
            unit.text_of("unit_name").strip()
            for unit in units.all("unit")
            if number(unit.text_of("multiplier").strip() or "1", "unit") == 1
        ]
        if not names:
            return {}
        is_optional = self.node.text_of("unitgradingtype").strip() in ("", "0")
        optional = {"unit_optional": True} if is_optional else {}
        return {"kind": "quantity", "unit": names[0], **optional}

    def note_usual(self, *names: str) -> None:
        for text in chain.from_iterable(map(self.usual, names)):
            note = _("the general feedback: “%(text)s”")
            self.draft.notes.add(note % {"text": text[:60]})

    def usual(self, name: str) -> list[str]:
        """What is said to every answer that is right, in part or not at all, if anything is."""
        text = self.text(self.node.first(name))
        return [text] if text and text not in _USUAL else []

    def text(self, node: Node | None) -> str:
        """As Markdown, with placeholders for wildcards."""
        if node is None:
            return ""
        source = self.wildcards.fill((node.first("text") or node).text)
        if node.attributes.get("format") == "markdown":
            self.refuse_files(source)
            return source.strip()
        return self.draft.markdown(source, dict(_files(node)))

    def refuse_files(self, source: str) -> None:
        """Markdown names its files in a way of its own."""
        if _FILE_MARK in source:
            raise InvalidRecord("statement", _("it has an image in a text in Markdown"))


def _with_hints_of_parts(fields: Fields, own_count: int) -> Fields:
    """Our own export has all hints together, those of parts last, behind their letters."""
    if not (parts := fields.get("parts")):
        return fields
    hints: dict[str, list[str]] = {letter: [] for letter in ["", *LETTERS[: len(parts)]]}
    hints[""] += fields["hints"][:own_count]
    for hint in fields["hints"][own_count:]:
        match = _LETTERED.match(hint)
        letter = match[1] if match and match[1] in hints else ""
        hints[letter].append(hint[match.end() :] if match and letter else hint)
    rows = zip(LETTERS, parts, strict=False)
    return {
        **fields,
        "hints": hints[""],
        "parts": [{**row, "hints": hints[letter]} for letter, row in rows],
    }


_KINDS: dict[str, Callable[[_Reading], Fields]] = {
    "numerical": _Reading.numerical,
    "shortanswer": _Reading.short_answer,
    "multichoice": _Reading.multiple_choice,
    "truefalse": _Reading.true_or_false,
    "matching": _Reading.matching,
    "essay": _Reading.essay,
    "cloze": _Reading.gaps,
    "multianswer": _Reading.gaps,
    "calculated": _Reading.calculated,
    "calculatedsimple": _Reading.calculated,
    "calculatedmulti": _Reading.calculated_choice,
    "stack": _Reading.stack,
}
