"""Tells an author what Lemma refutes: the stored answer, or a line of the stored solution."""

import json
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b

from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from tutor.figures import without_figures
from tutor.grading import GRADER_VERSION
from tutor.grading.check_process.client import check_step
from tutor.grading.comparison.decimal_commas import with_decimal_points
from tutor.grading.mistakes.client import refutes_key
from tutor.grading.processes.timeout import Timeout
from tutor.grading.prose.step_cutter import cut_steps
from tutor.grading.steps.checks import CHECKER_VERSION
from tutor.problems.content import Content
from tutor.problems.models import Problem
from tutor.problems.parts import statement_with

KEPT_S = 90 * 86_400  # in the cache; the same texts are refuted again
MAX_WAIT_S = 2.0  # on the clock, for all lines of a solution
MAX_STEPS = 12
MAX_SHOWN = 200  # characters of a line

_RULES = 2  # raised when other statements are looked at than before
_KEY = "key"  # what is refuted; else it is a line


def key_doubts(content: Content) -> list[str]:
    """Sentences, in Markdown; `content` is of a problem whose placeholders are filled."""
    refuted = _refuted(content)
    if not refuted:
        return []
    if refuted == _KEY:
        return [_("The statement contradicts the right answer. Please check it.")]
    return [_("This line of the solution doesn’t follow: %(line)s") % {"line": refuted}]


def doubted(problems: Iterable[Problem]) -> list[Problem]:
    """Those whose right answer was refuted when somebody looked at it last.

    For lists: nothing is refuted anew. A preview, also that of an import, and the page of a problem
    look at it.
    """
    names: dict[Problem, str] = {}
    for problem in problems:
        if problem.current is not None and not problem.current.is_template:
            with suppress(ObjectDoesNotExist):  # a version without a stored key
                names[problem] = _cache_name(problem.current.content())
    refuted = cache.get_many(names.values())
    return [problem for problem, name in names.items() if refuted.get(name) == _KEY]


def _refuted(content: Content) -> str:
    """Empty where nothing is; remembered."""
    name = _cache_name(content)
    refuted: str | None = cache.get(name)
    if refuted is None:
        refuted = _find_refuted(content, _statement(content))
        cache.set(name, refuted, KEPT_S)
    return refuted


def _statement(content: Content) -> str:
    return without_figures(statement_with(content.statement, content.parts))


def _cache_name(content: Content) -> str:
    texts = [_statement(content), content.solution, content.key.to_dict(), bool(content.choices)]
    digest = blake2b(json.dumps(texts).encode(), digest_size=16).hexdigest()
    return f"refuted-{_RULES}-{CHECKER_VERSION}-{GRADER_VERSION}-{digest}"


def _find_refuted(content: Content, statement: str) -> str:
    if content.key.decimal_comma:
        statement = with_decimal_points(statement)
    has_one_answer = not (content.parts or content.choices)
    if has_one_answer and refutes_key(statement, content.key):
        return _KEY
    return _refuted_line(statement, without_figures(content.solution))


def _refuted_line(statement: str, solution: str) -> str:
    timeout = Timeout(MAX_WAIT_S)
    steps = cut_steps(solution)[:MAX_STEPS]
    for count, step in enumerate(steps, start=1):
        if not (left_s := timeout.left_s):
            break
        if check_step(statement, steps[:count], left_s).refuted:
            return step.strip()[:MAX_SHOWN]
    return ""
