"""The parts of an attempt at a problem with parts, and of its grade."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tutor.attempts.counting import ProgressState, is_unfinished, state_of
from tutor.attempts.models.judgements import Advice
from tutor.courses.conventions import has_class_comma
from tutor.grading import Feedback, Grade, Rule, Verdict
from tutor.grading.mistakes import Explanation
from tutor.problems.answer_figures import answer_figure


@dataclass(frozen=True)
class AnsweredPart:
    """One part of an attempt.

    question, answer, grade: its rows in the version, the attempt and the grade. The last is empty
    while nobody has judged it, and where a person has graded the attempt as a whole.
    """

    letter: str
    question: Mapping[str, Any]
    answer: Mapping[str, Any]
    grade: Mapping[str, Any]
    advice: Advice | None = None

    @property
    def as_typed(self) -> str:
        return str(self.answer.get("typed") or self.answer.get("response", ""))

    @property
    def is_read_from_latex(self) -> bool:
        """As of an attempt without parts."""
        return bool(self.answer.get("reading")) and "\\" in self.as_typed

    @property
    def state(self) -> ProgressState:
        """As of a problem."""
        verdict, score = self.grade.get("verdict"), self.grade.get("score") or 0
        rule = self.grade.get("rule", "")
        lacks = is_unfinished(rule, self.feedback, self.shown_mistake)
        return state_of(verdict, score, is_unfinished=lacks)

    @property
    def percent(self) -> int:
        score: float = self.grade.get("score", 0)
        return round(100 * score)

    @property
    def feedback(self) -> Feedback | None:
        return Feedback.from_json(self.grade.get("feedback", ""))

    @property
    def shown_advice(self) -> Advice | None:
        """Advice on a wrong answer, which is hidden once the answer counts as right."""
        return None if self.grade.get("verdict") == Verdict.CORRECT else self.advice

    @property
    def shown_mistake(self) -> Explanation | None:
        """What probably went wrong; hidden once the answer counts as right."""
        is_right = self.grade.get("verdict") == Verdict.CORRECT
        return None if is_right else stored_explanation(self.answer.get("mistake"))

    @property
    def carried(self) -> str:
        """The parts from whose answers this one follows, such as "a), b)"."""
        return ", ".join(f"{letter})" for letter in self.grade.get("carried", ()))

    @property
    def figure(self) -> str:
        """Of what was drawn; empty where nothing was."""
        drawing, response = self.question.get("drawing", ""), self.answer.get("response", "")
        return answer_figure(drawing, response, decimal_comma=has_class_comma())

    @property
    def chosen(self) -> list[str]:
        letters = self.answer.get("response", "").split(", ")
        choices = enumerate(self.question.get("choices", ()))
        return [text for n, text in choices if chr(ord("A") + n) in letters]


def stored_explanation(fields: Any) -> Explanation | None:
    """None for an empty one, and for one that another version stored and this one cannot read."""
    try:
        return Explanation.from_dict(fields) if fields else None
    except (KeyError, TypeError, ValueError):
        return None


def grades_by_person(scores: Sequence[float]) -> list[Grade]:
    """The grades of the parts after a person gave each its score."""
    return [
        Grade(Verdict.CORRECT if score == 1 else Verdict.INCORRECT, score, Rule.PERSON)
        for score in scores
    ]


def part_rows(grades: Sequence[Grade]) -> list[dict[str, Any]]:
    """The grades of the parts, as a `GradeChange` stores them."""
    return [
        {
            "verdict": part.verdict.value,
            "score": part.score,
            "rule": part.rule,
            "feedback": part.feedback.to_json() if part.feedback else "",
            "carried": list(part.carried),
        }
        for part in grades
    ]
