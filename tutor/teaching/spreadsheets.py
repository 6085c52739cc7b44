"""Tables as CSV and XLSX files, safe against formulas that students have typed."""

import csv
import io
import re
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from decimal import Decimal

import xlsxwriter
from asgiref.sync import sync_to_async
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

Cell = str | int | Decimal | None
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK = 64 * 1024
BOM = "\ufeff"  # without it Excel does not recognise UTF-8
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MAX_CELL = 32_000  # characters in a cell of a spreadsheet


def safe(cell: Cell) -> Cell:
    """Marks text that a spreadsheet would run as a formula; numbers stay numbers."""
    if not isinstance(cell, str):
        return cell
    text = printable(cell)
    return f"'{text}" if _FORMULA.match(text) else text


def printable(text: str) -> str:
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)[:MAX_CELL]


def csv_chunks(rows: Iterable[list[Cell]], *, decimal_comma: bool = False) -> Iterator[bytes]:
    """decimal_comma: as spreadsheets expect a file where 2,5 is usual; semicolons are between."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";" if decimal_comma else ",")
    line.write(BOM)
    for row in rows:
        cells = map(safe, row)
        writer.writerow(map(_with_comma, cells) if decimal_comma else cells)
        if line.tell() > CHUNK:
            yield line.getvalue().encode()
            line.seek(0)
            line.truncate()
    yield line.getvalue().encode()


def _with_comma(cell: Cell) -> Cell:
    return str(cell).replace(".", ",") if isinstance(cell, Decimal) else cell


def xlsx_chunks(rows: Iterable[list[Cell]], title: str) -> Iterator[bytes]:
    """Writes each row to disk before computing the next one."""
    with tempfile.TemporaryFile() as file:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        book = xlsxwriter.Workbook(file, options)
        head = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet(sheet_name(title))
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 28)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell, None if number else head)
        book.close()
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def _write(
    sheet: "xlsxwriter.worksheet.Worksheet",
    row: int,
    column: int,
    cell: Cell,
    form: "xlsxwriter.format.Format | None",
) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(
            row, column, printable(cell), form
        )  # a cell of this type is never a formula
    else:
        sheet.write_number(row, column, float(cell), form)


def sheet_name(title: str) -> str:
    """At most 31 characters, without those that are not allowed in a sheet's name."""
    return re.sub(r"[\[\]:*?/\\']", " ", _UNPRINTABLE.sub("", title))[:31].strip() or "Lemma"


def download(chunks: Iterator[bytes], name: str, content_type: str) -> StreamingHttpResponse:
    """Streams the file: the server holds only a part of it at a time."""

    def take() -> bytes:
        return next(chunks, b"")

    async def streamed() -> AsyncIterator[bytes]:
        while chunk := await sync_to_async(take)():
            yield chunk

    response = StreamingHttpResponse(streamed(), content_type=content_type)
    response.headers["Content-Disposition"] = str(
        content_disposition_header(as_attachment=True, filename=name)
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
