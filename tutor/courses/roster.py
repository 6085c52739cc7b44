"""A list of people, as a school has it in a spreadsheet: read, judged line by line, taken whole.

`read_table` finds out what the text is, `plan_for` says of every row what would become of it, and
`enroll` does it: all of it, or none where a row is bad. What a cell says stays text, whatever it
begins with.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.one_time_passwords import give_one_time_password
from tutor.courses.models import Enrollment, Section, SectionEvent
from tutor.text_gate import UnacceptableText, accept_text

MOST_ROWS = 2_000
MOST_CHARACTERS = 500_000
MOST_LETTERS = 150  # of a name
EXAMPLE = """\
name,email,username,role
Ada Lovelace,ada@example.org,,
Carl Friedrich Gauß,,s2041,student
Emmy Noether,emmy@example.org,,assistant"""
SEPARATORS = ",;\t，；"
COLUMNS = {
    "name": {"name", "fullname", "student", "studentname", "姓名", "学生", "学生姓名", "名字"},
    "first_name": {"firstname", "givenname", "forename", "名"},
    "last_name": {"lastname", "surname", "familyname", "姓", "姓氏"},
    "email": {"email", "emailaddress", "mail", "邮箱", "电子邮箱", "电子邮件", "邮件", "邮箱地址"},
    "username": {
        *("username", "user", "login", "account", "studentnumber", "studentid", "number", "id"),
        *("用户名", "账号", "帐号", "学号"),
    },
    "role": {"role", "角色", "身份"},
}
ROLES = {
    Enrollment.Role.STUDENT: {"", "student", "pupil", "learner", "学生"},
    Enrollment.Role.ASSISTANT: {"assistant", "ta", "teachingassistant", "助教"},
    Enrollment.Role.TEACHER: {"teacher", "instructor", "教师", "老师"},
}


class BadTable(ValueError):
    """Says why nothing of a file could be read, to the person who sent it."""


class Fate(StrEnum):
    NEW = "new"  # gets an account and a place
    ENROLLED = "enrolled"  # has an account, gets a place
    THERE = "there"  # has a place already; nothing is changed
    BAD = "bad"


@dataclass
class Row:
    """One person of the list; `line` is where their row begins in the file, from 1."""

    line: int
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    username: str = ""
    role_word: str = ""
    role: str = Enrollment.Role.STUDENT
    user: User | None = None
    fate: Fate = Fate.NEW
    problem: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def refuse(self, problem: str) -> None:
        self.fate, self.problem = Fate.BAD, problem


@dataclass
class Plan:
    """What would become of every row; `unused` are the columns that nobody reads."""

    rows: list[Row]
    unused: list[str] = field(default_factory=list)

    def of(self, fate: Fate) -> list[Row]:
        return [row for row in self.rows if row.fate == fate]

    @property
    def bad(self) -> list[Row]:
        return self.of(Fate.BAD)

    @property
    def new(self) -> list[Row]:
        return self.of(Fate.NEW)

    @property
    def enrolled(self) -> list[Row]:
        return self.of(Fate.ENROLLED)

    @property
    def there(self) -> list[Row]:
        return self.of(Fate.THERE)

    @property
    def is_ready(self) -> bool:
        return not self.bad and bool(self.new or self.enrolled)


def decode(data: bytes) -> str:
    """The text of a file. Raises BadTable where it is in none of the encodings that say so."""
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


def read_table(text: str) -> Plan:
    """The rows of a list, whose first line names its columns. Raises BadTable."""
    try:
        text = accept_text(text.lstrip("\ufeff"), limit=MOST_CHARACTERS)
    except UnacceptableText as error:
        problem = _("This is no list: it has characters that are no text, or more than %(n)s.")
        raise BadTable(problem % {"n": f"{MOST_CHARACTERS:,}"}) from error
    records = _records(text)
    _line, header = next(records, (0, []))
    columns = _columns(header)
    rows: list[Row] = []
    for line, cells in records:
        if len(rows) == MOST_ROWS:
            raise BadTable(_("A list has at most %(n)s people.") % {"n": f"{MOST_ROWS:,}"})
        rows.append(_row(line, cells, columns, len(header)))
    if not rows:
        raise BadTable(_("There is nobody in the list: below its first line it is empty."))
    unused = [name for name, column in zip(header, columns, strict=True) if name and not column]
    return Plan(rows, unused)


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, each with the line where it begins."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            cells = [" ".join(cell.split()) for cell in cells]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        problem = _("Line %(line)d cannot be read. Perhaps a quotation mark is missing there.")
        raise BadTable(problem % {"line": line}) from error


def _columns(header: list[str]) -> list[str]:
    """For each column of the file what it holds; empty where we do not know."""
    words = [_word(name) for name in header]
    columns = [
        next((name for name, known in COLUMNS.items() if word in known), "") for word in words
    ]
    known = [column for column in columns if column]
    if not {"name", "first_name", "last_name"} & set(known):
        raise BadTable(
            _(
                "The first line must name the columns, one of them “name”. Others are “email”, "
                "“username” and “role”."
            )
        )
    if doubled := next((column for column in known if known.count(column) > 1), None):
        name = header[columns.index(doubled)]
        raise BadTable(_("Two columns mean the same: %(name)s.") % {"name": name})
    return columns


def _word(cell: str) -> str:
    return re.sub(r"[\s_\-./]", "", unicodedata.normalize("NFKC", cell)).casefold()


def _row(line: int, cells: list[str], columns: list[str], width: int) -> Row:
    said = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    row = Row(
        line=line,
        first_name=said.get("first_name") or said.get("name", ""),
        last_name=said.get("last_name", ""),
        email=said.get("email", ""),
        username=said.get("username", ""),
        role_word=said.get("role", ""),
    )
    if any(cells[width:]):
        row.refuse(
            _("There are more cells than columns. Put quotation marks around a name with a comma.")
        )
    elif problem := _mistake(row):
        row.refuse(problem)
    return row


def _mistake(row: Row) -> str:
    word = _word(row.role_word)
    role = next((role for role, words in ROLES.items() if word in words), None)
    if role is None:
        return _("“%(role)s” is no role. There are student, assistant and teacher.") % {
            "role": row.role_word[:40]
        }
    row.role = role
    if not row.name:
        return _("The name is missing.")
    if max(len(row.first_name), len(row.last_name), len(row.username)) > MOST_LETTERS:
        return _("Names have at most %(n)d letters.") % {"n": MOST_LETTERS}
    if row.username and not re.fullmatch(r"[\w.@+-]+", row.username):
        return _("A user name has letters, digits and @ . + - _ only.")
    try:
        if row.email:
            validate_email(row.email)
    except ValidationError:
        return _("“%(email)s” is no email address.") % {"email": row.email[:60]}
    return _("The email address is too long.") if len(row.email) > 254 else ""


def plan_for(section: Section, text: str) -> Plan:
    """What would become of the list in `section`. Raises BadTable; three queries."""
    plan = read_table(text)
    rows = [row for row in plan.rows if row.fate != Fate.BAD]
    _find_people(rows)
    _find_places(section, rows)
    _find_doubles(rows)
    return plan


def _find_people(rows: list[Row]) -> None:
    usernames = {row.username.lower() for row in rows if row.username}
    emails = {row.email.lower() for row in rows if row.email}
    people = User.objects.annotate(login=Lower("username"), address=Lower("email"))
    by_login = {user.login: user for user in people.filter(login__in=usernames)}
    by_address: dict[str, list[User]] = {}
    for user in people.filter(address__in=emails):
        by_address.setdefault(user.address, []).append(user)
    for row in rows:
        known = by_login.get(row.username.lower()) if row.username else None
        owners = by_address.get(row.email.lower(), []) if row.email else []
        if len(owners) > 1:
            row.refuse(_("Several accounts have this email address. Name the person’s user name."))
        elif known and owners and owners[0] != known:
            row.refuse(_("The user name and the email address belong to different accounts."))
        else:
            row.user = known or (owners[0] if owners else None)
            row.fate = Fate.ENROLLED if row.user else Fate.NEW


def _find_places(section: Section, rows: list[Row]) -> None:
    present = section.enrollments.present().select_related("user")
    places = {place.user_id: place for place in present}
    names = {place.user.get_full_name() for place in present}
    for row in rows:
        is_nameless = not (row.user or row.username or row.email)
        if row.fate != Fate.BAD and (
            (row.user and row.user.pk in places) or (is_nameless and row.name in names)
        ):
            row.fate = Fate.THERE


def _find_doubles(rows: list[Row]) -> None:
    """Nobody is on the list twice; of namesakes each needs something else that tells them apart."""
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        signs = [("username", row.username.lower()), ("email", row.email.lower())]
        signs.append(("user", str(row.user.pk) if row.user else ""))
        if not (row.user or row.username or row.email):
            signs.append(("name", row.name))
        signs = [sign for sign in signs if sign[1]]
        first = next((seen[sign] for sign in signs if sign in seen), None)
        if first is None:
            seen |= dict.fromkeys(signs, row.line)
        elif row.fate != Fate.BAD:
            row.refuse(
                _(
                    "The same person is on line %(line)d. Give namesakes a user name or an email "
                    "address each."
                )
                % {"line": first}
            )


@transaction.atomic
def enroll(section: Section, plan: Plan, author: User) -> list[tuple[User, str]]:
    """Do what `plan` says, in one transaction; the new people with their one-time passwords.

    Raises ValueError where a row is bad, and IntegrityError where somebody else was faster.
    """
    if plan.bad:
        raise ValueError(f"need a plan without bad rows, got {len(plan.bad)}")
    made = _make_accounts(plan.new, section, author)
    coming = plan.new + plan.enrolled
    places = [
        Enrollment(section=section, user=row.user, role=row.role) for row in coming if row.user
    ]
    Enrollment.objects.bulk_create(
        places,
        update_conflicts=True,  # who left comes back to the place they had
        unique_fields=["section", "user"],
        update_fields=["role"],
    )
    SectionEvent.objects.bulk_create(
        SectionEvent(
            section=section,
            act=SectionEvent.Act.ADDED,
            author=author,
            about=row.user,
            detail=str(Enrollment.Role(row.role).label),
        )
        for row in coming
    )
    return made


def _make_accounts(rows: list[Row], section: Section, author: User) -> list[tuple[User, str]]:
    taken = set(User.objects.values_list(Lower("username"), flat=True)) if rows else set()
    taken |= {row.username.lower() for row in rows}
    made = []
    for row in rows:
        row.user = User(
            username=row.username or _free_username(row, taken),
            email=row.email,
            first_name=row.first_name,
            last_name=row.last_name,
            language=author.language,
            time_zone=section.time_zone,
        )
        made.append((row.user, give_one_time_password(row.user)))
    User.objects.bulk_create([user for user, _password in made])
    return made


def _free_username(row: Row, taken: set[str]) -> str:
    """Their address’s first part or their name, in any script, with a number where it is taken."""
    wanted = row.email.partition("@")[0] or row.name.replace(" ", ".")
    base = re.sub(r"[^\w.+-]", "", wanted.lower())[:140] or "student"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}{number}"
    taken.add(name)
    return name
