"""What is written down about a finished solution: its grade and its measurements."""

from tutor.engine.completion import Outcome
from tutor.engine.refusals import declines, says_nothing
from tutor.grading import GRADER_VERSION, Grade, Verdict, grade_completion
from tutor.problems.models import ProblemVersion
from tutor.solutions.log.writer import LogWriter


def grade_solution(version: ProblemVersion, answer: str) -> Grade:
    """The model's answer judged against the stored one, which nothing but this reads."""
    key = version.checked_key
    if key.fault is not None:
        return Grade(Verdict.UNDECIDED, score=0, rule=key.fault)
    return grade_completion(answer, key.whole)


def named_outcome(outcome: Outcome, answer: str, grade: Grade | None) -> Outcome:
    """DECLINED for a text that ended by itself, and neither solves the problem nor tries to."""
    if outcome is not Outcome.FINISHED or grade is None or grade.verdict == Verdict.CORRECT:
        return outcome
    is_refusal = declines(answer) if grade.answer else says_nothing(answer)
    return Outcome.DECLINED if is_refusal else outcome


def measurements(writer: LogWriter, started_at: float) -> dict[str, object]:
    """Columns of the row: seconds from the claim on, and the grader that judged.

    The first token's time includes waiting for the engine; after a worker was lost, both times
    are those of the worker that went on.
    """
    first, last = writer.first_token_at, writer.last_token_at
    measured: dict[str, object] = {"grader": GRADER_VERSION}
    if first is not None and last is not None:
        further = max(writer.new_tokens - 1, 1)
        measured |= {
            "ttft_s": first - started_at,
            "tpot_s": (last - first) / further,
            "duration_s": last - started_at,
        }
    return measured
