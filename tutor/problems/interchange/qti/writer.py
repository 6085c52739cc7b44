"""Problems as a package of QTI 2.1 items, of which `package` reads the same problems back."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.translation import gettext as _
from django.utils.translation import override

from tutor.grading.multipart import LETTERS
from tutor.problems.content import Content, InvalidRecord
from tutor.problems.interchange import exportable
from tutor.problems.interchange.own_tags import PREFIX, fits, own_tags
from tutor.problems.interchange.portable import Portable
from tutor.problems.interchange.qti.carried import NoExpression, expression_of, letters_of
from tutor.problems.interchange.qti.elements import FOLDER, plain
from tutor.problems.interchange.qti.item_questions import ExportedQuestion, questions_in
from tutor.problems.interchange.qti.item_writer import item_of
from tutor.problems.interchange.qti.several_numbers import with_several_numbers
from tutor.problems.interchange.variants import FirstAnswers, first_answers, variants_of
from tutor.problems.parts import Part
from tutor.problems.records import ProblemRecord

_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_MOMENT = (2020, 1, 1, 0, 0, 0)  # of every file, so that the same problems give the same package


@dataclass(frozen=True)
class QtiPackage:
    """The archive, and why some problems are not in it."""

    data: bytes
    left_out: exportable.Reasons


def write_package(
    records: Iterable[ProblemRecord], pictures: Mapping[str, bytes] = exportable.NO_PICTURES
) -> QtiPackage:
    """pictures: by name, those that the problems show."""
    manifest = Element("manifest", xmlns=_PACKAGE, identifier="lemma")
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    reasons = []
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        shown: dict[str, bytes] = {}
        for record in records:
            if reason := why_not(record):
                reasons.append((record.content.title, reason))
            else:
                for variant in variants_of(record):
                    shown |= _write_item(archive, resources, variant, pictures)
        for name in sorted(shown):
            archive.writestr(zipfile.ZipInfo(FOLDER + name, _MOMENT), shown[name])
        _add(archive, "imsmanifest.xml", manifest)
    return QtiPackage(data.getvalue(), reasons)


def _write_item(
    archive: zipfile.ZipFile,
    resources: Element,
    variant: ProblemRecord,
    pictures: Mapping[str, bytes],
) -> dict[str, bytes]:
    """The files that it shows, by their names."""
    if _why_not_as_it_is(variant):
        return {}
    path = f"items/{variant.slug}.xml"
    portable, several = _portable(variant)
    with override(variant.content.language):  # in which figures say what they show
        _add(archive, path, item_of(variant.slug, portable.content, several))
        files = exportable.files_shown(variant.content, pictures)
    _describe(resources, path, _tags_of(variant, portable, several), files)
    return files


def left_out(
    records: Iterable[ProblemRecord], first: FirstAnswers = first_answers
) -> exportable.Reasons:
    return exportable.left_out(records, lambda record: why_not(record, first))


def why_not(record: ProblemRecord, first: FirstAnswers = first_answers) -> str:
    """What QTI cannot do about this problem; empty where it can.

    Of a problem with parameters, the answers of the first variant decide.
    """
    reason = exportable.why_never(record.content)
    return reason or _why_not_as_it_is(first(record))


def _why_not_as_it_is(record: ProblemRecord) -> str:
    if reason := exportable.why_not(record):
        return reason
    portable, several = _portable(record)
    if not fits(_tags_of(record, portable, several)):
        return exportable.too_long()
    for question in questions_in(portable.content, several):
        if reason := exportable.why_no_row(question.key, question.rows):
            return reason
        if not question.is_all_or_nothing and (reason := exportable.why_no_shares(question.key)):
            return reason
        if question.carried and (reason := _why_not_carried(question, question.carried)):
            return reason
    return ""


def _why_not_carried(question: ExportedQuestion, part: Part) -> str:
    with suppress(NoExpression):
        names = letters_of(part)
        others = [
            letter for letter in LETTERS if letter in names and letter not in question.earlier
        ]
        if others:
            reason = _("QTI cannot calculate with the answer to %(letter)s)")
            return reason % {"letter": others[0]}
        expression_of(part, question.earlier)
        return ""
    return _("QTI cannot work out %(formula)s") % {"formula": part.carried}


def _portable(record: ProblemRecord) -> tuple[Portable, set[str]]:
    """And the letters of the parts that ask for several numbers."""
    portable = Portable.of(_worked_out(record.content), knows_commas=False)
    return portable, with_several_numbers(portable)


def _worked_out(content: Content) -> Content:
    """With the answers that follow from the right ones to earlier parts."""
    if all(part.key.value.strip() for part in content.parts):
        return content
    with suppress(InvalidRecord):  # stored past the checks
        return content.variant(1)
    return content


def _tags_of(record: ProblemRecord, portable: Portable, several: set[str]) -> list[str]:
    questions = questions_in(portable.content, several)
    is_told = not any(question.is_for_person for question in questions)
    native = ("tolerance",) if is_told else ()
    tags = own_tags(record, native=native, written=portable.written)
    return [f"{PREFIX}slug={record.slug}", *tags]


def _add(archive: zipfile.ZipFile, path: str, root: Element) -> None:
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "unicode")
    archive.writestr(zipfile.ZipInfo(path, _MOMENT), text.encode())


def _describe(resources: Element, path: str, tags: Iterable[str], pictures: Iterable[str]) -> None:
    resource = SubElement(resources, "resource", type="imsqti_item_xmlv2p1", href=path)
    general = SubElement(SubElement(SubElement(resource, "metadata"), "lom"), "general")
    for tag in tags:
        SubElement(SubElement(general, "keyword"), "string").text = plain(tag)
    for href in (path, *(FOLDER + name for name in sorted(pictures))):
        SubElement(resource, "file", href=href)
