"""What of a check a student may see: nothing that says anything of an answer still asked for.

Whether there is a check at all, the assignment says, as of any help. In a test there usually is
none: whoever writes down `x = 3` would learn from the mark, without an attempt, whether that is
right. Nor is there one elsewhere then, since a check of another problem knows this one as well.

A line that does not follow fails for some values, and these may be the answer itself: the root
that was lost, the number that should stand on the right. So a value that equals the stored answer
or a part of it is withheld. That alone would turn the check into an oracle, though: whoever writes
down lines that fail for 7 learns, from whether 7 is shown, whether 7 is right, and as often as they
like. Where attempts are limited, therefore, and numbers may be the answer, no values are shown at
all, whatever they are; where they are not limited, a guess handed in tells as much. For the same
reason nothing is said then of a line that only states a value, in whatever disguise: which lines
these are, their form alone decides, before anything is judged. A step that is an equation can still
be written so that its mark tells it; each check is written down, and teachers read it. What a page
does not say, the file of one's own data does not say either.
"""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from accounts.models import User
from tutor.assignments.models import CHECK, Assignment
from tutor.attempts.help import is_offered, when_offered
from tutor.attempts.models import Attempt, Terms
from tutor.attempts.working import Shows, WitnessVisibility
from tutor.grading.leaks.values import gives_away, may_be_numbers
from tutor.grading.processes.deadline import Deadline
from tutor.grading.steps.checks import Witness
from tutor.problems.models import ProblemVersion

WITHIN_S = 1.0  # of all values on one page; those that are left then are not shown


def everything(witness: Witness) -> bool:
    return True


def nothing(witness: Witness) -> bool:
    return False


EVERYTHING, NOTHING = WitnessVisibility(everything), WitnessVisibility(nothing, marks=False)


def is_answered_elsewhere(terms: Terms) -> bool:
    return isinstance(terms, Assignment) and terms.is_answered_elsewhere


def visibility_for(
    user: User,
    assignment: Assignment,
    terms: Terms,
    attempts: Sequence[Attempt],
    version: ProblemVersion,
    *,
    is_held: bool,
) -> WitnessVisibility:
    """Towards a student, by their assignment, its terms or practice, and their attempts.

    is_held: whether a test of theirs that runs has the problem.
    """
    shows = shown_to_student(terms, attempts, version)
    if not is_offered(CHECK, assignment, attempts):
        return WitnessVisibility(shows, marks=False, when=when_offered(CHECK, assignment))
    is_limited = terms.attempts_allowed is not None and is_asked(terms, attempts)
    marks = not (is_held or sits_elsewhere(user, assignment))
    return WitnessVisibility(shows, marks=marks, bare_values=not is_limited)


def is_asked(terms: Terms, attempts: Iterable[Attempt]) -> bool:
    """Whether the answer is still to be found, by this student."""
    if any(attempt.is_right for attempt in attempts):
        return False
    return terms.takes_answers_at(timezone.now()) or is_answered_elsewhere(terms)


def sits_elsewhere(user: User, assignment: Assignment) -> bool:
    """Whether their time runs in another assignment, in which nothing is checked."""
    tests = Assignment.objects.running_for(user).exclude(pk=assignment.pk)
    always = Assignment.HelpPolicy.ALWAYS
    return any(test.for_student().policy_on(CHECK)[0] != always for test in tests)


def shown_to_student(terms: Terms, attempts: Iterable[Attempt], version: ProblemVersion) -> Shows:
    """By the terms and attempts of the student, with their grades, and by what is asked of them.

    Who has used up all attempts may be granted more, and so the answer is still asked for.
    """
    if not is_asked(terms, attempts):
        return everything
    if not version.checked_key.is_usable:
        return nothing
    answers = list(version.checked_key.answers())
    if terms.attempts_allowed is not None:
        return nothing if any(map(may_be_numbers, answers)) else everything
    deadline = Deadline.within(WITHIN_S)

    def tells_nothing(witness: Witness) -> bool:
        said = [*witness.values.values(), witness.left, witness.right]
        texts = [text for text in said if text]
        return not any(gives_away(texts, key, deadline.left_s) for key in answers)

    return tells_nothing
