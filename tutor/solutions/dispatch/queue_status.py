"""What a queued solution waits for, and how many solutions come before it."""

from collections.abc import Callable, Sequence

from redis.exceptions import RedisError

from tutor.engine.prompts import weights_name
from tutor.per_page import once_per_page
from tutor.redis_client import connect
from tutor.solutions.dispatch.model_choice import recipe_code
from tutor.solutions.dispatch.presence import present_workers
from tutor.solutions.models import Solution, State


def missing_for(code: str) -> str:
    """What is missing for all solutions of this recipe; "" where nothing is.

    "worker": none has the recipe's model. "model": a worker is loading it. "server": the model's
    server is away.
    """
    with connect() as client:
        workers = [
            worker
            for worker in present_workers(client)
            if code.startswith(f"{weights_name(worker.model, None)} ")
        ]
    if not workers:
        return "worker"
    if any(worker.is_ready for worker in workers):
        return ""
    return next((worker.waits_for for worker in workers if worker.waits_for), "model")


@once_per_page
def missing_now() -> str:
    """`missing_for` the recipe in force; "worker" also while Redis is away and none can be seen."""
    try:
        return missing_for(recipe_code())
    except RedisError:
        return "worker"


def waiting_for(solution: Solution, missing: Callable[[str], str] = missing_for) -> str | None:
    """What a queued solution waits for; None where it is not queued.

    Besides what `missing` returns: "turn", or "resume" after its worker was lost.
    """
    if solution.state != State.QUEUED:
        return None
    return missing(solution.recipe) or ("resume" if solution.fence else "turn")


def ahead_of(solution: Solution) -> int:
    """How many queued solutions are worked out before this one, as things are."""
    return Solution.objects.before(solution).count()


def ahead_of_all(solutions: Sequence[Solution]) -> dict[int, int]:
    """`ahead_of` by primary key; for several solutions the queue is read once."""
    if len(solutions) <= 1:
        return {solution.pk: ahead_of(solution) for solution in solutions}
    lowest = max(solution.priority for solution in solutions)
    queue = Solution.objects.waiting().filter(priority__lte=lowest).values_list("pk", flat=True)
    positions = {pk: position for position, pk in enumerate(queue)}
    return {solution.pk: positions.get(solution.pk, 0) for solution in solutions}
