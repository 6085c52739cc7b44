"""A question of another system while it is read, which becomes a problem or says why it cannot."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tutor.grading.multipart import LETTERS
from tutor.problems.asked_form import with_asked_forms
from tutor.problems.content import LINE_LIMIT, InvalidRecord
from tutor.problems.expected import Expected
from tutor.problems.interchange.figure_files import block_in
from tutor.problems.interchange.html_markdown import HtmlImage, to_markdown
from tutor.problems.interchange.imported import ImportedPicture, ImportedProblem, in_words
from tutor.problems.interchange.own_tags import PREFIX, OwnTags, read_tags, skill_of
from tutor.problems.interchange.portable import as_here
from tutor.problems.interchange.questions import (
    Fields,
    Notes,
    QuestionAnswer,
    answer_alone,
    in_another_order,
)
from tutor.problems.records import ProblemRecord
from tutor.problems.skills.names import path_called

_SLUG = re.compile(r"\A[a-z0-9]++(?:-[a-z0-9]++)*\Z")
_MAX_TEXT = 40_000  # characters of HTML, without the pictures that were pasted into it
_PASTED = re.compile(r"data:[^\s\"'<>]{64,}+")
_CONTEXT = re.compile(r"\A(?:\$[a-z0-9]{1,40}\$(?:/|\Z))?(?:top(?:/|\Z))?")
_MARKUP = re.compile(r"\\([*_`$])|\\[()\[\]]|[*_`$]")


@dataclass
class QuestionDraft:
    """What is known of a question beside its kind.

    slug: what the file calls it; used if it can be a slug. tags: also those of our own export.
    category: where the file has it, in its own words. writes_commas: 2,5 is two and a half there.
    file: gives the content of another file of the same package. is_shuffled, is_only_answered: see
    `ImportedProblem`.
    """

    location: str
    language: str
    title: str = ""
    slug: str = ""
    tags: list[str] = field(default_factory=list)
    category: str = ""
    writes_commas: bool = False
    notes: Notes = field(default_factory=Notes)
    images: list[HtmlImage] = field(default_factory=list)
    pictures: list[ImportedPicture] = field(default_factory=list)
    file: Callable[[str], bytes | None] = lambda _address: None
    is_shuffled: bool = False
    is_only_answered: bool = False

    def markdown(self, source: str, files: Mapping[str, bytes] | None = None) -> str:
        """Markdown of HTML. Raises InvalidRecord where it is too long, or an image is missing.

        files: the images of this text, by their names.
        """
        if len(_PASTED.sub("data:", source)) > _MAX_TEXT:
            problem = _("a text has %(n)s characters, and at most %(most)s are read")
            values = {"n": f"{len(source):,}", "most": f"{_MAX_TEXT:,}"}
            raise InvalidRecord("statement", problem % values)
        before = len(self.images)

        def figure_of(image: HtmlImage) -> str:
            return block_in(self._data_of(image, files or {}))

        text, embedded = to_markdown(source, self.images, figure_of)
        self.pictures += [self._picture(image, files or {}) for image in self.images[before:]]
        for name in embedded:
            self.notes.add(_("the image or file “%(name)s”") % {"name": name[:60]})
        return text

    @cached_property
    def own(self) -> OwnTags:
        """What our own export has written into tags."""
        return read_tags(self.tags, self.language)

    def options(self, letter: str = "") -> Fields:
        """Those of the key, or of the key of a part, for which the file has no other place."""
        return self.own.options.get(letter, {})

    def problem(self, read: Callable[[], Fields]) -> ImportedProblem:
        """read: gives the fields of a record that depend on the kind of the question."""
        self.title = " ".join(self.title.split())[:LINE_LIMIT]
        try:
            fields = read()
            record = ProblemRecord.from_dict(self._record_fields(fields))
            content = record.content if self.own.has_any else with_asked_forms(record.content)
            record = replace(record, content=content)
        except InvalidRecord as error:
            return ImportedProblem(self.location, self.title, reason=in_words(error))
        return ImportedProblem(
            self.location,
            record.content.title,
            record,
            left_out=tuple(self.notes.left_out),
            is_named=bool(_SLUG.match(self.slug)),
            pictures=tuple(self.pictures),
            is_shuffled=self.is_shuffled,
            is_only_answered=self.is_only_answered,
        )

    def choices(self, choices: Sequence[QuestionAnswer]) -> list[QuestionAnswer]:
        """In another order than in the file."""
        shuffled = in_another_order(choices, self.title)
        self.is_shuffled = self.is_shuffled or shuffled != list(choices)
        return shuffled

    def _data_of(self, image: HtmlImage, files: Mapping[str, bytes]) -> bytes:
        return image.data() or files.get(image.name) or self.file(image.address) or b""

    def _picture(self, image: HtmlImage, files: Mapping[str, bytes]) -> ImportedPicture:
        data = self._data_of(image, files)
        if not data:
            reason = _("its image “%(name)s” is not in the file")
            raise InvalidRecord("statement", reason % {"name": image.name[:60]})
        return ImportedPicture(image.name, image.alt, data)

    def _record_fields(self, fields: Fields) -> dict[str, Any]:
        fields = self._as_here(fields)
        title = self.title or beginning(fields["statement"])
        if not fields.get("solution"):
            self.is_only_answered = True
            fields["solution"] = answer_alone(fields)
        slug = self.slug if _SLUG.match(self.slug) else slug_of(title)
        about = {"slug": slug, "title": title, "skills": self._skills(), **self._category()}
        return {**self.own.fields, **about, **fields}

    def _as_here(self, fields: Fields) -> Fields:
        """With keys and expected answers as they were before our own export."""
        own, fields = self.own, dict(fields)
        if "key" in fields:
            fields["key"] = self._key(fields["key"], "")
        rows = zip(LETTERS, fields.get("parts", ()), strict=False)
        parts = [
            {**row, "key": self._key(row["key"], letter), **own.parts.get(letter, {})}
            for letter, row in rows
        ]
        if parts:
            fields["parts"] = parts
        if own.written:
            rows_here = (
                as_here(own.written, Expected(**row)) for row in fields.get("expected", ())
            )
            fields["expected"] = [row.to_dict() for row in rows_here]
        return fields

    def _key(self, key: Fields, letter: str) -> Fields:
        name = f"{letter}) {key['value']}" if letter else key["value"]
        value = self.own.written.get(name, key["value"])
        value = "" if letter in self.own.worked_out else value
        return {**key, **self.options(letter), "value": value}

    def _category(self) -> Fields:
        if len(self.category) <= LINE_LIMIT:
            return {"category": self.category} if self.category else {}
        self.notes.add(_("the category “%(name)s”") % {"name": self.category[:60]})
        return {}

    def _skills(self) -> list[str]:
        """Its tags, and its category where that is called as a skill is.

        From our own export they are tags, whatever they were called before.
        """
        skills = [] if self.own.has_any else [path_called(_last_name(self.category))]
        for tag in self.tags:
            if tag.startswith(PREFIX):
                continue
            skills.append(skill_of(tag))
            if not skills[-1]:
                self.notes.add(_("the tag “%(tag)s”") % {"tag": tag[:60]})
        return list(dict.fromkeys(filter(None, skills)))


def slug_of(title: str) -> str:
    return re.sub("-+", "-", slugify(title)[:180].replace("_", "-").strip("-")) or "problem"


def beginning(statement: str) -> str:
    """The first words of a statement, as a title."""
    words = " ".join(_MARKUP.sub(lambda match: match[1] or "", statement).split())
    return words if len(words) <= 60 else words[:60].rpartition(" ")[0] + " …"


def category_of(path: str) -> str:
    """Without the course, or whatever else the category is for."""
    return _CONTEXT.sub("", " ".join(path.split()))


def _last_name(category: str) -> str:
    return category.replace("//", "\0").rpartition("/")[2].replace("\0", "/").strip()


def marked(texts: Iterable[str]) -> str:
    """Texts as paragraphs."""
    return "\n\n".join(text for text in texts if text)
