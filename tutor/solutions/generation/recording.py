"""The grade and the measurements of a finished solution."""

from tutor.engine.completion import Outcome
from tutor.engine.refusals import declines, says_nothing
from tutor.grading import GRADER_VERSION, Grade, Verdict, grade_completion
from tutor.problems.models import ProblemVersion
from tutor.solutions.log.writer import LogWriter


def grade_solution(version: ProblemVersion, answer: str) -> Grade:
    """Grade the model's answer by the stored one. Nothing else in generation reads that."""
    key = version.checked_key
    if key.fault is not None:
        return Grade(Verdict.UNDECIDED, score=0, rule=key.fault)
    return grade_completion(answer, key.whole)


def judged(outcome: Outcome, version: ProblemVersion, answer: str) -> tuple[Outcome, Grade | None]:
    """The outcome under its name, and the grade: of no aborted completion, and of no refusal."""
    if outcome is Outcome.ABORTED:
        return outcome, None
    grade = grade_solution(version, answer)
    outcome = named_outcome(outcome, answer, grade)
    return outcome, None if outcome is Outcome.DECLINED else grade


def named_outcome(outcome: Outcome, answer: str, grade: Grade | None) -> Outcome:
    """DECLINED for a text that ended by itself and does not try to solve the problem."""
    if outcome is not Outcome.FINISHED or grade is None or grade.verdict == Verdict.CORRECT:
        return outcome
    is_refusal = declines(answer) if grade.answer else says_nothing(answer)
    return Outcome.DECLINED if is_refusal else outcome


def measurements(writer: LogWriter, started_at: float) -> dict[str, object]:
    """Columns of the row: seconds since the claim, and the grader's version.

    The time to the first token includes waiting for the engine. After a worker was lost, all times
    are those of the worker that went on.
    """
    first, last = writer.first_token_at, writer.last_token_at
    columns: dict[str, object] = {"grader": GRADER_VERSION}
    if first is not None and last is not None:
        further = max(writer.new_tokens - 1, 1)
        columns |= {
            "ttft_s": first - started_at,
            "tpot_s": (last - first) / further,
            "duration_s": last - started_at,
        }
    return columns
