"""Problems as JSON Lines: read whole or not at all, every rejected line named."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from tutor.problems.content import InvalidRecord
from tutor.problems.models import Problem
from tutor.problems.records import ProblemRecord


@dataclass(frozen=True)
class Rejection:
    line: int  # from 1
    reason: str


def read_records(lines: Iterable[bytes]) -> tuple[list[ProblemRecord], list[Rejection]]:
    """The usable records and what is wrong with the other lines; empty lines are passed over."""
    records: list[ProblemRecord] = []
    rejections: list[Rejection] = []
    first_line: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = read_record(line)
        except InvalidRecord as error:
            rejections.append(Rejection(number, str(error)))
            continue
        if record.slug in first_line:
            earlier = first_line[record.slug]
            rejections.append(Rejection(number, f"slug: line {earlier} has {record.slug!r} too"))
            continue
        first_line[record.slug] = number
        records.append(record)
    return records, rejections


def read_record(line: bytes) -> ProblemRecord:
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidRecord("line", f"is not UTF-8 (byte {error.start + 1})") from error
    except (ValueError, RecursionError) as error:  # also of a number with too many digits
        raise InvalidRecord("line", f"is not JSON: {error}") from error
    if not isinstance(data, dict):
        raise InvalidRecord("line", "need one JSON object")
    return ProblemRecord.from_dict(data)


@transaction.atomic
def store_records(
    records: Iterable[ProblemRecord], owner: User | None = None, *, is_public: bool = False
) -> int:
    """Make or revise one problem for each record; how many were new or changed.

    is_public: whether everybody may practise with those that are new.
    """
    return sum(store_record(record, owner, is_public=is_public) for record in records)


def store_record(record: ProblemRecord, owner: User | None, *, is_public: bool = False) -> bool:
    problem, is_new = Problem.objects.get_or_create(
        slug=record.slug,
        defaults={"owner": owner, "is_shared": owner is None, "is_public": is_public},
    )
    if not is_new and problem.current is not None and problem.record() == record:
        return False
    names = ("source", "licence", "category")
    for name in names:
        setattr(problem, name, getattr(record, name))
    problem.save(update_fields=names)
    problem.tag(record.skills)
    problem.revise(record.content)
    return True


def write_records(problems: Iterable[Problem]) -> Iterator[str]:
    """One line of JSON for each problem."""
    return write_lines(problem.record() for problem in problems)


def write_lines(records: Iterable[ProblemRecord]) -> Iterator[str]:
    for record in records:
        yield json.dumps(record.to_dict(), ensure_ascii=False) + "\n"
