"""The people of a section as a file, which another section can add as a class list."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.courses.access import managed_section
from tutor.courses.models import Section
from tutor.teaching.spreadsheets import CSV, Cell, csv_chunks, download

# The same in every language, as `courses.roster` reads them.
COLUMNS = ["last name", "first name", "email", "username", "role"]


@login_required
@require_safe
def people_file(request: AuthedRequest, code: UUID) -> HttpResponseBase:
    section = managed_section(request, code)
    name = f"{slugify(str(section), allow_unicode=True) or 'lemma'}.csv"
    chunks = csv_chunks(people_rows(section), decimal_comma=section.has_decimal_comma)
    return download(chunks, name, CSV)


def people_rows(section: Section) -> Iterator[list[Cell]]:
    """Without former members; one query."""
    yield [*COLUMNS]
    for enrollment in section.enrollments.present().in_order().select_related("user"):
        user = enrollment.user
        yield [
            user.last_name,
            user.first_name,
            enrollment.shown_email,
            user.username,
            enrollment.role,
        ]
