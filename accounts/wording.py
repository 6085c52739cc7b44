"""What Django and allauth say that Lemma says in words of its own.

Nothing imports this: it brings their messages into the catalogues under locale/, which come
before those of the libraries. In English the words stay as they are.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

MESSAGES = (
    gettext_noop("Email"),
    gettext_noop("Email (optional)"),
    gettext_noop("email address"),
    gettext_noop("You have signed out."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)
