"""What leads to a person, and what becomes of it: the one place that says so.

The database is walked by a test: a model that leads to a person and stands in neither table here
fails it. A person's sessions and what the administration's history calls them stand in columns
without a foreign key, and are looked up by `traces`.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model, QuerySet

from accounts.models import User


@dataclass(frozen=True)
class Own:
    """Rows that are a person's. They are exported, and go with their account.

    path: from a row to its person. left_out: columns that no export has: secrets, and what only
    teachers may read. Columns that name somebody else are left out everywhere.
    """

    path: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kept:
    """Rows that others need, which name a person in one column: erasing empties it.

    shown: the columns that the person's export has. emptied: texts that would still tell of them,
    such as what they were granted, in a class where only one was.
    """

    shown: tuple[str, ...]
    emptied: tuple[str, ...] = ()


# Those that others lead to come first: erasing locks them in this order.
OWN = {
    "accounts.User": Own("pk", ("password",)),
    "accounts.FamiliarPlace": Own("user", ("place",)),
    "accounts.Mail": Own("user"),
    "usersessions.UserSession": Own("user", ("session_key",)),
    "accounts.User_groups": Own("user"),
    "accounts.User_user_permissions": Own("user"),
    "accounts.HandedOutPassword": Own("user"),
    "account.EmailAddress": Own("user"),
    "account.EmailConfirmation": Own("email_address__user", ("key",)),
    "admin.LogEntry": Own("user", ("object_id", "object_repr", "change_message")),
    "assignments.CalendarFeed": Own("user", ("token",)),
    "solutions.SolutionView": Own("user"),
    "courses.Enrollment": Own("user"),
    "courses.Invitation": Own("user"),
    "courses.StudentGroup_members": Own("enrollment__user"),
    "assignments.Assignment_students": Own("enrollment__user"),
    "assignments.Override": Own("enrollment__user"),
    "assignments.Sitting": Own("enrollment__user"),
    "attempts.Handout": Own("enrollment__user"),
    "attempts.Practice": Own("enrollment__user"),
    "attempts.Draft": Own("enrollment__user"),
    "attempts.GivenHelp": Own("enrollment__user"),
    "attempts.WithheldHelp": Own("enrollment__user", ("text", "leak")),
    "attempts.WorkingCheck": Own("enrollment__user"),
    "attempts.Attempt": Own("enrollment__user"),
    "attempts.GradeChange": Own("attempt__enrollment__user"),
    "attempts.ReviewRequest": Own("attempt__enrollment__user"),
    "materials.Citation": Own("attempt__enrollment__user"),
    "solutions.Reply": Own("attempt__enrollment__user"),
    "teaching.Exemption": Own("enrollment__user"),
}

# Each by the column that names the person.
KEPT = {
    "accounts.HandedOutPassword.given_by": Kept(("given_at",)),
    "assignments.ProblemSet.owner": Kept(("title",)),
    "attempts.Advice.author": Kept(("item", "text", "created_at")),
    "attempts.GradeChange.author": Kept(("source", "created_at")),
    "attempts.ReviewRequest.answered_by": Kept(("answered_at",)),
    "courses.Invitation.invited_by": Kept(("invited_at",)),
    "courses.SectionEvent.about": Kept(("section", "act", "happened_at"), emptied=("detail",)),
    "courses.SectionEvent.author": Kept(("section", "act", "happened_at")),
    "materials.Material.uploaded_by": Kept(("section", "title", "kind", "size", "uploaded_at")),
    "privacy.Erasure.by": Kept(("erased_at",)),
    "problems.Problem.owner": Kept(("slug", "source", "licence", "is_shared", "created_at")),
    "solutions.Activation.author": Kept(("recipe", "happened_at")),
    "solutions.Recipe.author": Kept(("name", "version", "created_at")),
    "solutions.Solution.enrollment": Kept(("version", "state", "completion_tokens", "created_at")),
    "teaching.Exemption.author": Kept(("assignment", "created_at")),
    "teaching.Regrade.author": Kept(("problem", "reason", "created_at")),
}


def own_rows(label: str, user_pk: int) -> QuerySet[Model]:
    rows: QuerySet[Model] = apps.get_model(label)._base_manager.order_by("pk")
    return rows.filter(**{OWN[label].path: user_pk})


def kept_rows(place: str, user_pk: int) -> QuerySet[Model]:
    """place: a key of KEPT."""
    label, _, column = place.rpartition(".")
    model = apps.get_model(label)
    related = model._meta.get_field(column).related_model
    path = column if related is User else f"{column}__{OWN[related._meta.label].path}"
    rows: QuerySet[Model] = model._base_manager.order_by("pk")
    return rows.filter(**{path: user_pk})


def own_counts(user_pk: int) -> dict[str, int]:
    """Of each table of OWN where there are any."""
    return _counted({label: own_rows(label, user_pk) for label in OWN})


def kept_counts(user_pk: int) -> dict[str, int]:
    return _counted({place: kept_rows(place, user_pk) for place in KEPT})


def _counted(rows: dict[str, QuerySet[Model]]) -> dict[str, int]:
    counts = {name: of_one.count() for name, of_one in rows.items()}
    return {name: count for name, count in counts.items() if count}


def title_of(name: str) -> str:
    """What a key of OWN or KEPT is called on pages, in the language that is active."""
    label, column = name, ""
    if name in KEPT:
        label, _, column = name.rpartition(".")
    meta = apps.get_model(label)._meta
    title = str(meta.verbose_name_plural)
    return f"{title} ({meta.get_field(column).verbose_name})" if column else title
