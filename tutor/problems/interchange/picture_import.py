"""Stores the pictures of imported problems, so that their texts can show them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from tutor.pictures.clean_picture import CleanPicture, RefusedPicture
from tutor.pictures.cleaning import clean_pictures
from tutor.pictures.sentences import refusal_sentence
from tutor.pictures.storing import store_clean_picture
from tutor.problems.content import InvalidRecord
from tutor.problems.interchange.html_markdown import image_mark
from tutor.problems.interchange.imported import ImportedProblem, in_words
from tutor.problems.records import ProblemRecord


def with_pictures(problems: Sequence[ImportedProblem], user: User) -> list[ImportedProblem]:
    """The problems with their pictures in their texts; one whose picture is refused says why.

    A picture of an import that is never confirmed is erased with all that no text shows.
    """
    files = [picture.data for problem in problems for picture in problem.pictures]
    cleaned = iter(clean_pictures(files))
    return [
        _with_pictures(problem, [next(cleaned) for _picture in problem.pictures], user)
        if problem.pictures
        else problem
        for problem in problems
    ]


def _with_pictures(
    problem: ImportedProblem, cleaned: Sequence[CleanPicture | RefusedPicture], user: User
) -> ImportedProblem:
    marks: dict[str, str] = {}
    for number, (picture, clean) in enumerate(zip(problem.pictures, cleaned, strict=True)):
        try:
            if isinstance(clean, RefusedPicture):
                raise clean
            stored = store_clean_picture(clean, user)
        except RefusedPicture as error:
            values = {"name": picture.name[:60], "reason": refusal_sentence(error)}
            reason = _("the image “%(name)s”: %(reason)s") % values
            return replace(problem, record=None, pictures=(), reason=reason)
        marks[image_mark(number)] = stored.markdown(picture.alt)
    return _filled(problem, marks)


def _filled(problem: ImportedProblem, marks: dict[str, str]) -> ImportedProblem:
    def filled(text: str) -> str:
        for mark, markdown in marks.items():
            text = text.replace(mark, markdown)
        return text

    assert problem.record is not None  # noqa: S101  # what is refused has no pictures
    try:
        record = ProblemRecord.from_dict(_each_text(problem.record.to_dict(), filled))
    except InvalidRecord as error:
        return replace(problem, record=None, pictures=(), reason=in_words(error))
    return replace(problem, record=record, pictures=())


def _each_text(data: Any, change: Callable[[str], str]) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, list):
        return [_each_text(entry, change) for entry in data]
    if isinstance(data, dict):
        return {name: _each_text(value, change) for name, value in data.items()}
    return data
