"""What stands below the verdict on an answer that is not right."""

from dataclasses import dataclass

from tutor.grading import Feedback
from tutor.grading.answer_key import is_right_but
from tutor.grading.mistakes import Explanation, MistakeName

# Of these forms and units the grader says more exactly what is asked for.
_SAID_BY_GRADER = (
    MistakeName.OTHER_FORM_ASKED,
    MistakeName.NOT_A_DECIMAL,
    MistakeName.ROUNDED_TO_WRONG_PLACE,
    MistakeName.OTHER_UNIT,
)


@dataclass(frozen=True)
class Remarks:
    """What a student reads of an answer that is not right, without saying anything twice."""

    mistake: Explanation | None
    feedback: Feedback | None


def remarks_on(
    mistake: Explanation | None, feedback: Feedback | None, rule: str, shows_mistake: bool
) -> Remarks:
    """shows_mistake: whether the student may read now what probably went wrong."""
    shown = mistake if mistake and shows_mistake else None
    if not (shown and feedback and is_right_but(rule, feedback)):
        return Remarks(shown, feedback or None)
    if shown.name in _SAID_BY_GRADER:
        return Remarks(None, feedback)
    return Remarks(shown, None)
