"""QTI files, alone or in a package: a zip of a stranger, read with limits and never unpacked."""

import io
import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote

from django.utils.translation import gettext as _

from tutor.problems.interchange.drafts import QuestionDraft
from tutor.problems.interchange.imported import (
    MAX_PROBLEMS,
    ImportedProblem,
    UnusableFile,
    too_many,
)
from tutor.problems.interchange.own_tags import PREFIX
from tutor.problems.interchange.qti import version_1, version_2
from tutor.problems.interchange.questions import Fields
from tutor.problems.interchange.xml_tree import Node, read_tree

ITEM_ROOTS = ("questestinterop", "assessmentItem")
MAX_ENTRIES = 2_000
MAX_ENTRY_BYTES = 8 * 1024**2
MAX_BYTES = 32 * 1024**2  # of all entries together
_TREES = (".xml", ".qti", ".dat")
_MANIFEST = "imsmanifest.xml"
_CANVAS_BASE = "$IMS-CC-FILEBASE$"
_BLACKBOARD_FILE = re.compile(r"(?<=/)xid-\d{1,20}_\d{1,9}\Z")  # what it adds to a file's name
_SLUG = f"{PREFIX}slug="


@dataclass(frozen=True)
class Resource:
    """What the manifest of a package says about one file."""

    title: str = ""
    tags: list[str] = field(default_factory=list)


def read_items(root: Node, language: str) -> list[ImportedProblem]:
    """The items of one file."""
    return [_imported(n, item, language) for n, item in enumerate(_items(root), start=1)]


def _items(root: Node) -> list[Node]:
    items = [root] if root.name == "assessmentItem" else list(root.within("item"))
    if len(items) > MAX_PROBLEMS:
        raise too_many()
    return items


def _imported(
    position: int,
    item: Node,
    language: str,
    path: str = "",
    resource: Resource | None = None,
    entries: Mapping[str, bytes] | None = None,
) -> ImportedProblem:
    resource = resource or Resource()
    location = _("question %(n)d, line %(line)d") % {"n": position, "line": item.line}
    draft = QuestionDraft(
        f"{path}, {location}" if path else location,
        language,
        title=item.attributes.get("title", "") or resource.title,
        slug=next((tag.removeprefix(_SLUG) for tag in resource.tags if tag.startswith(_SLUG)), ""),
        tags=resource.tags,
        file=lambda address: _file(entries or {}, path, address),
    )

    def read() -> Fields:
        if item.name == "assessmentItem":
            return version_2.read_item(item, draft)
        return version_1.read_item(item, draft)

    return draft.problem(read)


def read_package(data: bytes, language: str) -> list[ImportedProblem]:
    """The items of a package, in the order of its files. Raises UnusableFile."""
    entries = _entries(data)
    trees, problems = _trees(entries)
    resources = _resources(trees.pop(_MANIFEST, None))
    identifiers: set[str] = set()
    for path, root in trees.items():
        if root.name not in ITEM_ROOTS:
            continue
        for item in _items(root):
            identifier = item.attributes.get("ident") or item.attributes.get("identifier", "")
            if identifier and identifier in identifiers:
                continue  # Canvas has each quiz twice
            identifiers.add(identifier)
            position = len(problems) + 1
            resource = resources.get(path)
            problems.append(_imported(position, item, language, path, resource, entries))
    if not problems:
        raise UnusableFile(
            _("This archive is no QTI package: none of its files has a question (%(name)s, …).")
            % {"name": next(iter(entries), "—")[:60]}
        )
    return problems


def _file(entries: Mapping[str, bytes], path: str, address: str) -> bytes | None:
    """The file of an address in a text; Canvas writes addresses from a folder of its own."""
    address = unquote(address.partition("?")[0])
    if address.startswith(_CANVAS_BASE):
        address = address.removeprefix(_CANVAS_BASE).lstrip("/")
        candidates = [address, f"web_resources/{address}"]
    else:
        candidates = [posixpath.normpath(posixpath.join(posixpath.dirname(path), address)), address]
        if number := _BLACKBOARD_FILE.search(address):
            candidates += [name for name in entries if PurePosixPath(name).stem.endswith(number[0])]
    return next((entries[name] for name in candidates if name in entries), None)


def _trees(entries: dict[str, bytes]) -> tuple[dict[str, Node], list[ImportedProblem]]:
    """The XML files, and why some of them cannot be read."""
    trees: dict[str, Node] = {}
    failures = []
    for path, content in entries.items():
        if not path.lower().endswith(_TREES) or not content.lstrip(b"\xef\xbb\xbf \r\n\t"):
            continue
        try:
            trees[path] = read_tree(content)
        except UnusableFile as error:
            failures.append(ImportedProblem(path, reason=str(error)))
    return trees, failures


def _resources(manifest: Node | None) -> dict[str, Resource]:
    resources = {}
    for node in manifest.within("resource") if manifest else ():
        title = next((text.whole_text.strip() for text in node.within("title")), "")
        tags = [word.whole_text.strip() for word in node.within("keyword")]
        href = node.attributes.get("href") or node.attributes.get("file", "")
        for path in [href, *(file.attributes.get("href", "") for file in node.all("file"))]:
            resources[unquote(path)] = Resource(title, list(filter(None, tags)))
    return resources


def _entries(data: bytes) -> dict[str, bytes]:
    """The contents by their paths. Raises UnusableFile where the archive is not to be trusted."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MAX_ENTRIES:
                raise UnusableFile(_("The archive has too many files."))
            return dict(_contents(archive, infos))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise UnusableFile(_("This archive is damaged, or packed in an unusual way.")) from error


def _contents(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]
) -> Iterator[tuple[str, bytes]]:
    left = MAX_BYTES
    for info in infos:
        _check_name(info)
        if info.is_dir():
            continue
        with archive.open(info) as file:
            content = file.read(min(left, MAX_ENTRY_BYTES) + 1)
        if len(content) > min(left, MAX_ENTRY_BYTES):
            problem = _("The archive is too large when it is unpacked (%(name)s).")
            raise UnusableFile(problem % {"name": info.filename[:60]})
        left -= len(content)
        yield info.filename, content


def _check_name(info: zipfile.ZipInfo) -> None:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    name = {"name": info.filename[:60]}
    if path.is_absolute() or ".." in path.parts or ":" in info.filename:
        problem = _("The archive has a file that leads out of it: %(name)s.")
        raise UnusableFile(problem % name)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnusableFile(_("The archive has a link in it: %(name)s.") % name)
    if info.flag_bits & 1:
        raise UnusableFile(_("The archive is locked by a password."))
