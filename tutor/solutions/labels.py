"""What the administration calls the outcomes of a completion."""

from django.utils.translation import gettext_lazy as _

from tutor.engine.completion import Outcome

OUTCOME_NAMES = {
    Outcome.FINISHED: _("Finished"),
    Outcome.DECLINED: _("Declined"),
    Outcome.BUDGET_EXHAUSTED: _("Out of tokens"),
    Outcome.LOOPING: _("Going round in circles"),
    Outcome.ABORTED: _("Cancelled"),
    Outcome.ENGINE_FAILED: _("The engine failed"),
}
OUTCOMES = [(outcome.value, name) for outcome, name in OUTCOME_NAMES.items()]  # for `choices`
