"""Measures how the tutor names mistakes, offers next lines and names moves, on labelled data.

    python -m tests.bench.tutor WRONG_ANSWERS NEXT_STEPS MOVES [--misses FILE] [--bank] [--json]

A row of WRONG_ANSWERS: statement, key, response, truth (mistake, form, partial, near, on_the_way,
arbitrary, right), mistake and family (each a name or a list of them). Of NEXT_STEPS: statement,
lines, good_next, move, also, language. Of MOVES: before, after, move, also. Shares are between
0 and 1:

mistakes_named     mistakes with an explanation of their family
mistakes_misnamed  mistakes with an explanation of another family
near_fitting       forms, parts, near misses and ways whose explanation says so, of those that the
                   grader does not accept with the row's key
arbitrary_claimed  arbitrary wrong answers with an explanation
right_claimed      right answers with an explanation
leaks              explanations that give the answer away (a count)
next_offered       positions with a next line
next_good          of those, lines that equal a good one up to the order of summands and sides
next_unproved      lines that the check of working does not prove (a count)
bank_solved        problems of the starter bank that the solver takes to the stored answer, of those
                   with a value as their answer (with --bank)
bank_faded         of those solved, with solutions to complete (a count; with --bank)
bank_wrong         of those solved, with a wrong line to find (a count; with --bank)
moves_right        moves with the phrase of the row, or one of its synonyms

near_accepted: how many of those the grader accepts. same_name: of the mistakes named, those whose
name is also the row's. ms_p50, ms_p95: processor time of an explanation, in milliseconds;
next_ms_p95: of a next line.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

from tests.bench.mistake_names import FAMILIES, mistake_called
from tests.bench.move_phrases import same_move
from tests.bench.starter_bank import starter_exercises, starter_solutions
from tests.bench.trees import is_like
from tests.bench.working import _with_decimal_points, share
from tutor.attempts.mistake_sentences.sentences import mistake_sentence
from tutor.grading.answer_key import Verdict
from tutor.grading.comparison.keys import read_key
from tutor.grading.grade import grade_response
from tutor.grading.leaks.hints import leak_in
from tutor.grading.mistakes import Explanation, MistakeFamily, MistakeName
from tutor.grading.mistakes.explain import explain
from tutor.grading.numeric.sympy_client import warm_up
from tutor.grading.processes.work_budget import cpu_time_s
from tutor.grading.solver import Move, Step
from tutor.grading.solver.naming import name_move
from tutor.grading.solver.solve import next_steps
from tutor.grading.steps.checks import Mark
from tutor.grading.working.checker import check_working

NEAR = ("form", "partial", "on_the_way", "near")
# What fits these truths, beside the family of the row.
_FITTING = {
    "form": {MistakeFamily.FORM},
    "partial": {MistakeFamily.SOLUTIONS},
    "on_the_way": {MistakeFamily.ON_THE_WAY},
    "near": {MistakeFamily.NUMBERS},
}
_UNFINISHED = {MistakeName.NOT_WORKED_OUT, MistakeName.STOPPED_EARLY}


def names_of(value: str | Sequence[Any] | None) -> list[str]:
    """All names of a field that has one name, several, or none."""
    if value is None or isinstance(value, str):
        return [value] if value else []
    return [name for part in value for name in names_of(part)]


@dataclass(frozen=True, slots=True)
class Explained:
    row: dict[str, Any]
    explanation: Explanation | None
    is_accepted: bool
    cpu_s: float

    @property
    def truth(self) -> str:
        return str(self.row["truth"])

    @property
    def fits(self) -> bool:
        """Whether the explanation is of the row's family."""
        if self.explanation is None:
            return False
        families = {FAMILIES[name] for name in names_of(self.row["family"])}
        family = self.explanation.name.family
        if self.truth == "on_the_way" and self.explanation.name in _UNFINISHED:
            return True
        return family in families or family in _FITTING.get(self.truth, ())

    @property
    def has_same_name(self) -> bool:
        names = {mistake_called(name) for name in names_of(self.row["mistake"])}
        return self.explanation is not None and self.explanation.name in names

    @property
    def leak(self) -> str:
        """What gives the answer away in the sentence that a student reads; "" for nothing."""
        if self.explanation is None:
            return ""
        sentence = mistake_sentence(self.explanation)
        return leak_in(sentence, read_key(self.row["key"]), self.row["statement"])


def explained(row: dict[str, Any]) -> Explained:
    key = read_key(row["key"])
    began_at = cpu_time_s()
    explanation = explain(row["response"], key, row["statement"])
    seconds = cpu_time_s() - began_at
    is_accepted = grade_response(row["response"], key).verdict == Verdict.CORRECT
    return Explained(row, explanation, is_accepted, seconds)


@dataclass(frozen=True, slots=True)
class Offered:
    row: dict[str, Any]
    step: Step | None
    is_proved: bool
    cpu_s: float

    @property
    def is_good(self) -> bool:
        return self.step is not None and any(
            is_like(self.step.line, line) for line in _with_points(self.row, self.row["good_next"])
        )


def _with_points(row: dict[str, Any], texts: Sequence[str]) -> list[str]:
    return _with_decimal_points({**row, "lines": list(texts)})[1:]


def offered(row: dict[str, Any]) -> Offered:
    statement, *lines = _with_decimal_points(row)
    began_at = cpu_time_s()
    steps = next_steps(statement, lines)
    seconds = cpu_time_s() - began_at
    if not steps:
        return Offered(row, None, True, seconds)
    checks = check_working([*lines, steps[0].line], statement)
    is_proved = checks[-1].mark in (Mark.PROVED, Mark.GIVEN)
    return Offered(row, steps[0], is_proved, seconds)


@dataclass(frozen=True, slots=True)
class NamedMove:
    row: dict[str, Any]
    move: Move | None

    @property
    def is_right(self) -> bool:
        phrases = [self.row["move"], *self.row.get("also", ())]
        return self.move is not None and any(
            same_move(self.move.phrase, phrase) for phrase in phrases
        )


def figures(
    answers: Sequence[Explained], positions: Sequence[Offered], moves: Sequence[NamedMove]
) -> dict[str, float]:
    mistakes = [answer for answer in answers if answer.truth == "mistake"]
    near = [answer for answer in answers if answer.truth in NEAR]
    offers = [position for position in positions if position.step is not None]
    return {
        "answers": len(answers),
        "mistakes_named": share(answer.fits for answer in mistakes),
        "mistakes_misnamed": share(
            answer.explanation is not None and not answer.fits for answer in mistakes
        ),
        "near_fitting": share(answer.fits for answer in near if not answer.is_accepted),
        "near_accepted": sum(answer.is_accepted for answer in near),
        "arbitrary_claimed": _claimed(answers, "arbitrary"),
        "right_claimed": _claimed(answers, "right"),
        "leaks": sum(bool(answer.leak) for answer in answers),
        "same_name": share(answer.has_same_name for answer in mistakes if answer.fits),
        "next_offered": share(position.step is not None for position in positions),
        "next_good": share(position.is_good for position in offers),
        "next_unproved": sum(not position.is_proved for position in offers),
        "moves_right": share(move.is_right for move in moves),
        "ms_p50": 1000 * _quantile([answer.cpu_s for answer in answers], 0.5),
        "ms_p95": 1000 * _quantile([answer.cpu_s for answer in answers], 0.95),
        "next_ms_p95": 1000 * _quantile([position.cpu_s for position in positions], 0.95),
    }


def _claimed(answers: Iterable[Explained], truth: str) -> float:
    return share(answer.explanation is not None for answer in answers if answer.truth == truth)


def _quantile(values: Sequence[float], quantile: float) -> float:
    return sorted(values)[int(quantile * (len(values) - 1))] if values else 0.0


def miss_of_answer(answer: Explained) -> dict[str, Any] | None:
    """What is wrong with the explanation; None where nothing is."""
    name = answer.explanation.name if answer.explanation else None
    if answer.truth in ("arbitrary", "right"):
        reason = "claimed" if name else ""
    elif answer.leak:
        reason = "leak"
    elif answer.fits or answer.is_accepted:
        reason = ""
    else:
        reason = "misnamed" if name else "unnamed"
    if not reason:
        return None
    fields = ("id", "statement", "answer", "response", "truth", "mistake", "family")
    return {"miss": reason, "named": name, **{key: answer.row.get(key) for key in fields}}


def miss_of_position(position: Offered) -> dict[str, Any] | None:
    step = position.step
    if step is None:
        reason = "no_next"
    elif not position.is_proved:
        reason = "unproved"
    elif not position.is_good:
        reason = "other_next"
    else:
        return None
    line = [step.line, step.move.phrase] if step else []
    fields = ("id", "statement", "lines", "good_next", "move")
    return {"miss": reason, "offered": line, **{key: position.row.get(key) for key in fields}}


def miss_of_move(move: NamedMove) -> dict[str, Any] | None:
    if move.is_right:
        return None
    phrase = move.move.phrase if move.move else ""
    return {"miss": "move", "named": phrase, **move.row}


def read_rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def show_families(answers: Iterable[Explained]) -> None:
    """Of each family: how many mistakes are named, misnamed, and not named."""
    counts: dict[str, Counter[str]] = {}
    for answer in answers:
        if answer.truth != "mistake":
            continue
        outcome = "named" if answer.fits else "misnamed" if answer.explanation else "unnamed"
        for family in names_of(answer.row["family"])[:1]:
            counts.setdefault(family, Counter())[outcome] += 1
    print(f"\n{'family':<28}{'named':>9}{'misnamed':>9}{'unnamed':>9}")
    for family, count in sorted(counts.items()):
        cells = (f"{count[outcome]:>9}" for outcome in ("named", "misnamed", "unnamed"))
        print(f"{family:<28}" + "".join(cells))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the naming of mistakes and the solver.")
    parser.add_argument("wrong_answers", type=Path)
    parser.add_argument("next_steps", type=Path)
    parser.add_argument("moves", type=Path)
    parser.add_argument("--misses", type=Path, help="where to write what went wrong, a JSON a line")
    parser.add_argument("--bank", action="store_true", help="solve the starter bank as well")
    parser.add_argument("--json", action="store_true", help="the figures as JSON on the last line")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutor.settings")
    django.setup()  # for the sentences
    warm_up()
    answers = [explained(row) for row in read_rows(arguments.wrong_answers)]
    positions = [offered(row) for row in read_rows(arguments.next_steps)]
    moves = [
        NamedMove(row, name_move(row["before"], row["after"])) for row in read_rows(arguments.moves)
    ]
    whole = figures(answers, positions, moves)
    if arguments.bank:
        whole["bank_solved"] = share(solution.is_right for solution in starter_solutions())
        exercises = [made for _solution, made in starter_exercises()]
        whole["bank_faded"] = sum(bool(made.solutions) for made in exercises)
        whole["bank_wrong"] = sum(bool(made.wrong) for made in exercises)
    for name, value in whole.items():
        print(f"{name:<20}{value:>10.3f}" if isinstance(value, float) else f"{name:<20}{value:>10}")
    show_families(answers)
    if arguments.misses:
        misses = [
            *map(miss_of_answer, answers),
            *map(miss_of_position, positions),
            *map(miss_of_move, moves),
        ]
        described = [json.dumps(row, ensure_ascii=False) for row in misses if row]
        arguments.misses.write_text("".join(f"{line}\n" for line in described), "utf-8")
    if arguments.json:
        print(json.dumps(whole))


if __name__ == "__main__":
    main()
