"""What a person reads about their own data: counts and the newest entries, topic by topic."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.attempts.models import MessageReceipt
from tutor.privacy.groups import GROUPS, DataGroup, DataTopic
from tutor.privacy.latest import LatestEntry, latest
from tutor.privacy.policy import detached_counts, own_counts

Ways = list[tuple[str, Promise]]  # the name of a page's address, and what the page is called

_CALENDAR = ("calendar", _("Calendar"))
_WAYS: dict[DataTopic, Ways] = {
    DataTopic.PERSON: [
        ("profile", _("Your profile")),
        ("account_email", _("Your email address")),
        ("account_change_password", _("Change your password")),
    ],
    DataTopic.ANSWERS: [("skills", _("Your skills"))],
    DataTopic.SESSIONS: [("sessions", _("See all, or sign out elsewhere"))],
    DataTopic.CONSENT: [("mail-preferences", _("What Lemma mails you")), _CALENDAR],
}
_OF_STUDENTS: dict[DataTopic, Ways] = {
    DataTopic.CLASSES: [("home", _("Your home page"))],
    DataTopic.MESSAGES: [("notices", _("Notices"))],
}
_OF_STAFF: dict[DataTopic, Ways] = {
    DataTopic.CLASSES: [("sections", _("Your classes"))],
    DataTopic.FOR_OTHERS: [("problems", _("Problems")), ("sets", _("Problem sets"))],
}


@dataclass(frozen=True)
class GroupOverview:
    """counts: a plain name and the number of rows, for each table that has some."""

    group: DataGroup
    counts: list[tuple[Promise, int]]
    latest: list[LatestEntry]
    ways: Ways

    @property
    def has_content(self) -> bool:
        return bool(self.counts or self.latest)


def data_overview(user: User) -> list[GroupOverview]:
    """Messages that are held back from the person are not counted yet."""
    counts = own_counts(user.pk) | detached_counts(user.pk)
    if (receipts := MessageReceipt._meta.label) in counts:
        received = MessageReceipt.objects.filter(enrollment__user=user)
        counts[receipts] = received.told_at(timezone.now()).count()
    return [_overview(group, counts, user) for group in GROUPS]


def _overview(group: DataGroup, counts: dict[str, int], user: User) -> GroupOverview:
    named = [(name, counts[table]) for table, name in group.tables.items() if counts.get(table)]
    return GroupOverview(group, named, latest(group.topic, user), _ways(group.topic, user))


def _ways(topic: DataTopic, user: User) -> Ways:
    by_role = [(_OF_STUDENTS, "student" in user.roles), (_OF_STAFF, user.is_teacher)]
    return [
        *_WAYS.get(topic, []),
        *(way for ways, applies in by_role if applies for way in ways.get(topic, [])),
    ]
