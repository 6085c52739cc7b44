"""The exercises of a student's variant: made once, on request, and kept in the cache."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b

from django.core.cache import cache

from tutor.assignments.models import Item
from tutor.attempts.practising.further_variants import MAX_PRACTICE
from tutor.attempts.variants import VARIANTS
from tutor.attempts.working.decimal_commas import statement_and_lines
from tutor.figures import without_figures
from tutor.grading import AnswerKey, Verdict
from tutor.grading.exercises import LineExercises
from tutor.grading.exercises.client import MAX_WAIT_S, make_exercises
from tutor.grading.grade import grade_response
from tutor.grading.steps.checks import CHECKER_VERSION
from tutor.limits import NoCpuLeft, limited_act
from tutor.problems.content import Content, InvalidRecord
from tutor.problems.models import ProblemVersion

MAKER_VERSION = f"2-{CHECKER_VERSION}"
KEPT_S = 7 * 86_400
FAILED_S = 60  # until they are tried again: a busy machine may be less so by then
MADE_A_MINUTE = 20
# Beyond the seeds of the class and of practice, so that no exercise tells anybody's answer.
FIRST_SEED = VARIANTS + MAX_PRACTICE + 100
MAX_SEEDS = 12
# One child makes them: who would only wait for it asks again, and holds no page's slot meanwhile.
_making = threading.Lock()


def exercises_for(item: Item, version: ProblemVersion, user_pk: int) -> LineExercises | None:
    """Empty where nothing is proved, and for a minute where that took too long.

    None while others are made, and for who had too many made in this minute. version: the variant
    of this student, to whom the making is charged.
    """
    if version.parts or version.choices or not version.checked_key.is_usable:
        return LineExercises()
    key = _cache_key(version)
    if (stored := _stored(key)) is not None:
        return stored
    if not _making.acquire(blocking=False):
        return None
    try:
        return _made_and_kept(item, version, key, user_pk)
    except NoCpuLeft:
        return None
    finally:
        _making.release()


def _made_and_kept(
    item: Item, version: ProblemVersion, key: str, user_pk: int
) -> LineExercises | None:
    """Raises NoCpuLeft, also for who had too many made in this minute."""
    if not cache.add(f"{key}/making", True, 2 * MAX_WAIT_S):
        return None  # another process makes them
    try:
        with limited_act("exercises", user_pk, per_minute=MADE_A_MINUTE):
            exercises = _made(item, version)
    finally:
        cache.delete(f"{key}/making")
    kept_s = FAILED_S if exercises is None else KEPT_S
    exercises = exercises or LineExercises()
    cache.set(key, exercises.to_dict(), kept_s)
    return exercises


def _cache_key(version: ProblemVersion) -> str:
    text = f"{version.statement}\n{version.checked_key.whole}"  # either may be edited in place
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"exercises/{MAKER_VERSION}/{version.pk}/{digest}"


def _stored(key: str) -> LineExercises | None:
    """None where there is nothing, or another version wrote it."""
    fields = cache.get(key)
    try:
        return None if fields is None else LineExercises.from_dict(fields)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _made(item: Item, version: ProblemVersion) -> LineExercises | None:
    contents = _contents_by_statement(item, version)
    siblings = [text for text in contents if text != version.statement_without_figures]
    exercises = make_exercises(_statement(version), siblings if contents else None)
    return exercises and _safe(exercises, version, contents)


def _contents_by_statement(item: Item, version: ProblemVersion) -> dict[str, Content]:
    """Other variants of the author's; empty for a problem without parameters."""
    template = item.version
    if not version.seed or template is None or not template.is_template:
        return {}
    variants = _variants(template.content())
    return {without_figures(content.statement): content for content in variants}


def _variants(template: Content) -> Iterator[Content]:
    for seed in range(FIRST_SEED, FIRST_SEED + MAX_SEEDS):
        try:
            yield template.variant(seed)
        except InvalidRecord:
            continue


def _statement(version: ProblemVersion) -> str:
    return statement_and_lines((), version, decimal_comma=False)[0]


def _safe(
    exercises: LineExercises, version: ProblemVersion, contents: Mapping[str, Content]
) -> LineExercises:
    """Without those that end in another answer than the author's, or in the student's own."""
    own = version.checked_key.whole
    if not is_right_end(exercises.answer, own):
        return LineExercises()
    solutions = [
        solution
        for solution in exercises.solutions
        if not is_right_end(solution.answer, own)
        and (not contents or is_right_end(solution.answer, contents[solution.statement].key))
    ]
    statements = {solution.statement for solution in solutions}
    wrong = [
        solution
        for solution in exercises.wrong
        if solution.statement in statements and not is_right_end(solution.lines[-1], own)
    ]
    return replace(exercises, solutions=tuple(solutions), wrong=tuple(wrong))


def is_right_end(line: str, key: AnswerKey) -> bool:
    """Whether the last line of a solution gives the answer, alone or right of its equals sign."""
    texts = dict.fromkeys((line, line.rpartition("=")[2].strip()))
    return any(grade_response(text, key).verdict == Verdict.CORRECT for text in texts)
