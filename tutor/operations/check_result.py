"""The result of one check of the installation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckResult:
    """remedy: what the administrator should do; empty if the check passed."""

    name: str
    is_well: bool
    detail: str
    remedy: str = ""


class FailedCheck(Exception):
    """A check failed: what it observed, and what the administrator should do."""

    def __init__(self, detail: str, remedy: str) -> None:
        super().__init__(detail)
        self.detail = detail
        self.remedy = remedy
