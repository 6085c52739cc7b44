"""Questions of other systems, as the key, the choices and the foreseen answers of a problem.

Every function returns fields of a record, and raises InvalidRecord where there is no such problem.
"""

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import sha256
from string import ascii_uppercase
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from tutor.grading import AnswerKey, Form, InvalidKey, Kind, Verdict, grade_response, infer_key
from tutor.grading.multipart import LETTERS, MAX_PARTS
from tutor.problems import content
from tutor.problems.content import InvalidRecord, key_from
from tutor.problems.expected import EVERY_OTHER, FULL, Expected, key_of
from tutor.problems.interchange.imported import DECIMAL_WITH_COMMA

Fields = dict[str, Any]

MAX_RIGHT = 20
_NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})([eE][+-]?\d{1,2})?")
_OF_OTHER_CHOICES = re.compile(
    r"\b(?:above|below|previous|oben|genannten|ci-dessus|anteriores)\b|以上|上述"
    r"|\b[A-F] (?:and|or|und|oder|et|ou|y|o) [A-F]\b",
    re.IGNORECASE,
)
_WILD = re.compile(r"(?<!\\)\*")


@dataclass(frozen=True)
class QuestionAnswer:
    """One answer that another system knows.

    percent: its share of the points, from -100 to 100. tolerance: how far off a number may be.
    """

    text: str
    percent: Decimal = Decimal(100)
    feedback: str = ""
    tolerance: Decimal = Decimal(0)

    @property
    def is_right(self) -> bool:
        return self.percent == FULL

    @property
    def is_every_other(self) -> bool:
        return self.text.strip() == EVERY_OTHER

    @property
    def is_told(self) -> bool:
        """Whether a student who gives it learns or earns something."""
        return bool(self.feedback) or self.percent > 0

    def expected(self) -> Expected:
        tolerance = f"{self.tolerance:f}" if self.tolerance else ""
        return Expected(self.text, self.feedback, whole_percent(self.percent), tolerance)


@dataclass
class Notes:
    """What the imported problem will lack."""

    left_out: list[str] = field(default_factory=list)

    def add(self, note: str) -> None:
        if note not in self.left_out:
            self.left_out.append(note)


def whole_percent(percent: Decimal) -> int:
    return max(0, min(FULL, round(percent)))


def number(text: str, name: str) -> Decimal:
    """A number as another system writes it, also with a comma. Raises InvalidRecord."""
    plain = text.strip().replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        problem = _("%(name)s “%(text)s” is not a number")
        raise InvalidRecord("key", problem % {"name": name, "text": text[:40]})
    return Decimal(plain)


def numerical(answers: Sequence[QuestionAnswer], unit: Fields) -> Fields:
    """A number, or with a unit a quantity."""
    right = _right(answers)
    key = {"kind": "number", "value": _without_exponent(right.text), **unit}
    if "," in right.text:
        key["decimal_comma"] = True
    if right.tolerance:
        key["tolerance"] = f"{right.tolerance:f}"
    answers = [replace(answer, text=_without_exponent(answer.text)) for answer in answers]
    return {"key": key, "expected": _expected(answers, key_from(key), Notes())}


def _without_exponent(text: str) -> str:
    text = text.strip()
    return f"{Decimal(text):f}" if "e" in text.lower() and _NUMBER.fullmatch(text) else text


def short_answer(
    answers: Sequence[QuestionAnswer],
    notes: Notes,
    *,
    ignore_case: bool,
    options: Fields | None = None,
    writes_commas: bool = False,
) -> Fields:
    """A number, an expression …, if the right answers are such; else a word.

    options: of the key, with its kind where that is known. writes_commas: 2,5 is a number.
    """
    value = _plain_text(_right(answers).text)
    answers = _without_wildcards(answers, notes)
    known = dict(options or {})
    if "kind" not in known and _has_decimal_comma(value, answers, writes_commas=writes_commas):
        known |= {"kind": Kind.NUMBER.value, "decimal_comma": True}
    kind = known.get("kind") or _common_kind(value, answers).value
    key: Fields = {**known, "kind": kind, "value": value}
    if kind == Kind.TEXT and not ignore_case:
        key["ignore_case"] = False
    return {"key": key, "expected": _expected(answers, key_from(key), notes)}


def _has_decimal_comma(
    value: str, answers: Sequence[QuestionAnswer], *, writes_commas: bool
) -> bool:
    """Whether it is one number: by where it was written, or since it counts with a point, too."""
    with_point = value.strip().replace(",", ".")
    return bool(DECIMAL_WITH_COMMA.fullmatch(value.strip())) and (
        writes_commas or any(row.is_right and row.text.strip() == with_point for row in answers)
    )


def _plain_text(text: str) -> str:
    return text.replace("\\*", "*")


def _without_wildcards(answers: Sequence[QuestionAnswer], notes: Notes) -> list[QuestionAnswer]:
    """Those that stand for one answer each. Raises InvalidRecord where a right one does not."""
    plain = []
    for answer in answers:
        if answer.is_every_other:
            plain.append(answer)
        elif not _WILD.search(answer.text):
            plain.append(replace(answer, text=_plain_text(answer.text)))
        elif answer.is_right:
            raise InvalidRecord(
                "key", _("an answer with * stands for many answers: write each of them out")
            )
        elif answer.is_told:
            note = _("feedback on “%(answer)s”, which stands for many answers")
            notes.add(note % {"answer": answer.text[:40]})
    return plain


def _common_kind(value: str, answers: Sequence[QuestionAnswer]) -> Kind:
    """That of one of the right answers, which all of them can be; else a word.

    A letter alone is a word here: a short answer has nothing to choose from.
    """
    right = [row.text for row in answers if row.is_right and not row.is_every_other]
    for text in [value, *right]:
        with suppress(InvalidKey):
            key = AnswerKey(value, infer_key(text).kind)
            key_of(Expected(value), key)
            if key.kind != Kind.CHOICE and all(_fits(text, key) for text in right):
                return key.kind
    return Kind.TEXT


def _fits(text: str, key: AnswerKey) -> bool:
    """Whether a right answer is of the key's kind, or is graded as right by it: x = 7 for 7."""
    try:
        key_of(Expected(text), key)
    except InvalidKey:
        return grade_response(text, key).verdict == Verdict.CORRECT
    return True


def _right(answers: Sequence[QuestionAnswer]) -> QuestionAnswer:
    if any(answer.is_every_other and answer.is_right for answer in answers):
        raise InvalidRecord("key", _("every answer counts in full"))
    right = [answer for answer in answers if answer.is_right]
    if not right:
        raise InvalidRecord("key", _("no answer counts in full"))
    if len(right) > MAX_RIGHT:
        raise InvalidRecord("key", _("there are too many right answers"))
    return right[0]


def _expected(
    answers: Sequence[QuestionAnswer], key: AnswerKey, notes: Notes
) -> list[dict[str, Any]]:
    """Rows for all answers but the first right one, and for that one if it has a feedback."""
    right = _right(answers)
    rows = []
    for answer in answers:
        if answer.is_every_other or not answer.is_told:
            continue
        if answer is not right and _is_same(answer, right, key):
            continue
        if not _is_readable(answer, key):
            note = _("feedback on “%(answer)s”, which is not of the same kind as the right answer")
            notes.add(note % {"answer": answer.text[:40]})
        elif answer is not right or answer.feedback:
            rows.append(answer.expected())
    others = [answer for answer in answers if answer.is_every_other and answer.is_told]
    return [row.to_dict() for row in [*rows, *(answer.expected() for answer in others[:1])]]


def _is_readable(answer: QuestionAnswer, key: AnswerKey) -> bool:
    try:
        key_of(answer.expected(), key)
    except InvalidKey:
        return False
    return True


def _is_same(answer: QuestionAnswer, right: QuestionAnswer, key: AnswerKey) -> bool:
    """Whether the key itself calls it right, and nothing else is said, so that it needs no row."""
    if not answer.is_right or answer.feedback not in ("", right.feedback):
        return False
    texts = [answer.text]
    if answer.tolerance:
        middle = number(answer.text, "")
        texts = [f"{end:f}" for end in (middle - answer.tolerance, middle + answer.tolerance)]
    return all(grade_response(text, key).verdict == Verdict.CORRECT for text in texts)


def in_another_order(choices: Sequence[QuestionAnswer], title: str) -> list[QuestionAnswer]:
    """Not as written, where the right one mostly comes first, but in one order for everybody.

    A file that comes again has the same order. Choices that speak of others stay where they are.
    title: of the question, so that alike choices of several have several orders.
    """
    if any(_OF_OTHER_CHOICES.search(choice.text) for choice in choices):
        return list(choices)
    return sorted(choices, key=lambda choice: sha256(f"{title}\0{choice.text}".encode()).digest())


def one_choice(choices: Sequence[QuestionAnswer]) -> Fields:
    """One of the choices counts in full, or several do, each on its own."""
    letters = _letters(choices)
    right = next((n for n, choice in enumerate(choices) if choice.is_right), None)
    if right is None:
        raise InvalidRecord("key", _("no answer counts in full"))
    expected = [
        replace(choice.expected(), answer=letter).to_dict()
        for letter, choice in zip(letters, choices, strict=True)
        if choice.feedback or (choice.is_told and letter != letters[right])
    ]
    return {
        "key": {"kind": "choice", "value": letters[right]},
        "choices": [choice.text for choice in choices],
        "expected": expected,
    }


def several_choices(
    choices: Sequence[QuestionAnswer], right: Collection[int] | None = None
) -> Fields:
    """The shares of the chosen ones add up.

    right: the numbers of those that are right together; without it, all with a positive share.
    """
    letters = _letters(choices)
    if right is None:
        right = [n for n, choice in enumerate(choices) if choice.percent > 0]
    if not right:
        raise InvalidRecord("key", _("no answer counts in full"))
    key: Fields = {"kind": "choice", "value": ", ".join(letters[n] for n in sorted(right))}
    if not _counts_as_usual(choices, right):
        key["shares"] = " ".join(_plain(choice.percent) for choice in choices)
    expected = [
        Expected(letter, choice.feedback).to_dict()
        for letter, choice in zip(letters, choices, strict=True)
        if choice.feedback
    ]
    return {"key": key, "choices": [choice.text for choice in choices], "expected": expected}


def _counts_as_usual(choices: Sequence[QuestionAnswer], right: Collection[int]) -> bool:
    """Whether each right one has the same share, and one wrong choice takes all points away."""
    rights = {_plain(choices[n].percent) for n in right}
    wrong = {_plain(choice.percent) for n, choice in enumerate(choices) if n not in right}
    return rights == {_plain(Decimal(FULL) / len(right))} and wrong <= {f"-{FULL}"}


def _plain(percent: Decimal) -> str:
    return f"{round(percent, 4).normalize():f}"


def _letters(choices: Sequence[Any]) -> str:
    if len(choices) > len(ascii_uppercase):
        raise InvalidRecord("choices", _("there are more choices than letters"))
    return ascii_uppercase[: len(choices)]


def true_or_false(answers: Sequence[QuestionAnswer], language: str) -> Fields:
    """The first answer is “true”."""
    with override(language):
        words = (_("True"), _("False"))
    return one_choice(
        [replace(answer, text=word) for answer, word in zip(answers, words, strict=True)]
    )


def free_text(sample: str) -> Fields:
    """What a teacher reads. sample: what is to be expected, for the teacher."""
    value = sample.strip() or _("A teacher reads the answers.")
    return {"key": {"kind": "text", "form": Form.FREE_TEXT.value, "value": value[:2_000]}}


def matching(
    pairs: Sequence[tuple[str, str]], others: Sequence[str] = (), choices: Sequence[str] = ()
) -> Fields:
    """A part for each pair, whose choices are all answers, by alphabet or as `choices` has them.

    others: answers that fit nothing.
    """
    answers = list(choices) or sorted({answer for _prompt, answer in pairs} | set(others))
    letters = dict(zip(answers, _letters(answers), strict=True))
    return in_parts(
        [
            (prompt, 1, {"key": {"kind": "choice", "value": letters[answer]}, "choices": answers})
            for prompt, answer in pairs
        ]
    )


def in_parts(parts: Sequence[tuple[str, int, Fields]]) -> Fields:
    """Questions that are answered together: the prompt, the share and the fields of each."""
    if len(parts) > MAX_PARTS:
        problem = _("it has %(n)d parts, and a problem can have %(most)d")
        raise InvalidRecord("parts", problem % {"n": len(parts), "most": MAX_PARTS})
    if not parts:
        raise InvalidRecord("parts", _("there is nothing to answer"))
    rows, expected = [], []
    for letter, (prompt, share, fields) in zip(LETTERS, parts, strict=False):
        row = {"prompt": prompt, "key": fields["key"], "share": share}
        rows.append(row | {"choices": list(fields.get("choices", []))})
        expected += [
            {**row, "answer": f"{letter}) {row['answer']}"} for row in fields.get("expected", [])
        ]
    return {"parts": rows, "expected": expected}


def gap(number: int) -> str:
    """What the statement has in place of a field, whose answer is the part of this number."""
    return f"**{LETTERS[number]})** …" if number < MAX_PARTS else "…"


def gap_prompt(number: int, language: str) -> str:
    with override(language):
        letter = LETTERS[min(number, MAX_PARTS - 1)]
        return _("What belongs at %(letter)s)?") % {"letter": letter}


def answer_alone(fields: Fields) -> str:
    """A reference solution that says the right answers, and no more."""
    rows = [part["key"] for part in fields["parts"]] if "parts" in fields else [fields["key"]]
    return content.answers_alone(list(map(_written_key, rows)))


def _written_key(key: Fields) -> AnswerKey:
    form = Form.FREE_TEXT if key.get("form") == Form.FREE_TEXT else Form.ANY
    return AnswerKey(key["value"], Kind(key["kind"]), form, unit=key.get("unit", ""))
