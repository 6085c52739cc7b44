"""What a check of the installation found, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What one check found. `remedy` says what to do, where it is not well."""

    name: str
    is_well: bool
    detail: str
    remedy: str = ""


class Unwell(Exception):
    """What a check found, and what to do about it."""

    def __init__(self, detail: str, remedy: str) -> None:
        super().__init__(detail)
        self.detail = detail
        self.remedy = remedy


def first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
