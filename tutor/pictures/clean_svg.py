"""Reads an SVG and writes a new one that holds drawing elements and attributes alone."""

import re
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from tutor.pictures.clean_picture import (
    MAX_SVG_BYTES,
    MAX_WIDTH,
    CleanPicture,
    PictureFault,
    RefusedPicture,
)
from tutor.pictures.svg_names import (
    ATTRIBUTES,
    DROPPED_SILENTLY,
    ELEMENTS,
    FUNCTIONS,
    PROPERTIES,
    REFERRING,
)
from tutor.pictures.svg_weight import check_weight

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
MAX_DEPTH = 60
_UNITS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
_LENGTH = re.compile(r"(\d{1,7}(?:\.\d{1,9})?)(px|pt|pc|mm|cm|in)?")
_FUNCTION = re.compile(r"([\w-]{0,40})\(")
_OWN_REFERENCE = re.compile(r"url\((['\"]?)#([\w.:-]{1,200})\1\)")
_IDENTIFIER = re.compile(r"[\w.:-]{1,200}")


def clean_svg(data: bytes) -> CleanPicture:
    """Raises RefusedPicture."""
    if len(data) > MAX_SVG_BYTES:
        raise RefusedPicture(PictureFault.TOO_LARGE)
    root = _parsed(data)
    if root.tag != f"{{{SVG}}}svg":
        raise RefusedPicture(PictureFault.NOT_SVG)
    width, height = _size(root)
    left_out: set[str] = set()
    copy = _copied(root, left_out, depth=0)
    sides = {"xmlns": SVG, "width": str(width), "height": str(height)}
    copy.attrib = sides | {name: copy.attrib[name] for name in copy.attrib if name not in sides}
    copy.attrib.setdefault("viewBox", f"0 0 {width} {height}")
    check_weight(copy)
    written = ElementTree.tostring(copy, "utf-8", xml_declaration=False)
    return CleanPicture(written, "svg", width, height, tuple(sorted(left_out)))


def _parsed(data: bytes) -> ElementTree.Element:
    """A document type that declares nothing is passed over: many programs write one."""
    try:
        root: ElementTree.Element = fromstring(data, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise RefusedPicture(PictureFault.DECLARES) from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise RefusedPicture(PictureFault.BROKEN) from error
    return root


def _copied(element: ElementTree.Element, left_out: set[str], depth: int) -> ElementTree.Element:
    if depth > MAX_DEPTH:
        raise RefusedPicture(PictureFault.TOO_COMPLEX)
    name = _local(element.tag)
    copy = ElementTree.Element(name, _attributes(element))
    copy.text, copy.tail = element.text, element.tail
    for child in element:
        if _is_drawing(child):
            copy.append(_copied(child, left_out, depth + 1))
        elif (name := _local(child.tag)) not in DROPPED_SILENTLY:
            left_out.add(name[:40])
    return copy


def _is_drawing(element: ElementTree.Element) -> bool:
    return str(element.tag).startswith(f"{{{SVG}}}") and _local(element.tag) in ELEMENTS


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    """What `style` declares becomes attributes: these have values alone, and no rules."""
    attributes = {}
    for name, value in element.attrib.items():
        if name in ("href", f"{{{XLINK}}}href"):
            if _local(element.tag) in REFERRING and value.startswith("#"):
                attributes["href"] = value
        elif name in ATTRIBUTES:
            attributes[name] = value
    attributes |= _declared(element.get("style", ""))
    return {name: value for name, value in attributes.items() if _is_harmless(name, value)}


def _declared(style: str) -> dict[str, str]:
    pairs = (declaration.partition(":") for declaration in style.split(";"))
    named = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return {name: value for name, value in named.items() if name in PROPERTIES}


def _is_harmless(name: str, value: str) -> bool:
    """No address but `#name` within this file, no escape that hides one, no unknown function."""
    if name in ("id", "href"):
        return _IDENTIFIER.fullmatch(value.removeprefix("#")) is not None
    if "\\" in value or "/*" in value or "@" in value:
        return False
    rest = _OWN_REFERENCE.sub("", value)
    return all(name.lower() in FUNCTIONS for name in _FUNCTION.findall(rest))


def _size(root: ElementTree.Element) -> tuple[int, int]:
    """In pixels: what the file says, else what its view box has."""
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    sides = [_pixels(root.get("width", "")), _pixels(root.get("height", ""))]
    if None in sides and len(box) == 4:
        sides = [_pixels(side) for side in box[2:]]
    width, height = (side or fallback for side, fallback in zip(sides, (300, 150), strict=True))
    scale = min(1, MAX_WIDTH / width, 2 * MAX_WIDTH / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _pixels(length: str) -> float | None:
    match = _LENGTH.fullmatch(length.strip())
    return float(match[1]) * _UNITS[match[2] or ""] or None if match else None
