"""A list of people, as a school has it in a spreadsheet: read, judged line by line, taken whole.

`read_table` finds out what the text is, `plan_for` says of every row what would become of it, and
`enroll` does it: all of it, or none where a row is bad. What a cell says stays text, whatever it
begins with.

A list tells nobody which accounts or addresses exist: whatever a row says, its person gets a place
in the section, with a new account and a one-time password. Lemma completes the user names, so none
is ever taken. Whoever has an account already under the name or address that was typed is invited
to take the place with it (see `invitations`), and nothing shows that before they do.
"""

import csv
import io
import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.lookalikes import skeleton
from accounts.models import User
from accounts.one_time_passwords import give_one_time_password, note_handed_out
from tutor.courses.invitations import people_called
from tutor.courses.models import Enrollment, Invitation, Section, SectionEvent
from tutor.text_gate import UnacceptableText, accept_text, without_hidden

MOST_ROWS = 2_000
MOST_CHARACTERS = 500_000
MOST_LETTERS = 150  # of a name
MOST_USERNAME_LETTERS = 140  # before the digits that Lemma adds
DIGITS = 4
EXAMPLE = """\
last name,first name,email,username,role
Gauß,Carl Friedrich,,s2041,student
Lovelace,Ada,ada@example.org,,
Noether,Emmy,emmy@example.org,,assistant"""
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
    fate: Fate = Fate.NEW
    found: str = ""  # who is there already
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
    def there(self) -> list[Row]:
        return self.of(Fate.THERE)

    @property
    def is_ready(self) -> bool:
        return not self.bad and bool(self.new)


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
            cells = [" ".join(without_hidden(cell).split()) for cell in cells]
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
    first_name, last_name = said.get("first_name", ""), said.get("last_name", "")
    if not (first_name or last_name):
        first_name, last_name = _two_names(said.get("name", ""))
    row = Row(
        line=line,
        first_name=first_name,
        last_name=last_name,
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


def _two_names(name: str) -> tuple[str, str]:
    """First name and family name: after a comma, or else the last word. One word is a first name.

    Lists are sorted by family name. Where this guess is wrong, two columns say it.
    """
    last_name, comma, first_name = name.partition(",")
    if comma and first_name.strip():
        return first_name.strip(), last_name.strip()
    first_name, _space, last_name = name.rpartition(" ")
    return (first_name, last_name) if first_name else (last_name, "")


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
    """What would become of the list in `section`. Raises BadTable; two queries."""
    plan = read_table(text)
    rows = [row for row in plan.rows if row.fate != Fate.BAD]
    _find_places(section, rows)
    _find_doubles(rows)
    return plan


def _find_places(section: Section, rows: list[Row]) -> None:
    """Who is there already: by what the section's own page shows of its people, nothing else.

    An address counts where a teacher typed it or its owner confirmed it: anybody may claim one.
    """
    usernames: dict[str, User] = {}
    emails: dict[str, User] = {}
    names: dict[str, User] = {}
    places = section.enrollments.present().select_related("user")
    for place in places:
        usernames[place.typed_username.lower()] = place.user
        emails[place.typed_email.lower()] = place.user
        names[place.user.get_full_name()] = place.user
    usernames |= {place.user.username.lower(): place.user for place in places}
    confirmed = EmailAddress.objects.filter(verified=True, user__in=places.values("user"))
    emails |= {row.email.lower(): row.user for row in confirmed.select_related("user")}
    for row in rows:
        if row.username or row.email:
            found = usernames.get(row.username.lower()) if row.username else None
            found = found or (emails.get(row.email.lower()) if row.email else None)
        else:
            found = names.get(row.name)
        if found is not None:
            row.fate = Fate.THERE
            row.found = f"{found.get_full_name()} ({found.username})".strip()


def _find_doubles(rows: list[Row]) -> None:
    """Nobody is on the list twice; of namesakes each needs something else that tells them apart."""
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        signs = [("username", row.username.lower()), ("email", row.email.lower())]
        if not (row.username or row.email):
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
    rows = plan.new
    made = _make_accounts(rows, section, author)
    places = [
        Enrollment(
            section=section,
            user=user,
            role=row.role,
            origin=Enrollment.Origin.LIST,
            typed_username=row.username,
            typed_email=row.email,
        )
        for row, (user, _password) in zip(rows, made, strict=True)
    ]
    Enrollment.objects.bulk_create(places)
    _invite(places, author)
    note_handed_out([place.user for place in places], author)
    SectionEvent.objects.bulk_create(
        SectionEvent(
            section=section,
            act=SectionEvent.Act.ADDED,
            author=author,
            about=place.user,
            detail=str(Enrollment.Role(place.role).label),
        )
        for place in places
    )
    return made


def _invite(places: list[Enrollment], author: User) -> None:
    """Invite whoever has an account under what was typed: by user name first."""
    usernames = {place.typed_username.lower() for place in places if place.typed_username}
    emails = {place.typed_email.lower() for place in places if place.typed_email}
    by_username, by_email = people_called(usernames, emails)
    invitations = []
    for place in places:
        person = by_username.get(place.typed_username.lower()) if place.typed_username else None
        if person is None and place.typed_email:
            person = by_email.get(place.typed_email.lower())
        if person is not None and person.pk != place.user_id:
            invitations.append(Invitation(enrollment=place, user=person, invited_by=author))
    Invitation.objects.bulk_create(invitations)


def _make_accounts(rows: list[Row], section: Section, author: User) -> list[tuple[User, str]]:
    as_typed = {n for n, row in enumerate(rows) if row.username} if author.is_superuser else set()
    usernames = _free_usernames([_wanted_username(row) for row in rows], as_typed)
    users = [
        User(
            username=username,
            first_name=row.first_name,
            last_name=row.last_name,
            language=author.language,
            time_zone=section.time_zone,
        )
        for row, username in zip(rows, usernames, strict=True)
    ]
    made = [(user, give_one_time_password(user)) for user in users]
    User.objects.bulk_create(users)
    return made


def _wanted_username(row: Row) -> str:
    """What was typed, or their address’s first part, or their name, in any script."""
    wanted = row.username or row.email.partition("@")[0] or row.name.replace(" ", ".")
    base = re.sub(r"[^\w.+-]", "", unicodedata.normalize("NFKC", wanted).lower())
    return base[:MOST_USERNAME_LETTERS] or "student"


def _free_usernames(wanted: list[str], as_typed: set[int]) -> list[str]:
    """Each with digits drawn by lot: a number that counts would tell how many have the name.

    as_typed: the places of those that stay without digits where they are free. That tells which
    are taken, so it is for the administration alone.
    """
    names = [name if n in as_typed else _with_digits(name) for n, name in enumerate(wanted)]
    while taken := _taken(names):
        names = [_with_digits(wanted[n]) if n in taken else name for n, name in enumerate(names)]
    return names


def _taken(names: list[str]) -> set[int]:
    """The places of those that somebody has, or one that looks the same, or that stand above."""
    shapes = [skeleton(name) for name in names]
    alike = User.objects.filter(username_skeleton__in=shapes)
    seen = set(alike.values_list("username_skeleton", flat=True))
    taken = set()
    for n, shape in enumerate(shapes):
        if shape in seen:
            taken.add(n)
        seen.add(shape)
    return taken


def _with_digits(name: str) -> str:
    return f"{name}-{secrets.randbelow(10**DIGITS):0{DIGITS}}"
