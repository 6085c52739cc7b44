"""All that is stored about a person, as a ZIP of JSON Lines and a file that says what is what."""

import json
from collections.abc import Callable, Iterable, Iterator
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
from tutor.attempts.answering import checks_seen_by_owner, failing_seen_by_owner
from tutor.attempts.models import Advice
from tutor.privacy.policy import KEPT, OWN, kept_rows, own_rows, title_of
from tutor.privacy.traces import history_of, sessions_of
from tutor.problems.models import ProblemVersion
from tutor.solutions.models import Solution

Row = dict[str, Any]
README = "README.txt"
AT_ONCE = 500  # rows in memory
# Values for which a line fails may be the answer itself (see `attempts.witness_visibility`).
_NEVER = "witness"
# What a check of working said is exported as far as the person's own pages say it at that moment.
_AS_ON_PAGES: dict[str, Callable[[Any], Any]] = {
    "attempts.Attempt.checks": checks_seen_by_owner,
    "attempts.WorkingCheck.failing": failing_seen_by_owner,
}


def personal_data(user: User) -> bytes:
    """The ZIP. It has the whole of their own rows, no stored answer, and nobody else's name."""
    file = BytesIO()
    with override(user.language), ZipFile(file, "w", ZIP_DEFLATED) as archive:
        files = []
        for name, title, rows in _tables(user):
            lines = [json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False) for row in rows]
            if lines:
                archive.writestr(f"{name}.jsonl", "\n".join([*lines, ""]))
                files.append((f"{name}.jsonl", title, len(lines)))
        archive.writestr(README, _readme(user, files))
    return file.getvalue()


def as_download(user: User) -> HttpResponse:
    response = HttpResponse(personal_data(user), content_type="application/zip")
    response.headers["Content-Disposition"] = str(
        content_disposition_header(as_attachment=True, filename=f"lemma-{user.username}.zip")
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _tables(user: User) -> Iterator[tuple[str, str, Iterable[Row]]]:
    """Name, title and rows of each file."""
    names = _Names()
    for label, own in OWN.items():
        fields = [
            field
            for field in apps.get_model(label)._meta.concrete_fields
            if field.name not in own.left_out and field.related_model is not User
        ]
        rows = own_rows(label, user.pk).iterator(AT_ONCE)
        yield label.lower(), title_of(label), (_row(row, fields, names) for row in rows)
    for place, kept in KEPT.items():
        meta = apps.get_model(place.rpartition(".")[0])._meta
        fields = [field for field in meta.concrete_fields if field.name in kept.shown]
        rows = kept_rows(place, user.pk).iterator(AT_ONCE)
        yield place.lower(), title_of(place), (_row(row, fields, names) for row in rows)
    history: Iterable[Row] = (
        {
            "at": entry.action_time,
            "act": entry.get_action_flag_display(),
            "row": str(entry.content_type),
        }
        for entry in history_of(user).select_related("content_type")
    )
    yield "admin.logentry.about", _("what the administration did to them"), history
    sessions = ({"ends_at": session.expire_date} for session in sessions_of(user.pk)[user.pk])
    yield "sessions.session", _("sign-ins that are kept"), sessions


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
    """Where a row of a part has the key of an advice, its words."""
    if isinstance(value, list):
        return [_as_shown(one, names) for one in value]
    if isinstance(value, dict):
        return {
            key: names[Advice, one] if key == "advice" else _as_shown(one, names)
            for key, one in value.items()
            if key != _NEVER
        }
    return value


class _Names(dict[tuple[type[Model], Any], str | None]):
    """What rows of others are called, each looked up once; None for an advice taken back."""

    def __missing__(self, key: tuple[type[Model], Any]) -> str | None:
        model, pk = key
        row = model._base_manager.filter(pk=pk).first()
        self[key] = name = _name(row) if row else None
        return name


def _name(row: Model) -> str:
    """As students may see it: no short name of a problem, and nothing that is still to come."""
    match row:
        case Advice():
            return row.text
        case Solution():
            return row.version.title
        case ProblemVersion():
            return row.title
        case Assignment() if row.opens_at > timezone.now():
            return _("an assignment that is not open yet")
    return str(row)


def _readme(user: User, files: list[tuple[str, str, int]]) -> str:
    said = [
        _("All that Lemma stores about %(name)s (%(username)s).")
        % {"name": user.shown_name, "username": user.username},
        _(
            "Each file has one row in each line, as JSON. “id” is the number of a row, by which "
            "rows of other files name it. Times are in UTC."
        ),
        _(
            "Left out are passwords and secret addresses, stored answers, the text of hints that "
            "were withheld, values for which a line of working fails, what a check of working does "
            "not say yet, and the names of other people. Of what others need too, such as a "
            "problem set or a worked solution that many watch, there is what tells of this person."
        ),
    ]
    listed = [f"{name}: {title}, {_counted(count)}" for name, title, count in files]
    return "\n\n".join([*said, "\n".join(listed), ""])


def _counted(rows: int) -> str:
    return ngettext("%(n)s row", "%(n)s rows", rows) % {"n": rows}
