"""Writes a file of problems in one of the formats that other systems read."""

from collections.abc import Mapping, Sequence

from tutor.problems.interchange.moodle.writer import write_moodle
from tutor.problems.interchange.qti.writer import write_package
from tutor.problems.records import ProblemRecord


def write_file(kind: str, records: Sequence[ProblemRecord], pictures: Mapping[str, bytes]) -> bytes:
    """pictures: by name, those that the problems show."""
    if kind == "qti":
        return write_package(records, pictures).data
    return write_moodle(records, pictures).xml.encode()
