"""Which rows belong to a person, and what happens to them on export and erasure.

A test walks the database and fails if a model leads to a person but is in neither table here.
Sessions and the administration's history refer to people without a foreign key; `traces` finds
them.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model, QuerySet

from accounts.models import User


@dataclass(frozen=True)
class Own:
    """Rows that belong to a person. They are exported, and deleted with the account.

    path: from a row to its person. left_out: columns that are never exported: secrets, and what
    only teachers may read. Columns that name somebody else are always left out.
    """

    path: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Detached:
    """Rows that others need and that name a person in one column, which erasure empties.

    shown: the columns in the person's export. emptied: texts that erasure empties too, because they
    could identify the person, such as an accommodation that only one student has.
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
    "pictures.PictureUpload": Own("user"),
    "solutions.SolutionView": Own("user"),
    "courses.Enrollment": Own("user"),
    "courses.Invitation": Own("user"),
    "courses.StudentGroup_members": Own("enrollment__user"),
    "assignments.Assignment_students": Own("enrollment__user"),
    "assignments.Override": Own("enrollment__user"),
    "assignments.Sitting": Own("enrollment__user"),
    "attempts.StudentVariant": Own("enrollment__user"),
    "attempts.Practice": Own("enrollment__user"),
    "attempts.WeeklyReview": Own("user"),
    "attempts.ReviewProblem": Own("weekly_review__user"),
    "attempts.Draft": Own("enrollment__user"),
    "attempts.GivenHelp": Own("enrollment__user"),
    "attempts.WithheldHelp": Own("enrollment__user", ("text", "leak")),
    "attempts.MessageReceipt": Own("enrollment__user"),
    "attempts.WorkingCheck": Own("enrollment__user"),
    "attempts.ExerciseResult": Own("enrollment__user"),
    "attempts.Attempt": Own("enrollment__user"),
    "attempts.GradeChange": Own("attempt__enrollment__user"),
    "notices.MailPreferences": Own("user"),
    "notices.DigestEntry": Own("enrollment__user"),
    "attempts.ReviewRequest": Own("attempt__enrollment__user"),
    "materials.Citation": Own("attempt__enrollment__user"),
    "solutions.AnswerHint": Own("attempt__enrollment__user"),
    "solutions.HintDraft": Own("attempt__enrollment__user", ("text", "objection")),
    "teaching.Exemption": Own("enrollment__user"),
}

# Each by the column that names the person.
DETACHED = {
    "accounts.HandedOutPassword.given_by": Detached(("given_at",)),
    "assignments.ProblemSet.owner": Detached(("title",)),
    "attempts.Advice.author": Detached(("item", "text", "created_at")),
    "attempts.GradeChange.author": Detached(("source", "created_at")),
    "attempts.ReviewRequest.answered_by": Detached(("answered_at",)),
    "attempts.TeacherMessage.author": Detached(("assignment", "section", "text", "created_at")),
    "courses.Invitation.invited_by": Detached(("invited_at",)),
    "courses.SectionEvent.about": Detached(("section", "act", "happened_at"), emptied=("detail",)),
    "courses.SectionEvent.author": Detached(("section", "act", "happened_at")),
    "materials.Material.uploaded_by": Detached(("section", "title", "kind", "size", "uploaded_at")),
    "privacy.Erasure.by": Detached(("erased_at",)),
    "problems.Problem.owner": Detached(
        (
            "slug",
            "source",
            "licence",
            "category",
            "is_shared",
            "is_public",
            "created_at",
            "archived_at",
        )
    ),
    "solutions.Activation.author": Detached(("recipe", "happened_at")),
    "solutions.HintDraft.author": Detached(("fate", "queued_at")),
    "solutions.Recipe.author": Detached(("name", "version", "created_at")),
    "solutions.Solution.enrollment": Detached(
        ("version", "state", "completion_tokens", "created_at")
    ),
    "teaching.Exemption.author": Detached(("assignment", "created_at")),
    "teaching.Regrade.author": Detached(("problem", "reason", "created_at")),
}


def own_rows(label: str, user_pk: int) -> QuerySet[Model]:
    rows: QuerySet[Model] = apps.get_model(label)._base_manager.order_by("pk")
    return rows.filter(**{OWN[label].path: user_pk})


def detached_rows(label_and_column: str, user_pk: int) -> QuerySet[Model]:
    """label_and_column: a key of DETACHED."""
    label, _, column = label_and_column.rpartition(".")
    model = apps.get_model(label)
    related = model._meta.get_field(column).related_model
    path = column if related is User else f"{column}__{OWN[related._meta.label].path}"
    rows: QuerySet[Model] = model._base_manager.order_by("pk")
    return rows.filter(**{path: user_pk})


def own_counts(user_pk: int) -> dict[str, int]:
    """By table of OWN, without empty ones."""
    return _counted({label: own_rows(label, user_pk) for label in OWN})


def detached_counts(user_pk: int) -> dict[str, int]:
    return _counted({key: detached_rows(key, user_pk) for key in DETACHED})


def _counted(rows: dict[str, QuerySet[Model]]) -> dict[str, int]:
    counts = {name: queryset.count() for name, queryset in rows.items()}
    return {name: count for name, count in counts.items() if count}


def title_of(name: str) -> str:
    """The title of a key of OWN or DETACHED, in the active language."""
    label, column = name, ""
    if name in DETACHED:
        label, _, column = name.rpartition(".")
    meta = apps.get_model(label)._meta
    if meta.auto_created:  # rows of a relation: named by the model and the column that it fills
        label, column = meta.label.split("_", 1)
        meta = apps.get_model(label)._meta
    title = str(meta.verbose_name_plural)
    return f"{title} ({meta.get_field(column).verbose_name})" if column else title
