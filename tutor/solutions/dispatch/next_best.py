"""What is shown where the model has no solution that is right and proved to its end.

The order is: such a solution of the model, the teacher's stored one, that of Lemma's own solver,
and last what the model wrote, as the model's own words.
"""

from tutor.engine.completion import Outcome
from tutor.grading.steps.checks import Mark
from tutor.problems.models import ProblemVersion
from tutor.solutions.dispatch.queue_status import missing_now
from tutor.solutions.dispatch.reference_solution import checked_reference, has_reference
from tutor.solutions.dispatch.shown_steps import shown_steps
from tutor.solutions.dispatch.solver_solution import SolverSolution, solver_solution
from tutor.solutions.dispatch.voting import Vote
from tutor.solutions.models import CheckedReference, Solution, State

NextBest = CheckedReference | SolverSolution
_SETTLED = (Mark.PROVED, Mark.RIGHT_ANSWER, Mark.GIVEN)


def next_best(version: ProblemVersion) -> NextBest | None:
    return checked_reference(version) or solver_solution(version)


def has_next_best(version: ProblemVersion) -> bool:
    return has_reference(version) or solver_solution(version) is not None


def is_proved_to_its_end(solution: Solution) -> bool:
    """Whether it is right, and each step that claims something is proved, the last one above all.

    A step of words alone claims nothing.
    """
    steps = shown_steps(solution)
    if not solution.is_right or not steps or steps[-1].mark not in _SETTLED:
        return False
    return all(step.mark in _SETTLED or not step.claims for step in steps)


def needs_next_best(vote: Vote, solution: Solution | None) -> bool:
    """Whether the next best is shown, or offered, now. solution: what the vote has to show.

    While a model is at work, or could begin, its solution is waited for.
    """
    if vote.abstains or vote.gave_nothing:
        return True
    if solution is None or solution.state == State.QUEUED or solution.outcome == Outcome.ABORTED:
        return lacks_model()
    return solution.state == State.ENDED and not is_proved_to_its_end(solution)


def lacks_model() -> bool:
    """Whether no worker has the model, or its server is away."""
    return missing_now() in {"worker", "server"}
