"""Read a class list from the text of a spreadsheet, whose first line names the columns."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from itertools import chain, islice

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tutor.courses.models import Enrollment
from tutor.courses.roster.lines import cells_by_kind, has_mail, split_cell
from tutor.courses.roster.plan import RosterPlan, RosterRow
from tutor.text_gate import UnacceptableText, accept_text, without_hidden

MAX_ROWS = 2_000
MAX_CHARACTERS = 500_000
MAX_NAME_LETTERS = 150  # of a name
EXAMPLE = gettext_lazy(
    "last name,first name,email,username,role\n"
    "Gauß,Carl Friedrich,,s2041,student\n"
    "Lovelace,Ada,ada@example.org,,\n"
    "Noether,Emmy,emmy@example.org,,assistant"
)
_FULL_NAME = re.compile(r"[^\W\d_][^\d_@]{0,60} [^\d_@]{1,60}")
_NAME = re.compile(r"[^\W\d_][^\d_@]{0,60}")
SEPARATORS = ",;\t，；"
COLUMNS = {
    "name": {"name", "fullname", "student", "studentname", "姓名", "学生", "学生姓名", "名字"},
    "first_name": {
        "firstname",
        "givenname",
        "forename",
        "vorname",
        "prénom",
        "prenom",
        "nombre",
        "nome",
        "voornaam",
        "名",
    },
    "last_name": {
        "lastname",
        "surname",
        "familyname",
        "nachname",
        "familienname",
        "nom",
        "apellido",
        "apellidos",
        "cognome",
        "achternaam",
        "姓",
        "姓氏",
    },
    "email": {"email", "emailaddress", "mail", "邮箱", "电子邮箱", "电子邮件", "邮件", "邮箱地址"},
    "username": {
        "username",
        "user",
        "login",
        "account",
        "studentnumber",
        "studentid",
        "number",
        "id",
        "用户名",
        "账号",
        "帐号",
        "学号",
    },
    "role": {"role", "角色", "身份"},
}
ROLES = {
    Enrollment.Role.STUDENT: {"", "student", "pupil", "learner", "学生"},
    Enrollment.Role.ASSISTANT: {"assistant", "ta", "teachingassistant", "助教"},
    Enrollment.Role.TEACHER: {"teacher", "instructor", "教师", "老师"},
}


class BadTable(ValueError):
    """Tells the person who sent a list why Lemma cannot read it."""


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 with its mark. Raises BadTable for any other."""
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problem = _(
            "Line %(line)d is not in UTF-8. Save the file as “CSV UTF-8”, or copy the cells and "
            "paste them below."
        )
        raise BadTable(problem % {"line": line}) from error


def read_table(text: str) -> RosterPlan:
    """Raises BadTable."""
    try:
        text = accept_text(text.lstrip("\ufeff"), limit=MAX_CHARACTERS)
    except UnacceptableText as error:
        problem = _(
            "Lemma cannot read this list. It has characters that are not text, "
            "or more than %(n)s characters."
        )
        raise BadTable(problem % {"n": f"{MAX_CHARACTERS:,}"}) from error
    records = _records(text)
    line, header = next(records, (0, []))
    if any(has_mail(cell) for cell in header):
        everybody = chain([(line, header)], records)
        return RosterPlan(_limited(_row_without_columns(n, cells) for n, cells in everybody))
    if _is_full_name(header):
        header, records = ["name"], chain([(line, header)], records)
    elif _are_two_names(header):
        header, records = ["last name", "first name"], chain([(line, header)], records)
    columns = _columns(header)
    rows = _limited(_row(line, cells, columns, len(header)) for line, cells in records)
    if not rows:
        raise BadTable(_("The list is empty: nothing follows its first line."))
    unused = [name for name, column in zip(header, columns, strict=True) if name and not column]
    return RosterPlan(rows, unused)


def without_record(text: str, line: int) -> str:
    """The list without the row that begins at `line`, from 1. Raises BadTable."""
    lines = list(io.StringIO(text, newline=""))
    following = (start for start, _cells in _records(text) if start > line)
    end = next(following, len(lines) + 1)
    return "".join(lines[: line - 1] + lines[end - 1 :])


def _limited(rows: Iterator[RosterRow]) -> list[RosterRow]:
    taken = list(islice(rows, MAX_ROWS + 1))
    if len(taken) > MAX_ROWS:
        raise BadTable(_("A list has at most %(n)s people.") % {"n": f"{MAX_ROWS:,}"})
    return taken


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the line where it begins."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            cells = [" ".join(without_hidden(cell).split()) for cell in cells]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        problem = _("Lemma cannot read line %(line)d. A quotation mark may be missing.")
        raise BadTable(problem % {"line": line}) from error


def _is_full_name(cells: list[str]) -> bool:
    """Whether the list begins with a person: a line of several words, of which none is a column."""
    return len(cells) == 1 and bool(_FULL_NAME.fullmatch(cells[0])) and not _known(cells[0])


def _are_two_names(cells: list[str]) -> bool:
    """Whether the list begins with a person as lists write them: "Lovelace, Ada"."""
    return len(cells) == 2 and all(_NAME.fullmatch(cell) and not _known(cell) for cell in cells)


def _known(cell: str) -> str:
    """What the column of this name holds; empty if we do not know."""
    word = _word(cell)
    return next((name for name, known in COLUMNS.items() if word in known), "")


def _columns(header: list[str]) -> list[str]:
    """What each column of the file holds; empty if we do not know."""
    columns = [_known(name) for name in header]
    known = [column for column in columns if column]
    if not {"name", "first_name", "last_name"} & set(known):
        raise BadTable(
            _(
                "The first line must name the columns: “name”, or “last name” and “first name”; "
                "also “email”, “username” and “role”. A list of names alone needs no such line: "
                "“Ada Lovelace” or “Lovelace, Ada”, one on each line."
            )
        )
    if duplicate := next((column for column in known if known.count(column) > 1), None):
        name = header[columns.index(duplicate)]
        raise BadTable(_("Two columns mean the same: %(name)s.") % {"name": name})
    return columns


def _word(cell: str) -> str:
    return re.sub(r"[\s_\-./]", "", unicodedata.normalize("NFKC", cell)).casefold()


def _row(line: int, cells: list[str], columns: list[str], width: int) -> RosterRow:
    values = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    typed = values.copy()
    mails = _take_mails(values)
    first_name, last_name = values.get("first_name", ""), values.get("last_name", "")
    if not (first_name or last_name):
        first_name, last_name = _two_names(values.get("name", ""))
    row = RosterRow(
        line=line,
        first_name=first_name,
        last_name=last_name,
        email=values.get("email", ""),
        username=values.get("username", ""),
        role_word=values.get("role", ""),
        read_from=", ".join(typed.values()) if values != typed else "",
    )
    if any(cells[width:]):
        row.refuse(
            _(
                "This line has more cells than there are columns. Put "
                "quotation marks around a name with a comma."
            )
        )
    elif problem := _two_mails(mails) or _problem_with(row):
        row.refuse(problem)
    return row


def _take_mails(values: dict[str, str]) -> list[str]:
    """Move the addresses out of the names, in place; return all the addresses of the row."""
    mails: list[str] = []
    for column in ("name", "first_name", "last_name", "email"):
        if column == "email" and not has_mail(values.get(column, "")):
            continue
        if column in values:
            name, addresses = split_cell(values[column])
            mails += addresses
            values[column] = name
    if mails:
        values["email"] = mails[0]
    return mails


def _row_without_columns(line: int, cells: list[str]) -> RosterRow:
    """From a line of names and an address in any order; of two names, the family name is first."""
    names, mails = cells_by_kind(cells)
    first_name, last_name = (names[1], names[0]) if len(names) > 1 else _two_names("".join(names))
    row = RosterRow(
        line=line,
        first_name=first_name,
        last_name=last_name,
        email=mails[0] if mails else "",
        read_from=", ".join(filter(None, cells)),
    )
    if len(names) > 2:
        row.refuse(_("This line has more than two names. Name the columns on the first line."))
    elif problem := _two_mails(mails) or _problem_with(row):
        row.refuse(problem)
    return row


def _two_mails(mails: list[str]) -> str:
    return _("There are two email addresses on this line.") if len(set(mails)) > 1 else ""


def _two_names(name: str) -> tuple[str, str]:
    """First and family name, from "family, first" or "first family". One word is a first name.

    Lists are sorted by family name. If this guess is wrong, the list needs two columns.
    """
    last_name, comma, first_name = name.partition(",")
    if comma and first_name.strip():
        return first_name.strip(), last_name.strip()
    first_name, _space, last_name = name.rpartition(" ")
    return (first_name, last_name) if first_name else (last_name, "")


def _problem_with(row: RosterRow) -> str:
    word = _word(row.role_word)
    role = next((role for role, words in ROLES.items() if word in words), None)
    if role is None:
        return _("“%(role)s” is not a role. Use student, assistant or teacher.") % {
            "role": row.role_word[:40]
        }
    row.role = role
    if not row.name:
        return _("The name is missing.")
    if "@" in row.name:
        return _("There is an @ in the name. It belongs to an email address.")
    if max(len(row.first_name), len(row.last_name), len(row.username)) > MAX_NAME_LETTERS:
        return _("Names have at most %(n)d letters.") % {"n": MAX_NAME_LETTERS}
    if row.username and not re.fullmatch(r"[\w.@+-]+", row.username):
        return _("User names can have only letters, digits and these signs: @ . + - _")
    try:
        if row.email:
            validate_email(row.email)
    except ValidationError:
        return _("“%(email)s” is not an email address.") % {"email": row.email[:60]}
    return _("The email address is too long.") if len(row.email) > 254 else ""
