"""Questions of Moodle's XML format as problems: numerical, short answer and multiple choice."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from tutor.grading import AnswerKey, InvalidKey, Kind, Verdict, grade_response, infer_key
from tutor.grading.processes.timeout import Timeout
from tutor.problems.content import LINE_LIMIT, MAX_ROWS, InvalidRecord, ProblemRecord, checked_key
from tutor.problems.interchange.html_markdown import to_markdown
from tutor.problems.interchange.imported import (
    MAX_PROBLEMS,
    ImportedProblem,
    UnusableFile,
    in_words,
    too_many,
)
from tutor.problems.interchange.xml_tree import Node, read_tree

OWN_TAG = "lemma:"  # what Moodle has no place for travels in tags: lemma:level=2
_SLUG = re.compile(r"\A[a-z0-9]++(?:-[a-z0-9]++)*\Z")
_SKILL = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*\Z")
_NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})([eE][+-]?\d{1,2})?")
_MAX_TEXT = 40_000  # characters of HTML, without the pictures that were pasted into it
_PASTED = re.compile(r"data:[^\s\"'<>]{64,}+")
_MAX_S = 30.0  # on the clock, to read one file: questions with many right answers ask the grader
_MAX_RIGHT = 8
_WILD = re.compile(r"(?<!\\)\*")
_LEVELS = tuple("12345")
_USUAL = {  # what Moodle writes into every new question
    *("Your answer is correct.", "Your answer is partially correct.", "Your answer is incorrect."),
    *(
        "回答正确。",
        "部分正确。",
        "回答错误。",
        "您的回答正确",
        "您的回答不正确",
        "您的回答部分正确",
    ),
}


def read_moodle(data: bytes, language: str) -> list[ImportedProblem]:
    """Raises UnusableFile."""
    root = read_tree(data)
    if root.name != "quiz":
        raise UnusableFile(
            _("This XML file is not a Moodle question bank: it does not begin with <quiz>.")
        )
    questions = [
        question
        for question in root.all("question")
        if question.attributes.get("type") != "category"
    ]
    if len(questions) > MAX_PROBLEMS:
        raise too_many()
    timeout = Timeout(_MAX_S)
    problems = []
    for number, question in enumerate(questions, start=1):
        if not timeout.left_s:
            raise UnusableFile(
                _("Reading this file takes too long. Split it and import the parts.")
            )
        problems.append(_imported(number, question, language))
    return problems


def _imported(number: int, question: Node, language: str) -> ImportedProblem:
    location = _("question %(n)d, line %(line)d") % {"n": number, "line": question.line}
    title = " ".join(question.text_of("name").split())[:LINE_LIMIT]
    reading = _Question(question, title, language)
    try:
        record = ProblemRecord.from_dict(reading.fields())
    except InvalidRecord as error:
        return ImportedProblem(location, title, reason=in_words(error))
    left_out = tuple(dict.fromkeys(reading.left_out))
    return ImportedProblem(location, title, record, left_out=left_out, is_named=reading.is_named)


@dataclass(frozen=True)
class _Answer:
    """fraction: the share of the points in percent, from -100 to 100."""

    text: str
    fraction: Decimal
    feedback: str
    tolerance: str

    @property
    def is_right(self) -> bool:
        return self.fraction == 100

    @property
    def is_any(self) -> bool:
        return self.text == "*"


@dataclass
class _Question:
    node: Node
    title: str
    language: str
    left_out: list[str] = field(default_factory=list)
    is_named: bool = False

    def fields(self) -> dict[str, Any]:
        """Those of a record. Raises InvalidRecord where the question cannot be one."""
        kind = self.node.attributes.get("type", "")
        read = _KINDS.get(kind)
        if read is None:
            problem = _("questions of type “%(type)s” cannot be imported")
            raise InvalidRecord("kind", problem % {"type": kind[:40]})
        own = self._tags()
        key_fields = read(self, own)
        solution = self._text(self.node.first("generalfeedback"))
        if not solution:
            self.left_out.append(
                _("a solution: the question has none, so only its answer is stored")
            )
        idnumber = self.node.text_of("idnumber").strip()
        self.is_named = bool(_SLUG.match(idnumber))
        slug = idnumber if self.is_named else slugify(self.title)[:180].replace("_", "-").strip("-")
        return {
            "slug": re.sub("-+", "-", slug) or "problem",
            "title": self.title,
            "statement": self._text(self.node.first("questiontext")),
            "solution": solution or _answer_alone(key_fields["key"]),
            "hints": [text for text in map(self._text, self.node.all("hint")) if text],
            "language": own.get("language", self.language),
            "level": int(own["level"]) if own.get("level") in _LEVELS else 3,
            "skills": self._skills(),
            **key_fields,
        }

    def numerical(self, _own: dict[str, str]) -> dict[str, Any]:
        answers = self._answers()
        right = self._right(answers)
        fields: dict[str, Any] = {"kind": "number", "value": right.text, **self._unit()}
        if tolerance := _number(right.tolerance or "0", "tolerance"):
            fields["tolerance"] = f"{tolerance:f}"
        return self._keyed(fields, answers)

    def short_answer(self, own: dict[str, str]) -> dict[str, Any]:
        answers = self._answers()
        right = self._right(answers)
        if any(_WILD.search(answer.text) for answer in answers if answer.is_right):
            raise InvalidRecord(
                "key", _("an answer with * stands for many answers: write each of them out")
            )
        value = right.text.replace("\\*", "*")
        kind = Kind.TEXT if own.get("kind") == Kind.TEXT else _kind_of(value)
        fields: dict[str, Any] = {"kind": kind.value, "value": value}
        if kind == Kind.TEXT and self.node.text_of("usecase").strip() == "1":
            fields["ignore_case"] = False
        return self._keyed(fields, answers)

    def multiple_choice(self, _own: dict[str, str]) -> dict[str, Any]:
        answers = self._answers(is_text=False)
        letters = [chr(ord("A") + number) for number in range(len(answers))]
        if len(answers) > MAX_ROWS - 4:
            raise InvalidRecord("choices", _("there are more choices than letters"))
        is_single = self.node.text_of("single").strip() != "false"
        least = Decimal(100) if is_single else Decimal("0.01")
        right = [
            letter
            for letter, answer in zip(letters, answers, strict=True)
            if answer.fraction >= least
        ]
        if is_single and len(right) > 1:
            raise InvalidRecord("key", _("several choices count in full, each on its own"))
        if not right:
            raise InvalidRecord("key", _("no answer counts in full"))
        if is_single:
            self._note_shares(answers)
        key = {"kind": "choice", "value": ", ".join(right)}
        expected = [
            {"answer": letter, "feedback": answer.feedback}
            for letter, answer in zip(letters, answers, strict=True)
            if is_single and answer.feedback and letter not in right
        ]
        if not is_single and any(answer.feedback for answer in answers):
            self.left_out.append(_("feedback on single choices where several are right"))
        self._note_usual()
        return {"key": key, "choices": [answer.text for answer in answers], "expected": expected}

    def _keyed(self, fields: dict[str, Any], answers: list[_Answer]) -> dict[str, Any]:
        """The key, with the wrong answers that have a sentence of their own."""
        key = checked_key(fields)
        alternatives = [answer for answer in answers if answer.is_right and not answer.is_any][1:]
        if len(alternatives) > _MAX_RIGHT:
            raise InvalidRecord("key", _("there are too many right answers"))
        for answer in alternatives:
            if grade_response(answer.text, key).verdict != Verdict.CORRECT:
                problem = _("there are several right answers, of which “%(answer)s” is another one")
                raise InvalidRecord("key", problem % {"answer": answer.text[:60]})
        if any(answer.is_any and answer.feedback for answer in answers):
            self.left_out.append(_("feedback on every other answer"))
        if any(answer.is_right and answer.feedback for answer in answers):
            self.left_out.append(_("feedback on the right answer"))
        self._note_shares(answers)
        wrong = [
            answer
            for answer in answers
            if not (answer.is_right or answer.is_any) and answer.feedback
        ]
        expected = [{"answer": answer.text, "feedback": answer.feedback} for answer in wrong]
        return {"key": fields, "expected": expected}

    def _note_shares(self, answers: list[_Answer]) -> None:
        for answer in answers:
            if 0 < answer.fraction < 100:
                values = {"answer": answer.text[:40], "percent": f"{answer.fraction.normalize():f}"}
                self.left_out.append(_("%(percent)s %% of the points for “%(answer)s”") % values)

    def _note_usual(self) -> None:
        for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
            text = self._text(self.node.first(name))
            if text and text not in _USUAL:
                self.left_out.append(_("the general feedback: “%(text)s”") % {"text": text[:60]})

    def _right(self, answers: list[_Answer]) -> _Answer:
        right = next((answer for answer in answers if answer.is_right and not answer.is_any), None)
        if right is None:
            raise InvalidRecord("key", _("no answer counts in full"))
        return right

    def _answers(self, *, is_text: bool = True) -> list[_Answer]:
        return [
            _Answer(
                text=node.text_of("text").strip() if is_text else self._text(node),
                fraction=_number(node.attributes.get("fraction", "100"), "fraction"),
                feedback=self._text(node.first("feedback")),
                tolerance=node.text_of("tolerance").strip(),
            )
            for node in self.node.all("answer")
        ]

    def _unit(self) -> dict[str, Any]:
        """The unit in which the answer stands; Moodle's other ones are found by our grader."""
        units = self.node.first("units")
        if units is None or self.node.text_of("showunits").strip() == "3":
            return {}
        names = [
            unit.text_of("unit_name").strip()
            for unit in units.all("unit")
            if _number(unit.text_of("multiplier").strip() or "1", "unit") == 1
        ]
        if not names:
            return {}
        is_optional = self.node.text_of("unitgradingtype").strip() in ("", "0")
        optional = {"unit_optional": True} if is_optional else {}
        return {"kind": "quantity", "unit": names[0], **optional}

    def _text(self, node: Node | None) -> str:
        """As Markdown; images are noted and left out."""
        if node is None:
            return ""
        source = _PASTED.sub("data:", (node.first("text") or node).text)
        if len(source) > _MAX_TEXT:
            problem = _("a text has %(n)s characters, and at most %(most)s are read")
            values = {"n": f"{len(source):,}", "most": f"{_MAX_TEXT:,}"}
            raise InvalidRecord("statement", problem % values)
        if node.attributes.get("format") == "markdown":
            text, images = source.strip(), list[str]()
        else:
            text, images = to_markdown(source)
        files = [file.attributes.get("name", "") for file in node.all("file")]
        for name in dict.fromkeys(images + files):
            self.left_out.append(_("the image or file “%(name)s”") % {"name": name[:60]})
        return text

    def _tag_texts(self) -> list[str]:
        tags = self.node.first("tags")
        return [tag.text_of("text").strip() for tag in tags.all("tag")] if tags else []

    def _tags(self) -> dict[str, str]:
        """What our own export has written into tags."""
        own = [tag.removeprefix(OWN_TAG) for tag in self._tag_texts() if tag.startswith(OWN_TAG)]
        return {name: value for name, _sign, value in (tag.partition("=") for tag in own)}

    def _skills(self) -> list[str]:
        skills = []
        for tag in self._tag_texts():
            name = re.sub(r"[\s-]+", "_", tag.lower())
            if _SKILL.match(name):
                skills.append(name)
            elif not tag.startswith(OWN_TAG):
                self.left_out.append(_("the tag “%(tag)s”") % {"tag": tag[:60]})
        return list(dict.fromkeys(skills))


def _number(text: str, name: str) -> Decimal:
    if not _NUMBER.fullmatch(text.strip()):
        problem = _("%(name)s “%(text)s” is not a number")
        raise InvalidRecord("key", problem % {"name": name, "text": text[:40]})
    return Decimal(text.strip())


def _kind_of(value: str) -> Kind:
    """A letter alone is a word here: a short answer has nothing to choose from."""
    try:
        kind = infer_key(value).kind
    except InvalidKey:
        return Kind.TEXT
    return Kind.TEXT if kind == Kind.CHOICE else kind


def _answer_alone(key: dict[str, Any]) -> str:
    written = AnswerKey(key["value"], Kind(key["kind"]))
    text = f"{written.value} {key.get('unit', '')}".strip()
    is_word = written.kind in (Kind.TEXT, Kind.CHOICE) or key.get("unit")
    return rf"\(\boxed{{\text{{{text}}}}}\)" if is_word else rf"\(\boxed{{{text}}}\)"


_KINDS: dict[str, Callable[[_Question, dict[str, str]], dict[str, Any]]] = {
    "numerical": _Question.numerical,
    "shortanswer": _Question.short_answer,
    "multichoice": _Question.multiple_choice,
}
