"""Whether a teacher may send a message to a class now."""

from django import forms
from django.utils.translation import gettext as _

from accounts.models import User
from tutor.attempts.messages import MAX_SENT_AN_HOUR, has_sent_too_many
from tutor.courses.models import Section


def may_send(author: User, section: Section, form: forms.Form) -> bool:
    """If not, the form says why; what was typed stays in it."""
    if section.archived_at is not None:
        form.add_error(None, _("This class is archived, so its students get no messages."))
        return False
    if has_sent_too_many(author):
        text = _(
            "You have sent %(n)s messages in the last hour, which is the most. Wait a while, then "
            "press Send again."
        )
        form.add_error(None, text % {"n": MAX_SENT_AN_HOUR})
        return False
    return True
