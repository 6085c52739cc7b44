"""What stands below the verdict on an answer that is not right."""

from dataclasses import dataclass

from tutor.grading import Feedback, Rule
from tutor.grading.feedback import RIGHT_BUT
from tutor.grading.mistakes import Explanation, MistakeName

# What their sentences call right, so that "Not right" above them would contradict them.
_RIGHT_SO_FAR = frozenset(
    {
        MistakeName.ON_THE_WAY,
        MistakeName.LIKE_TERMS_NOT_COLLECTED,
        MistakeName.BRACKETS_NOT_EXPANDED,
        MistakeName.NOT_FACTORED,
        MistakeName.FRACTION_NOT_REDUCED,
        MistakeName.ROOT_NOT_SIMPLIFIED,
        MistakeName.NOT_A_SINGLE_FRACTION,
        MistakeName.SQUARE_NOT_COMPLETED,
        MistakeName.NOT_WORKED_OUT,
        MistakeName.NOT_SOLVED_FOR_THE_LETTER,
        MistakeName.UNIT_MISSING,
        MistakeName.OTHER_FORM_ASKED,
        MistakeName.ONE_SOLUTION_MISSING,
        MistakeName.ONE_PART_ONLY,
    }
)
# Of these forms the grader says more exactly what is asked for.
_SAID_BY_GRADER = (
    MistakeName.OTHER_FORM_ASKED,
    MistakeName.NOT_A_DECIMAL,
    MistakeName.ROUNDED_TO_WRONG_PLACE,
)


@dataclass(frozen=True)
class Remarks:
    """What a student reads of an answer that is not right, without saying anything twice.

    is_unfinished: nothing in it is wrong, but it is not yet what was asked for.
    """

    mistake: Explanation | None
    feedback: Feedback | None
    is_unfinished: bool


def remarks_on(
    mistake: Explanation | None, feedback: Feedback | None, rule: str, shows_mistake: bool
) -> Remarks:
    """shows_mistake: whether the student may read now what probably went wrong."""
    shown = mistake if mistake and shows_mistake else None
    code = feedback.code if feedback else None
    lacks_form = rule == Rule.FORM or code in RIGHT_BUT
    is_unfinished = lacks_form or (shown is not None and shown.name in _RIGHT_SO_FAR)
    if not (shown and feedback and lacks_form):
        return Remarks(shown, feedback or None, is_unfinished)
    if shown.name in _SAID_BY_GRADER:
        return Remarks(None, feedback, is_unfinished)
    return Remarks(shown, None, is_unfinished)
