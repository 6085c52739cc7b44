"""The exercises of a student's variant: made once, by a worker, and kept in the cache."""

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
from tutor.grading.exercises.client import make_exercises
from tutor.grading.grade import grade_response
from tutor.grading.steps.checks import CHECKER_VERSION
from tutor.limits import has_cpu_left, is_allowed
from tutor.problems.content import Content, InvalidRecord
from tutor.problems.models import ProblemVersion

MAKER_VERSION = f"2-{CHECKER_VERSION}"
KEPT_S = 7 * 86_400
EMPTY_S = 3_600  # where nothing was proved, perhaps for want of time
FAILED_S = 60  # until they are tried again: a busy machine may be less so by then
MADE_A_MINUTE = 20
ASKED_S = 180  # until a worker is asked again: the message may be lost
# Beyond the seeds of the class and of practice, so that no exercise tells anybody's answer.
FIRST_SEED = VARIANTS + MAX_PRACTICE + 100
MAX_SEEDS = 12


def stored_exercises(version: ProblemVersion) -> LineExercises | None:
    """None until they are made. Empty where nothing is proved, or for a minute where it failed.

    version: the variant of a student.
    """
    if version.parts or version.choices or not version.checked_key.is_usable:
        return LineExercises()
    return _stored(_cache_key(version))


def may_ask_for_making(version: ProblemVersion, user_pk: int) -> bool:
    """Whether a worker is to make them: nobody asked lately, and the student did not ask often."""
    asked = f"{_cache_key(version)}/asked"
    if not (has_cpu_left(user_pk) and cache.add(asked, True, ASKED_S)):
        return False
    if is_allowed("exercises", user_pk, per_minute=MADE_A_MINUTE):
        return True
    cache.delete(asked)
    return False


def make_and_store(item: Item, version: ProblemVersion) -> None:
    """Takes two minutes at most, on a busy machine."""
    if stored_exercises(version) is not None:
        return  # delivered twice
    exercises = _made(item, version)
    if exercises is None:
        exercises, kept_s = LineExercises(), FAILED_S
    else:
        kept_s = KEPT_S if exercises.solutions else EMPTY_S
    cache.set(_cache_key(version), exercises.to_dict(), kept_s)


def forget_asking(version: ProblemVersion) -> None:
    """So that who still waits for them may ask again."""
    cache.delete(f"{_cache_key(version)}/asked")


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
