"""Class lists, as the tests send them and read what comes of their rows."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tutor.courses.models import Section
from tutor.courses.roster.matching import plan_for


def upload(data: bytes) -> dict[str, object]:
    return {"do": "check", "file": SimpleUploadedFile("people.csv", data)}


def statuses(section: Section, text: str) -> list[tuple[int, str]]:
    return [(row.line, row.status.value) for row in plan_for(section, text).rows]
