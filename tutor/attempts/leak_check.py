"""Help is given to a student only if it does not give the stored answer away."""

from hashlib import blake2b

from django.core.cache import cache

from tutor.assignments.models import HelpLevel, Item
from tutor.attempts.help import give
from tutor.attempts.models import WithheldHelp
from tutor.courses.models import Enrollment
from tutor.grading import GRADER_VERSION
from tutor.grading.leaks.hints import MAX_HINT_WORK_S, leak_in
from tutor.grading.processes.work_budget import WorkBudget
from tutor.problems.models import ProblemVersion

KEPT_S = 86_400  # in the cache; judging a text again gives the same


def find_leak(text: str, version: ProblemVersion) -> str:
    """The piece of a text that gives the answer away; without a usable key, its beginning."""
    key = version.checked_key
    if not key.is_usable:
        return text[:80]
    choices = [part["choices"] for part in version.parts] or [version.choices]
    budget = WorkBudget(MAX_HINT_WORK_S)
    leaks = (
        leak_in(text, answer, version.statement_in_words, offered, budget.left_s)
        for answers, offered in zip(key.answers_by_part(), choices, strict=True)
        for answer in answers
    )
    return next(filter(None, leaks), "")


def would_reveal(text: str, version: ProblemVersion) -> bool:
    """`find_leak` for a page that is shown often: what comes out is in the cache."""
    known = f"{version.pk}\n{version.checked_key}\n{text}".encode("utf-8", "surrogatepass")
    name = f"reveals-{GRADER_VERSION}-{blake2b(known, digest_size=16).hexdigest()}"
    reveals: bool | None = cache.get(name)
    if reveals is None:
        reveals = bool(find_leak(text, version))
        cache.set(name, reveals, KEPT_S)
    return reveals


def give_or_withhold(
    enrollment: Enrollment,
    item: Item,
    version: ProblemVersion,
    level: HelpLevel,
    number: int,
    text: str,
) -> bool:
    """Returns whether it was given. A text that gives the answer away is stored for teachers."""
    leak = find_leak(text, version)
    if leak:
        withhold(enrollment, item, version, level, number, text, leak=leak)
    else:
        give(enrollment, item, version, level, number, text)
    return not leak


def withhold(
    enrollment: Enrollment,
    item: Item,
    version: ProblemVersion,
    level: HelpLevel,
    number: int,
    text: str,
    *,
    leak: str = "",
    reason: str = WithheldHelp.Reason.LEAK,
) -> None:
    WithheldHelp.objects.get_or_create(
        enrollment=enrollment,
        item=item,
        version=version,
        level=level,
        number=number,
        text=text,
        defaults={"leak": leak[:200], "reason": reason},
    )
