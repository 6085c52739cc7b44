"""What adding a class list would do, row by row."""

from dataclasses import dataclass, field
from enum import StrEnum

from accounts.models import User
from tutor.courses.models import Enrollment


class RowStatus(StrEnum):
    NEW = "new"  # gets an account and an enrollment
    ENROLLED = "enrolled"  # is in the section already; nothing changes
    BAD = "bad"


@dataclass
class RosterRow:
    """One person of the list.

    line: where the row begins in the file, from 1. member: who is enrolled already, as a teacher
    reads it. problem: what is wrong with a bad row. read_from: the line as typed, where Lemma had
    to tell its names and addresses apart. is_repeated: an earlier line has the same person.
    """

    line: int
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    username: str = ""
    role_word: str = ""
    role: str = Enrollment.Role.STUDENT
    status: RowStatus = RowStatus.NEW
    member: str = ""
    problem: str = ""
    read_from: str = ""
    is_repeated: bool = False

    @property
    def name(self) -> str:
        """As the account has it: "Ada Lovelace", "王小明"."""
        return User(first_name=self.first_name, last_name=self.last_name).get_full_name()

    @property
    def shown_role(self) -> str:
        """As it was typed, or what Lemma takes where nothing was."""
        return self.role_word or str(Enrollment.Role(self.role).label)

    def refuse(self, problem: str) -> None:
        self.status, self.problem = RowStatus.BAD, problem


@dataclass
class RosterPlan:
    """unused: the columns that Lemma does not read."""

    rows: list[RosterRow]
    unused: list[str] = field(default_factory=list)

    def with_status(self, status: RowStatus) -> list[RosterRow]:
        return [row for row in self.rows if row.status == status]

    @property
    def bad(self) -> list[RosterRow]:
        return self.with_status(RowStatus.BAD)

    @property
    def new(self) -> list[RosterRow]:
        return self.with_status(RowStatus.NEW)

    @property
    def enrolled(self) -> list[RosterRow]:
        return self.with_status(RowStatus.ENROLLED)

    @property
    def may_have_accounts(self) -> bool:
        """Whether a new row has a user name or an address, which an account may have already."""
        return any(row.username or row.email for row in self.new)

    @property
    def is_ready(self) -> bool:
        return not self.bad and bool(self.new)
