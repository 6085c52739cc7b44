"""What may be said to a student as help: nothing that says the stored answer."""

from tutor.assignments.models import HelpLevel, Item
from tutor.attempts.help import give
from tutor.attempts.models import WithheldHelp
from tutor.courses.models import Enrollment
from tutor.grading.leaks.hints import WITHIN_S, leak_in
from tutor.grading.processes.deadline import Deadline
from tutor.problems.models import ProblemVersion


def find_leak(text: str, version: ProblemVersion) -> str:
    """The piece of a text that says the answer; without a usable key any text might."""
    key = version.checked_key
    if not key.is_usable:
        return text[:80]
    choices = [part["choices"] for part in version.parts] or [version.choices]
    deadline = Deadline.within(WITHIN_S)
    leaks = (
        leak_in(text, answer, version.statement, offered, deadline.left_s)
        for answer, offered in zip(key.answers(), choices, strict=True)
    )
    return next(filter(None, leaks), "")


def give_or_withhold(
    place: Enrollment, item: Item, version: ProblemVersion, level: HelpLevel, number: int, text: str
) -> bool:
    """Whether it was given; what would say the answer is kept for teachers instead."""
    leak = find_leak(text, version)
    if leak:
        withhold(place, item, version, level, number, text, leak=leak)
    else:
        give(place, item, version, level, number, text)
    return not leak


def withhold(
    place: Enrollment,
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
        enrollment=place,
        item=item,
        version=version,
        level=level,
        number=number,
        text=text,
        defaults={"leak": leak[:200], "reason": reason},
    )
