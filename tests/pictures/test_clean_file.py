"""Strangers' files become clean pictures, or are refused by name."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from tutor.pictures.clean_file import clean_file
from tutor.pictures.clean_picture import PictureFault, RefusedPicture

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
)


def png(width=8, height=8, kind="PNG", **options):
    buffer = BytesIO()
    Image.new("RGB", (width, height), "red").save(buffer, kind, **options)
    return buffer.getvalue()


def svg(content, attributes='viewBox="0 0 40 20"'):
    return SVG.format(attributes, content).encode()


def huge_png(side=10_000):
    """The header of a picture with a hundred million pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (
            (b"IHDR", header),
            (b"IDAT", zlib.compress(b"\0" * 1000)),
            (b"IEND", b""),
        )
    )


def nested_uses(levels=12):
    """Twelve lines that would draw a million shapes."""
    groups = '<g id="g0"><path d="M0 0h1"/></g>' + "".join(
        f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 4 + "</g>" for n in range(1, levels)
    )
    return svg(groups)


def test_a_photo_is_turned_upright_and_loses_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "at home"  # turn by 90 degrees; a description
    picture = clean_file(png(30, 20, "JPEG", exif=exif))
    assert (picture.extension, picture.width, picture.height) == ("jpg", 20, 30)
    assert b"at home" not in picture.data
    assert not Image.open(BytesIO(picture.data)).getexif()


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_a_wide_picture_is_made_smaller(kind):
    assert clean_file(png(3000, 30, kind)).width == 2000


def test_an_svg_keeps_drawings_alone():
    picture = clean_file(
        svg(
            '<script>alert(1)</script><foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/>'
            "</foreignObject><style>*{fill:url(http://x.example)}</style>"
            '<image href="http://x.example/a.png"/><a href="javascript:alert(1)"><path/></a>'
            '<path onclick="alert(1)" d="M0 0h4" style="fill:#ff0000;cursor:url(http://x.example)"/>'
            '<rect fill="u\\72l(http://x.example)" width="3"/><rect stroke="url(#g)" x="1"/>'
            '<circle fill="url(http://x.example)" r="2"/><use href="http://x.example#a"/>'
            '<use xlink:href="#g"/><use href="data:image/svg+xml,x"/><set onbegin="alert(1)"/>'
            "<text>3 &lt; 4</text>"
        )
    )
    written = picture.data.decode()
    for forbidden in ("script", "alert", "x.example", "foreign", "data:", "style", "<a", "image"):
        assert forbidden not in written
    for drawn in ('d="M0 0h4"', 'fill="#ff0000"', 'stroke="url(#g)"', 'href="#g"', "3 &lt; 4"):
        assert drawn in written
    assert (picture.width, picture.height) == (40, 20)


def test_a_plain_document_type_is_passed_over():
    doctype = (
        b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x.example">'
    )
    assert b"DOCTYPE" not in clean_file(doctype + svg("<path/>")).data


def test_what_stands_behind_a_picture_is_cut_off():
    polyglot = png() + b"PK\x03\x04<script>alert(1)</script>"
    assert b"script" not in clean_file(polyglot).data


ENTITIES = b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", PictureFault.EMPTY),
        (b"GIF89a" + bytes(20), PictureFault.WRONG_TYPE),
        (b"<!doctype html><script>alert(1)</script>", PictureFault.WRONG_TYPE),
        (b"GIF89a/*<svg xmlns='http://www.w3.org/2000/svg'/>*/", PictureFault.WRONG_TYPE),
        (png()[:40], PictureFault.BROKEN),
        (b"\xff\xd8\xff" + bytes(100), PictureFault.BROKEN),
        (huge_png(), PictureFault.TOO_MANY_PIXELS),
        (png() + bytes(11 * 1024**2), PictureFault.TOO_LARGE),
        (b"<svg", PictureFault.BROKEN),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", PictureFault.WRONG_TYPE),
        (b"<g xmlns='http://www.w3.org/2000/svg'/>", PictureFault.NOT_SVG),
        (ENTITIES + svg("<text>&b;</text>"), PictureFault.DECLARES),
        (OUTSIDE + svg("<text>&a;</text>"), PictureFault.DECLARES),
        (svg("<path/>" * 80_000), PictureFault.TOO_LARGE),
        (svg("<g>" * 2_000 + "</g>" * 2_000), PictureFault.TOO_COMPLEX),
        (nested_uses(), PictureFault.TOO_COMPLEX),
        (svg('<g id="a"><use href="#a"/></g>'), PictureFault.TOO_COMPLEX),
    ],
    ids=str,
)
def test_it_refuses(data, fault):
    with pytest.raises(RefusedPicture) as refused:
        clean_file(data)
    assert refused.value.fault == fault
