"""Pictures go out with the problems that show them, and come in again."""

from dataclasses import replace

import pytest

from tests.factories import make_content
from tests.pictures.test_clean_file import png, svg
from tutor.pictures.models import Picture
from tutor.pictures.storing import store_picture
from tutor.problems.expected import Expected
from tutor.problems.interchange.exportable import pictures_shown
from tutor.problems.interchange.file_reader import read_file
from tutor.problems.interchange.moodle.writer import write_moodle
from tutor.problems.interchange.picture_import import with_pictures
from tutor.problems.interchange.qti.writer import write_package
from tutor.problems.records import ProblemRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(carol):
    drawing = store_picture(svg("<path d='M0 0h4'/>"), carol).markdown('two "dots" & <more>')
    photo = store_picture(png(), carol).markdown("a square")
    content = make_content(
        statement=f"How many?\n\n{drawing}\n\nAnd here: {photo}",
        hints=(f"Look *here*: {drawing}",),
        expected=(Expected("5", f"No: {photo}"),),
        solution=f"**Step 1.** {photo} \\(\\boxed{{4}}\\)",
    )
    return ProblemRecord("dots", content, ("algebra.sums",), "Me", "CC0-1.0")


@pytest.mark.parametrize(
    "written",
    [
        lambda records: write_moodle(records, pictures_shown(records)).xml.encode(),
        lambda records: write_package(records, pictures_shown(records)).data,
    ],
    ids=["Moodle", "QTI"],
)
def test_pictures_come_back_as_they_were(record, carol, dan, written):
    other = replace(record, slug="dots-again")
    file = written([record, other])
    problems = with_pictures(read_file(file, "en"), dan)
    assert [problem.reason for problem in problems] == ["", ""]
    assert [problem.record for problem in problems] == [record, other]
    assert Picture.objects.count() == 2
