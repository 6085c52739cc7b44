"""A worked solution of 300 tokens, as a model wrote it once and the database keeps it."""

from django.utils import timezone

from tutor.assignments.models import Assignment, Item
from tutor.grading.steps.worked.step_checker import StepChecker
from tutor.solutions.dispatch.model_choice import recipe_code
from tutor.solutions.models import Solution, State

STEPS = [
    r"We are asked for half of sixteen, so we divide by two: \(\frac{16}{2} = 8\).",
    r"To see why, we write sixteen as a product of equal factors: \(16 = 2 \cdot 8 = 2^4\).",
    r"Hence \[ \frac{16}{2} = \frac{2 \cdot 8}{2} = \frac{2}{2} \cdot 8 = 1 \cdot 8 = 8. \]",
    r"The same with powers, where we subtract exponents: \(\frac{2^4}{2^1} = 2^{4-1} = 2^3 = 8\).",
    r"We check it the other way round. If \(x = 8\), then \(2x = 2 \cdot 8 = 16\), as it must be.",
    r"As a difference it is \(16 - 8 = 8\), and with a root \(\sqrt{64} = \sqrt{8^2} = 8\).",
    r"In halves: \(16 \cdot \frac{1}{2} = \frac{16}{1} \cdot \frac{1}{2} = \frac{16}{2} = 8\).",
    r"In percent it is \(50\,\% \text{ of } 16 = \frac{50}{100} \cdot 16 = 0.5 \cdot 16 = 8\).",
    r"So the answer is \(\boxed{8}\).",
]
TOKENS = 300


def store(item: Item) -> None:
    """For everybody who may ask for it, which are now all students."""
    version = item.problem.current
    assert version is not None
    checker = StepChecker(version.statement)
    Assignment.objects.filter(problem_set=item.problem_set_id).update(help_policy="always")
    Solution.objects.create(
        version=version, recipe=recipe_code(), state=State.ENDED, ended_at=timezone.now(),
        outcome="finished", verdict="correct", score=1, steps=STEPS, final_answer="8",
        checks=[checker.check(step).to_dict() for step in STEPS], completion_tokens=TOKENS,
        model="some-model",
    )  # fmt: skip
