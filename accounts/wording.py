"""What Django and allauth say that Lemma says in words of its own.

Nothing imports this: it brings their messages into the catalogues under locale/, which come
before those of the libraries. In English the words stay as they are. What the scripts of Django's
administration say is in djangojs.po in the same way.
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
ADMINISTRATION = (
    gettext_noop("Add %s"),
    gettext_noop("Change %s"),
    gettext_noop("View %s"),
    gettext_noop("Select %s to change"),
    gettext_noop("Select %s to view"),
    gettext_noop("Add %(name)s"),
    gettext_noop("Add another %(verbose_name)s"),
    gettext_noop("Change history: %s"),
    gettext_noop("Filter"),
    gettext_noop("Action"),
    gettext_noop("Action:"),
    gettext_noop("0 of %(cnt)s selected"),
    gettext_noop("Recent actions"),
    gettext_noop("My actions"),
    gettext_noop("None available"),
    gettext_noop("Error:"),
    gettext_noop("After you’ve created a user, you’ll be able to edit more user options."),
    gettext_noop("Password-based authentication"),
    gettext_noop(
        "Whether the user will be able to authenticate using a password or not. If disabled, "
        "they may still be able to authenticate using other backends, such as Single Sign-On "
        "or LDAP."
    ),
)
