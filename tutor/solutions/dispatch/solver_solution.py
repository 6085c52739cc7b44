"""The solution that Lemma's own solver works out: no model is needed, and every line is proved."""

from dataclasses import dataclass, replace
from hashlib import blake2b

from django.core.cache import cache
from django.utils.translation import gettext as _

from tutor.attempts.working.decimal_commas import statement_and_lines
from tutor.attempts.working.moves import move_phrase
from tutor.grading import GRADER_VERSION, Form, Verdict, grade_response
from tutor.grading.check_process.client import solved_lines
from tutor.grading.solver.offered_line import OfferedLine
from tutor.grading.steps.checks import CHECKER_VERSION
from tutor.problems.models import ProblemVersion

KEPT_S = 86_400  # in the cache; working a problem out again gives the same


@dataclass(frozen=True)
class SolverSolution:
    lines: tuple[OfferedLine, ...]

    @property
    def steps(self) -> list[str]:
        """Markdown: each move and the line that it leads to."""
        return [
            _("%(move)s: \\(%(line)s\\)") % {"move": move_phrase(line.move), "line": line.latex}
            for line in self.lines
        ]


def solver_solution(version: ProblemVersion) -> SolverSolution | None:
    """None where the solver does not get to the end, or not to the stored answer.

    A problem with parts or with choices asks for more than one line can say.
    """
    key = version.checked_key
    if version.parts or version.choices or not key.is_usable:
        return None
    lines = tuple(map(OfferedLine.from_dict, _solved(version)))
    if not lines or grade_response(lines[-1].line, key.whole).verdict != Verdict.CORRECT:
        return None
    return SolverSolution(lines)


def misreads(version: ProblemVersion) -> bool:
    """Whether the solver goes from the statement to an end that is not the stored answer.

    Then it has taken the problem for another one, and its lines lead a student astray.
    """
    key = version.checked_key
    if version.parts or version.choices or not key.is_usable:
        return False
    lines = _solved(version)
    if not lines:
        return False
    line = OfferedLine.from_dict(lines[-1]).line
    in_any_form = replace(key.whole, form=Form.ANY, places=None, unit_optional=True)
    return not any(
        grade_response(text, whole).verdict == Verdict.CORRECT
        for text in (line, line.rpartition("=")[2].strip())
        for whole in (key.whole, in_any_form)
    )


def _solved(version: ProblemVersion) -> list[dict[str, object]]:
    statement, *_none = statement_and_lines((), version, decimal_comma=False)
    digest = blake2b(statement.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    name = f"solved-{CHECKER_VERSION}-{GRADER_VERSION}-{digest}"
    solved: list[dict[str, object]] | None = cache.get(name)
    if solved is None:
        solved = [line.to_dict() for line in solved_lines(statement)]
        cache.set(name, solved, KEPT_S)
    return solved
