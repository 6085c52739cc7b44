"""Keeps the verdicts of parts that were judged before, where another part cannot be read."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tutor.attempts.models import Attempt
from tutor.grading import Feedback, Grade, Rule, Verdict
from tutor.grading.multipart import PartKey

_UNTOLD = (Rule.UNJUDGED, Rule.LEFT_EMPTY)


def with_known_parts(grade: Grade, attempt: Attempt, keys: tuple[PartKey, ...]) -> Grade:
    """The grade, in which a part that was not judged has the verdict of the same response before.

    Its student has read that verdict, so it tells nothing that could serve to try out answers.
    """
    if all(part.rule != Rule.UNJUDGED for part in grade.parts):
        return grade
    earlier = list(_earlier(attempt))
    parts = [
        _known(n, attempt, keys[n], earlier) or part if part.rule == Rule.UNJUDGED else part
        for n, part in enumerate(grade.parts)
    ]
    return replace(grade, parts=tuple(parts))


def _earlier(attempt: Attempt) -> Iterator[Attempt]:
    """Those of this variant, the newest first."""
    of_person = Attempt.with_practice.of_person(attempt.enrollment, attempt.item, attempt.practice)
    told = of_person.before(attempt).told().filter(version=attempt.version_id)
    yield from told.exclude(grade=None).select_related("grade").order_by("-submitted_at", "-pk")


def _known(n: int, attempt: Attempt, key: PartKey, earlier: list[Attempt]) -> Grade | None:
    """What was judged of part `n` when it had this response, and so had all that it builds on."""
    first = 0 if key.carried else n
    given = attempt.part_responses[first : n + 1]
    for other in earlier:
        rows = other.grade.parts if other.grade else []
        if other.part_responses[first : n + 1] != given or n >= len(rows):
            continue
        if rows[n]["verdict"] != Verdict.UNREADABLE and rows[n]["rule"] not in _UNTOLD:
            return _stored(rows[n], given[-1])
    return None


def _stored(row: Mapping[str, Any], response: str) -> Grade:
    feedback = Feedback.from_json(row["feedback"])
    verdict, rule = Verdict(row["verdict"]), Rule(row["rule"])
    return Grade(verdict, row["score"], rule, feedback, response, carried=tuple(row["carried"]))
