"""What pages say when an answer is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutor.attempts.running_tests import HELD
from tutor.attempts.submitting import Refusal

REFUSALS: dict[Refusal, Promise] = {
    Refusal.CLOSED: _("This assignment is closed, so your answer was not accepted."),
    Refusal.NONE_LEFT: _("You have no attempts left here, so your answer was not accepted."),
    Refusal.RIGHT_ALREADY: _(
        "You have already solved this problem, so this answer was not counted."
    ),
    Refusal.OVERTAKEN: _(
        "You submitted another answer in the meantime, perhaps in another window. The one below "
        "was not submitted: look at the result first."
    ),
    Refusal.IN_TEST: HELD,
    Refusal.WAITING: _(
        "This answer was not submitted. Several of your answers to this problem are still waiting "
        "for your teacher, and Lemma could not decide this one at once. Submit it again when your "
        "teacher has decided one of them. It cost no attempt."
    ),
    Refusal.REVISED: _(
        "The problem was changed while you worked on it. Reload the page and read it again. "
        "Your answer was not accepted and cost no attempt."
    ),
}
