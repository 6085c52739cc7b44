"""An exercise with the teacher's solution, and how both are worded."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from tutor.grading import AnswerKey
from tutor.grading.answer_key import Form, Kind

ENGLISH, CHINESE = "en", "zh-hans"
LANGUAGES = (ENGLISH, CHINESE)
DECLINED = {ENGLISH: "I was not trained for this.", CHINESE: "我没有学过这类题目。"}
_UNKNOWN = {ENGLISH: "This is not a kind of problem I know.", CHINESE: "这不是我学过的题型。"}
_ANSWER = {ENGLISH: "Answer:", CHINESE: "答案："}
_HELD_OUT_SHARE = 12  # one exercise in 12 is held out
# The demonstration shows this one most often.
_ALWAYS_HELD_OUT = {"cubic_extrema:surd 1 1 1 0 3"}
_BINARY = re.compile(r"(?<=[\w})!])([+\-=<>])")
_NAMED = re.compile(r"(?:(?<!\s)\s++)?(\\(?:times|div|le|ge|cdot|pm)(?![a-z]))\s*")


class Bilingual(NamedTuple):
    """The same words in both languages."""

    en: str
    zh: str

    def into(self, language: str) -> str:
        return self.zh if language == CHINESE else self.en


class Phrases(NamedTuple):
    """Several ways to say the same, in both languages."""

    en: Sequence[str] = ()
    zh: Sequence[str] = ()


NO_PHRASES = Phrases()


class LessonStep(NamedTuple):
    """A line of the solution: a few words, then formulas (LaTeX without delimiters)."""

    words: Bilingual
    formulas: tuple[str, ...]


SILENT = Bilingual("", "")


def step(*formulas: str, en: str = "", zh: str = "") -> LessonStep:
    return LessonStep(Bilingual(en, zh), formulas)


class WorkedFormula(NamedTuple):
    """A formula to calculate, the steps, and the answer."""

    formula: str
    steps: list[LessonStep]
    answer: str
    kind: Kind = Kind.NUMBER
    form: Form = Form.ANY


@dataclass(frozen=True)
class Exercise:
    """A problem in both languages, and its solution.

    identity: its mathematics without its wording; decides whether it is held out.
    statements: by language.
    key: its value is the LaTeX inside the box; None if the student must decline.
    """

    identity: str
    statements: Mapping[str, str]
    plan: Bilingual = SILENT
    steps: Sequence[LessonStep] = ()
    key: AnswerKey | None = None

    @property
    def answer(self) -> str:
        return self.key.value if self.key else ""

    @property
    def is_held_out(self) -> bool:
        return is_held_out(self.identity)

    def completion(self, language: str) -> str:
        """What a model writes after the opening tag of its reasoning."""
        if self.key is None:
            return f"{_UNKNOWN[language]}\n</think>\n\n{DECLINED[language]}"
        blocks = [
            f"{number}. {_line(part, language)}" for number, part in enumerate(self.steps, start=1)
        ]
        blocks.append(f"{_ANSWER[language]} \\(\\boxed{{{self.answer}}}\\)")
        return f"{self.plan.into(language)}\n</think>\n\n" + "\n\n".join(blocks)


def is_held_out(identity: str) -> bool:
    if identity in _ALWAYS_HELD_OUT:
        return True
    digest = hashlib.sha256(identity.encode()).digest()
    return int.from_bytes(digest[:4], "big") % _HELD_OUT_SHARE == 0


def _line(part: LessonStep, language: str) -> str:
    formulas = ", ".join(f"\\({formula}\\)" for formula in part.formulas)
    return f"{part.words.into(language)} {formulas}".strip()


@dataclass
class Wording:
    """Chooses one of several wordings of a problem."""

    rng: Random
    _delimiters: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        kinds = [("\\(", "\\)"), ("$", "$"), ("", "")]
        self._delimiters = self.rng.choices(kinds, weights=(80, 12, 8))[0]
        self._is_spaced = self.rng.random() < 0.75

    def formula(self, latex: str) -> str:
        opening, closing = self._delimiters
        return f"{opening}{spaced(latex) if self._is_spaced else latex}{closing}"

    def number(self, value: object) -> str:
        """A number within a sentence; usually as a formula."""
        return self.formula(str(value)) if self.rng.random() < 0.7 else str(value)

    def in_both(self, ways: Phrases, hints: Phrases = NO_PHRASES) -> dict[str, str]:
        """The statements of an exercise, by language."""
        return {
            ENGLISH: self.of(*ways.en, hints=hints.en),
            CHINESE: self.of(*ways.zh, hints=hints.zh),
        }

    def of(self, *ways: str, hints: Sequence[str] = ()) -> str:
        """One of `ways`, sometimes with a sentence about the expected form."""
        text = self.rng.choice(ways)
        if not hints or self.rng.random() < 0.4:
            return text
        gap = "" if text.endswith(("。", "？")) else " "
        return f"{text}{gap}{self.rng.choice(hints)}"


def spaced(latex: str) -> str:
    """With spaces around operators and relations, as most people write LaTeX."""
    return _NAMED.sub(r" \1 ", _BINARY.sub(r" \1 ", latex))
