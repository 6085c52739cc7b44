"""What a student is granted in every assignment of a class, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def granted_words(extra_time: int, extra_attempts: int, extra_days: int) -> list[str]:
    """Without what is 0. extra_time: in percent."""
    words = [
        (extra_time, _("%(n)s%% extra time")),
        (extra_attempts, ngettext("%(n)s extra attempt", "%(n)s extra attempts", extra_attempts)),
        (extra_days, ngettext("%(n)s extra day", "%(n)s extra days", extra_days)),
    ]
    return [text % {"n": count} for count, text in words if count]
