"""Export everything that is stored about a person, as a ZIP of JSON Lines with a README."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, ForeignKey, JSONField, Model
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import User
from tutor.assignments.models import Assignment
from tutor.attempts.models import (
    Advice,
    Attempt,
    GradeChange,
    MessageReceipt,
    TeacherMessage,
    is_sealed_at,
)
from tutor.attempts.sealing import seal, sealed_attempts
from tutor.attempts.working.check_visibility import checks_seen_by_author, failing_seen_by_author
from tutor.grading import Feedback
from tutor.pictures.models import Picture
from tutor.privacy.policy import DETACHED, OWN, detached_rows, own_rows, title_of
from tutor.privacy.traces import history_of, sessions_of
from tutor.problems.labels import feedback_sentence
from tutor.problems.models import ProblemVersion
from tutor.solutions.models import Solution

Row = dict[str, Any]
Table = tuple[str, str, Iterable[Row]]  # name, title and rows of a file
README = "README.txt"
AT_ONCE = 500  # rows in memory
# A line may fail for the answer itself (see `attempts.working.check_visibility`).
_LEFT_OUT_KEY = "witness"


def _feedback(change: GradeChange) -> str:
    return feedback_sentence(change.feedback)


def _grades_of_parts(change: GradeChange) -> list[Row]:
    sentences = (feedback_sentence(Feedback.from_json(row["feedback"])) for row in change.parts)
    return [
        {**row, "feedback": sentence} for row, sentence in zip(change.parts, sentences, strict=True)
    ]


# Grades and checks are exported as the person's own pages show them at that moment.
_AS_ON_PAGES: dict[str, Callable[[Any], Any]] = {
    "attempts.Attempt.checks": checks_seen_by_author,
    "attempts.GradeChange.feedback": _feedback,
    "attempts.GradeChange.parts": _grades_of_parts,
    "attempts.WorkingCheck.failing": failing_seen_by_author,
}


# Which attempt a row is about.
_TO_ATTEMPT = {
    label: own.path.removesuffix("__enrollment__user")
    for label, own in OWN.items()
    if own.path.startswith("attempt__")
} | {"notices.DigestEntry": "grade__attempt"}


def personal_data(user: User) -> bytes:
    """The ZIP, with all of their own rows and pictures: no stored answer, nobody else's name."""
    file = BytesIO()
    with override(user.language), ZipFile(file, "w", ZIP_DEFLATED) as archive:
        files = []
        for name, title, rows in _tables(user):
            lines = [json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False) for row in rows]
            if lines:
                archive.writestr(f"{name}.jsonl", "\n".join([*lines, ""]))
                files.append((f"{name}.jsonl", title, len(lines)))
        for picture in Picture.objects.uploaded_by(user):
            with suppress(FileNotFoundError):  # a backup without it was restored
                archive.writestr(f"pictures/{picture.name}", picture.read())
        archive.writestr(README, _readme(user, files))
    return file.getvalue()


def as_download(user: User) -> HttpResponse:
    response = HttpResponse(personal_data(user), content_type="application/zip")
    response.headers["Content-Disposition"] = str(
        content_disposition_header(as_attachment=True, filename=f"lemma-{user.username}.zip")
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _tables(user: User) -> Iterator[Table]:
    names = _Names()
    yield from _own_tables(user, names)
    yield from _detached_tables(user, names)
    history = (
        {
            "at": entry.action_time,
            "act": entry.get_action_flag_display(),
            "row": str(entry.content_type),
        }
        for entry in history_of(user).select_related("content_type")
    )
    yield "admin.logentry.about", _("changes by administrators"), history
    sessions = ({"ends_at": session.expire_date} for session in sessions_of(user.pk)[user.pk])
    yield "sessions.session", _("sessions"), sessions


def _own_tables(user: User, names: "_Names") -> Iterator[Table]:
    for label, own in OWN.items():
        fields = [
            field
            for field in apps.get_model(label)._meta.concrete_fields
            if field.name not in own.left_out and field.related_model is not User
        ]
        rows = _told_rows(label, user)
        yield label.lower(), title_of(label), (_row(row, fields, names) for row in rows)


def _told_rows(label: str, user: User) -> Iterator[Model]:
    """Own rows of a table; of sealed answers only what was typed, and no message about them."""
    rows = own_rows(label, user.pk)
    if path := _TO_ATTEMPT.get(label):
        sealed = Attempt.objects.filter(sealed_attempts(user.pk), enrollment__user=user)
        rows = rows.exclude(**{f"{path}__in": sealed.order_by().values("pk")})
    if label == MessageReceipt._meta.label:
        rows = rows.exclude(is_sealed_at(timezone.now()))
    if label != "attempts.Attempt":
        yield from rows.iterator(AT_ONCE)
        return
    for attempt in (
        Attempt.with_practice.filter(enrollment__user=user)
        .order_by("pk")
        .select_related("item", "grade")
        .iterator(AT_ONCE)
    ):
        seal(user.pk, [attempt])
        yield attempt


def _detached_tables(user: User, names: "_Names") -> Iterator[Table]:
    for key, policy in DETACHED.items():
        meta = apps.get_model(key.rpartition(".")[0])._meta
        fields = [field for field in meta.concrete_fields if field.name in policy.shown]
        rows = detached_rows(key, user.pk).iterator(AT_ONCE)
        yield key.lower(), title_of(key), (_row(row, fields, names) for row in rows)


def _row(row: Model, fields: "Iterable[Field[Any, Any]]", names: "_Names") -> Row:
    return {field.name: _value(row, field, names) for field in fields}


def _value(row: Model, field: "Field[Any, Any]", names: "_Names") -> Any:
    if seen := _AS_ON_PAGES.get(str(field)):
        return _as_shown(seen(row), names)
    value = getattr(row, field.attname)
    if isinstance(field, JSONField):
        return _as_shown(value, names)
    if not isinstance(field, ForeignKey) or value is None:
        return value
    related = field.related_model
    return value if related._meta.label in OWN else names[related, value]


def _as_shown(value: Any, names: "_Names") -> Any:
    """Replaces the key of an advice in a part's row by its text."""
    if isinstance(value, list):
        return [_as_shown(entry, names) for entry in value]
    if isinstance(value, dict):
        return {
            key: names[Advice, entry] if key == "advice" else _as_shown(entry, names)
            for key, entry in value.items()
            if key != _LEFT_OUT_KEY
        }
    return value


class _Names(dict[tuple[type[Model], Any], str | None]):
    """Names of rows of others, each looked up once; None for an advice that was withdrawn."""

    def __missing__(self, key: tuple[type[Model], Any]) -> str | None:
        model, pk = key
        row = model._base_manager.filter(pk=pk).first()
        self[key] = name = _name(row) if row else None
        return name


def _name(row: Model) -> str:
    """As students may see it: no slug of a problem, and no assignment that is not open yet."""
    match row:
        case Advice() | TeacherMessage():
            return row.text
        case Solution():
            return row.version.title
        case ProblemVersion():
            return row.title
        case Assignment() if row.opens_at > timezone.now():
            return _("an assignment that is not open yet")
    return str(row)


def _readme(user: User, files: list[tuple[str, str, int]]) -> str:
    paragraphs = [
        _("Everything that Lemma stores about %(name)s (%(username)s).")
        % {"name": user.shown_name, "username": user.username},
        _(
            "Each file holds one kind of data, one entry on each line, in a form for programs "
            "(JSON). “id” is the number of an entry; other files refer to it by this number. Times "
            "are in UTC."
        ),
        _(
            "Not included: passwords and secret addresses, the right answers of problems, the text "
            "of hints that were held back, numbers that show why a line is wrong, grades and "
            "results of checks that are not shown yet, and the names of other people. Where others "
            "need the data too, such as a problem set or a shared solution, only the part about "
            "this person is included."
        ),
    ]
    listed = [f"{name}: {title}, {_counted(count)}" for name, title, count in files]
    return "\n\n".join([*paragraphs, "\n".join(listed), ""])


def _counted(rows: int) -> str:
    return ngettext("%(n)s entry", "%(n)s entries", rows) % {"n": rows}
